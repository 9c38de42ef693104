import { SubscriberTooSlow } from '../domain/rejections/realtime.ts';
import type { LoggedEvent } from '../store/event-log.ts';
import { encodeCursor } from './cursor.ts';

/**
 * One subscriber's events, between the hub that pushes and the transport that pulls. Holds at most `limit` unread
 * events: a subscriber that is further behind is ended with SUBSCRIBER_TOO_SLOW and resumes by cursor. It slows nobody and grows no memory.
 */
export class EventStream implements AsyncIterableIterator<LoggedEvent> {
  readonly #limit: number;
  readonly #onClose: () => void;
  #unread: LoggedEvent[] = [];
  #waiting: { resolve(result: IteratorResult<LoggedEvent>): void; reject(reason: unknown): void } | undefined;
  #failure: Error | undefined;
  #closed = false;
  #lastRead: bigint | undefined;

  constructor({ limit, onClose }: { limit: number; onClose: () => void }) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  /** Called by the hub, in order. */
  push(event: LoggedEvent): void {
    if (this.#closed || this.#failure) return;
    if (this.#waiting) {
      this.#hand(event);
    } else if (this.#unread.length < this.#limit) {
      this.#unread.push(event);
    } else {
      this.#unread = [];
      this.fail(new SubscriberTooSlow({ cursor: this.#cursor() }));
    }
  }

  /** Ends the stream with an error, once what is unread has been read. */
  fail(error: Error): void {
    if (this.#closed || this.#failure) return;
    this.#failure = error;
    this.#onClose();
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  next(): Promise<IteratorResult<LoggedEvent>> {
    const event = this.#unread.shift();
    if (event) {
      this.#lastRead = event.position;
      return Promise.resolve({ value: event, done: false });
    }
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  return(): Promise<IteratorResult<LoggedEvent>> {
    if (!this.#closed) {
      this.#closed = true;
      this.#unread = [];
      this.#onClose();
      this.#waiting?.resolve({ value: undefined, done: true });
      this.#waiting = undefined;
    }
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<IteratorResult<LoggedEvent>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #hand(event: LoggedEvent): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    this.#lastRead = event.position;
    waiting?.resolve({ value: event, done: false });
  }

  #cursor(): string | null {
    return this.#lastRead === undefined ? null : encodeCursor(this.#lastRead);
  }
}
