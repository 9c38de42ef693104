import type { LoggedEvent } from '../store/events/event-log.ts';

/**
 * One subscriber's events, between the hub that pushes and the transport that pulls. Holds at most `limit` unread
 * events: a subscriber that is further behind is let go, and its unread events with it, since the log has them too. It
 * slows nobody and grows no memory.
 */
export class EventStream {
  readonly #limit: number;
  readonly #onClose: () => void;
  #unread: LoggedEvent[] = [];
  #waiting: ((event: LoggedEvent | undefined) => void) | undefined;
  #closed = false;
  #behind: bigint | undefined;

  constructor({ limit, onClose }: { limit: number; onClose: () => void }) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  /** Once it was let go: the position after which it has read nothing. */
  get behind(): bigint | undefined {
    return this.#behind;
  }

  /** Called by the hub, in order. */
  push(event: LoggedEvent): void {
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

  /** The next event; undefined when it was closed or let go. */
  next(): Promise<LoggedEvent | undefined> {
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

  #answer(event: LoggedEvent | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(event);
  }
}
