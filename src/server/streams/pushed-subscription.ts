import type { Listener } from '../../realtime/broadcast.ts';
import type { Broadcasts, Listening, Ticket } from '../../realtime/broadcasts.ts';
import type { SharedResult } from './shared-subscriptions.ts';

export interface PushedOptions {
  readonly broadcasts: Broadcasts<SharedResult>;
  readonly ticket: Ticket<SharedResult>;
  /** Sends a result. @returns whether another may follow at once; when it may not, `onRoom` says when. */
  push(result: SharedResult): boolean;
  onRoom(listener: () => void): void;
}

/**
 * A subscription whose results go out as they come, past the library that has its life in hand: that one waits for the
 * first result, which never comes, and is told of the end.
 */
export class PushedSubscription implements AsyncIterableIterator<never>, Listener<SharedResult> {
  readonly #options: PushedOptions;
  readonly #over: Promise<IteratorResult<never>>;
  #end: (error?: unknown) => void = () => {};
  #listening: Listening | undefined;

  constructor(options: PushedOptions) {
    this.#options = options;
    this.#over = new Promise((resolve, reject) => {
      this.#end = (error) => (error === undefined ? resolve(OVER) : reject(error));
    });
    // Who has gone before the end is not told of it.
    this.#over.catch(() => {});
  }

  next(): Promise<IteratorResult<never>> {
    const { broadcasts, ticket } = this.#options;
    this.#listening ??= broadcasts.join(ticket, this);
    return this.#over;
  }

  async return(): Promise<IteratorResult<never>> {
    if (this.#listening) this.#listening.leave();
    else await this.#options.ticket.source.messages.return?.();
    this.#end();
    return OVER;
  }

  throw(): Promise<IteratorResult<never>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  take(result: SharedResult): boolean {
    if (this.#options.push(result)) return true;
    this.#options.onRoom(() => this.#listening?.resume());
    return false;
  }

  end(error?: unknown): void {
    this.#end(error);
  }
}

const OVER: IteratorResult<never> = { value: undefined, done: true };
