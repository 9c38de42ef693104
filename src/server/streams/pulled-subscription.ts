import type { ExecutionResult } from 'graphql';
import type { Listener } from '../../realtime/broadcast.ts';
import type { Broadcasts, Listening, Ticket } from '../../realtime/broadcasts.ts';
import type { SharedResult } from './shared-subscriptions.ts';

type Step = IteratorResult<ExecutionResult>;

/** A subscription whose results are asked for one by one, as Yoga does for a stream over HTTP. */
export class PulledSubscription implements AsyncIterableIterator<ExecutionResult>, Listener<SharedResult> {
  readonly #ticket: Ticket<SharedResult>;
  readonly #broadcasts: Broadcasts<SharedResult>;
  #listening: Listening | undefined;
  #asked: { resolve(step: Step): void; reject(error: unknown): void } | undefined;
  #over = false;
  #failure: unknown;

  constructor(broadcasts: Broadcasts<SharedResult>, ticket: Ticket<SharedResult>) {
    this.#broadcasts = broadcasts;
    this.#ticket = ticket;
  }

  next(): Promise<Step> {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      if (this.#over) this.#answerEnd();
      else if (this.#listening) this.#listening.resume();
      else this.#listening = this.#broadcasts.join(this.#ticket, this);
    });
  }

  async return(): Promise<Step> {
    if (this.#listening) this.#listening.leave();
    else await this.#ticket.source.messages.return?.();
    this.end();
    return { value: undefined, done: true };
  }

  throw(): Promise<Step> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** One for each that was asked for. */
  take({ bytes }: SharedResult): boolean {
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.resolve({ value: inJson(bytes), done: false });
    return false;
  }

  end(error?: unknown): void {
    this.#over = true;
    this.#failure = error;
    this.#answerEnd();
  }

  #answerEnd(): void {
    const [asked, failure] = [this.#asked, this.#failure];
    [this.#asked, this.#failure] = [undefined, undefined];
    if (failure !== undefined && asked) asked.reject(failure);
    else asked?.resolve({ value: undefined, done: true });
  }
}

/** A result that is in JSON already: Yoga asks it for its text. */
function inJson(bytes: Buffer): ExecutionResult {
  return { stringify: () => bytes.toString() } as ExecutionResult;
}
