import type { LogEntry } from '../domain/event.ts';

/**
 * One subscriber's events, between the hub that pushes and the transport that pulls. Holds at most `limit` unread
 * events: a subscriber that falls further behind is dropped together with its unread events, which the log still has.
 * So a slow subscriber neither delays others nor grows memory.
 */
export class EventStream {
  readonly #limit: number;
  readonly #onClose: () => void;
  #unread: LogEntry[] = [];
  #waiting: ((event: LogEntry | undefined) => void) | undefined;
  #closed = false;
  #behind: bigint | undefined;

  constructor({ limit, onClose }: { limit: number; onClose: () => void }) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  /** Once the stream was dropped: the last position that its subscriber read. */
  get behind(): bigint | undefined {
    return this.#behind;
  }

  /** Called by the hub, in order. */
  push(event: LogEntry): void {
    if (this.#closed) return;
    const [oldest] = this.#unread;
    if (this.#waiting) {
      this.#answer(event);
    } else if (!oldest || this.#unread.length < this.#limit) {
      this.#unread.push(event);
    } else {
      this.#behind = oldest.position - 1n;
      this.close();
    }
  }

  /** The next event; undefined when the stream was closed or dropped. */
  next(): Promise<LogEntry | undefined> {
    const event = this.#unread.shift();
    if (event || this.#closed) return Promise.resolve(event);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#unread = [];
    this.#onClose();
    this.#answer(undefined);
  }

  #answer(event: LogEntry | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(event);
  }
}
