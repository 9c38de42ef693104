import type { Viewer } from '../../graphql/core/context.ts';

/** Calls are admitted longest: someone is on the line. */
type Urgency = 'CALL' | 'OTHER';

/** What a client is told that is refused. */
export const OVERLOADED = {
  code: 'OVERLOADED',
  message:
    'The server has as much work as it can do in time: nothing was done. Send the same request again in a moment.',
} as const;

interface AdmissionOptions {
  /** How long an admitted operation should take at most, in milliseconds. 0: everything is admitted. */
  readonly targetMs: number;
  /** Milliseconds, monotonic. */
  readonly now?: () => number;
}

/** As many operations are always admitted: too few to wait long, and too few to measure by. */
const ALWAYS = 128;
/** As many are admitted before the first measurement. */
const UNMEASURED = 512;
/** The speed is measured over this long, while at least so many operations are in progress. */
const WINDOW_MS = 200;
/** The part of a newer measurement in the mean. */
const NEWER = 0.25;
/** A speed that was measured longer ago says nothing: the load, the database and its disk are others by now. */
const FORGET_MS = 30_000;
/** The part of the limit that is for calls alone. */
const CALLS_ALONE = 0.25;
/** Beyond its limit the server admits only owners with less than an equal share, up to this multiple of it. */
const HARD = 1.25;

/**
 * Admits operations as long as they will be answered in time. An operation that waits behind `n` others takes `n` divided
 * by the operations that end per second (Little's law), so the server measures how many end per second while it is busy,
 * and admits as many as it can end within the target. Beyond that, waiting only makes everyone late: the next is refused
 * at once, before anything is done for it, and its client may send it again in a moment.
 *
 * The last quarter is for calls. Between the limit and a quarter more, owners (a partner, or one of the operator's
 * credentials) that have less than an equal share of it are admitted still: no owner's load takes another's turn.
 */
export class Admission {
  readonly #targetMs: number;
  readonly #now: () => number;
  readonly #owners = new Map<string, number>();
  #inProgress = 0;
  /** Operations per millisecond, when the server was busy last. */
  #speed: number | undefined;
  #measuredAt = 0;
  #window: { readonly since: number; ended: number } | undefined;

  constructor({ targetMs, now = () => performance.now() }: AdmissionOptions) {
    this.#targetMs = targetMs;
    this.#now = now;
  }

  /** Whether a viewer's operation would be late, or make others late. */
  refuses(viewer: Viewer): boolean {
    if (this.#targetMs === 0 || this.#inProgress < ALWAYS) return false;
    const ownerId = ownerOf(viewer);
    const limit = this.#limit() * (urgencyOf(viewer) === 'CALL' ? 1 : 1 - CALLS_ALONE);
    if (this.#inProgress < limit) return false;
    const share = limit / Math.max(1, this.#owners.size);
    return this.#inProgress >= limit * HARD || (this.#owners.get(ownerId) ?? 0) >= share;
  }

  /** Counts an admitted operation, which `leave` ends. */
  enter(viewer: Viewer): void {
    const ownerId = ownerOf(viewer);
    this.#inProgress += 1;
    this.#owners.set(ownerId, (this.#owners.get(ownerId) ?? 0) + 1);
    if (this.#inProgress >= ALWAYS) this.#window ??= { since: this.#now(), ended: 0 };
  }

  leave(viewer: Viewer): void {
    const ownerId = ownerOf(viewer);
    this.#inProgress -= 1;
    const left = (this.#owners.get(ownerId) ?? 1) - 1;
    if (left === 0) this.#owners.delete(ownerId);
    else this.#owners.set(ownerId, left);
    this.#measure();
  }

  /** The operations that can end within the target. */
  #limit(): number {
    const isKnown = this.#speed !== undefined && this.#now() - this.#measuredAt < FORGET_MS;
    return isKnown ? Math.max(ALWAYS, (this.#speed ?? 0) * this.#targetMs) : UNMEASURED;
  }

  /** A server that is not busy ends as many as arrive, which says nothing about how many it could. */
  #measure(): void {
    const window = this.#window;
    if (!window) return;
    window.ended += 1;
    if (this.#inProgress < ALWAYS / 2) {
      this.#window = undefined;
      return;
    }
    const ms = this.#now() - window.since;
    if (ms < WINDOW_MS) return;
    const speed = window.ended / ms;
    const before = this.#now() - this.#measuredAt < FORGET_MS ? this.#speed : undefined;
    this.#speed = before === undefined ? speed : before + (speed - before) * NEWER;
    this.#measuredAt = this.#now();
    this.#window = { since: this.#now(), ended: 0 };
  }
}

export const ownerOf = ({ actorId, partnerId }: Viewer) => partnerId ?? actorId;

const urgencyOf = ({ role }: Viewer): Urgency => (role === 'SWITCH' ? 'CALL' : 'OTHER');
