import type { ServerResponse } from 'node:http';
import type { Viewer } from '../../graphql/core/context.ts';
import { OwnerLimiter } from '../../store/batching/owner-limiter.ts';
import type { Refusal } from './responses.ts';

/** Only lists have bodies of so many bytes. */
export const LARGE_BODY_BYTES = 16_384;
/** One list is read while the writer works for the other. */
const AT_ONCE = 2;
/** How long a client may wait until its body is read: as long as an operation may take by default. */
const TIMEOUT_MS = 30_000;

/**
 * Large requests of one owner (a partner, or one of the operator's credentials) take turns, and wait with their bodies
 * unread. Reading a list of a thousand rows keeps this process busy for ten milliseconds: a hundred and fifty that
 * arrived at once took more than a second, in which no call was answered.
 */
export class LargeRequests {
  readonly #turns = new OwnerLimiter(AT_ONCE);
  readonly #mostWaiting: number;
  readonly #timeoutMs: number;

  /** @param mostWaiting large requests of one owner, beyond which more are refused */
  constructor(mostWaiting: number, timeoutMs = TIMEOUT_MS) {
    this.#mostWaiting = mostWaiting;
    this.#timeoutMs = timeoutMs;
  }

  /** Resolves when the body may be read; false: it is refused. The turn ends with the response. */
  async enter({ actorId, partnerId }: Viewer, response: ServerResponse): Promise<boolean> {
    const owner = partnerId ?? actorId;
    if (this.#turns.waiting(owner) >= this.#mostWaiting) return false;
    const turn = this.#turns.enter(owner);
    if (turn && !(await within(turn, this.#timeoutMs))) {
      void turn.then(() => this.#turns.leave(owner));
      return false;
    }
    if (response.closed) this.#turns.leave(owner);
    else response.once('close', () => this.#turns.leave(owner));
    return true;
  }
}

export const TOO_MANY_LARGE: Refusal = {
  code: 'TOO_MANY_REQUESTS',
  message:
    'Too many large requests of this owner are waiting: nothing was done. Send it again when others have been answered.',
};

/** @returns whether the turn came in time */
async function within(turn: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const inTime = await Promise.race([turn.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}
