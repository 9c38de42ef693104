import type { Listener } from '../../realtime/broadcast.ts';
import type { Broadcasts, Listening, SharedExecution } from '../../realtime/broadcasts.ts';
import type { SharedResult } from './shared-subscriptions.ts';

/** Where results go: a socket, or an HTTP response. */
export interface Sink {
  /** Sends a result. @returns whether another may follow at once; if not, wait for `onRoom`. */
  push(result: SharedResult): boolean;
  /** Called once, when there is room again. */
  onRoom(listener: () => void): void;
}

interface PushedOptions {
  readonly broadcasts: Broadcasts<SharedResult>;
  readonly execution: SharedExecution<SharedResult>;
  readonly sink: Sink;
}

/**
 * A subscription that pushes its results to the sink as they arrive. Iterating over it yields no results, only the end.
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
    // Subscribers that disconnect early do not wait for the end.
    this.#over.catch(() => {});
  }

  next(): Promise<IteratorResult<never>> {
    const { broadcasts, execution } = this.#options;
    this.#listening ??= broadcasts.join(execution, this);
    return this.#over;
  }

  async return(): Promise<IteratorResult<never>> {
    if (this.#listening) this.#listening.leave();
    else await this.#options.execution.source.messages.return?.();
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
    const { sink } = this.#options;
    if (sink.push(result)) return true;
    sink.onRoom(() => this.#listening?.resume());
    return false;
  }

  end(error?: unknown): void {
    this.#end(error);
  }
}

const OVER: IteratorResult<never> = { value: undefined, done: true };
