import type { Logger } from 'pino';
import type { Sql } from '../../store/postgres/database.ts';
import { isUnavailable } from '../../store/postgres/database-errors.ts';
import { longestLockWait } from '../../store/postgres/lock-waits.ts';

/** An operation is slow after this time, and a wait for a lock is long. */
const SLOW_SECONDS = 1;
const CHECK_EVERY_MS = 1_000;
/** One line of each kind in this time, with the number of those without a line. */
const LINE_EVERY_MS = 5_000;

interface SlowOperation {
  readonly operation: string;
  readonly transport: string;
  readonly seconds: number;
  readonly requestId: string;
}

/** Lets one line through in each interval and counts the others. */
export class RareLine {
  readonly #everyMs: number;
  #lastAt = Number.NEGATIVE_INFINITY;
  #held = 0;

  constructor(everyMs = LINE_EVERY_MS) {
    this.#everyMs = everyMs;
  }

  /** @returns how many were held back since the last line; undefined: hold this one back too */
  next(now = performance.now()): number | undefined {
    if (now - this.#lastAt < this.#everyMs) {
      this.#held += 1;
      return undefined;
    }
    const held = this.#held;
    this.#lastAt = now;
    this.#held = 0;
    return held;
  }
}

/** Logs operations that took long. */
export function slowOperations(logger: Logger): (operation: SlowOperation) => void {
  const line = new RareLine();
  return (operation) => {
    if (operation.seconds < SLOW_SECONDS) return;
    const others = line.next();
    if (others !== undefined) logger.warn({ ...operation, others }, 'A slow operation');
  };
}

/**
 * Logs who holds the lock while sessions of this program wait for one: afterwards nobody can tell. The check reads the list
 * of sessions; only for those that wait it asks who blocks them.
 *
 * @returns a function that stops it
 */
export function watchLocks(
  sql: Sql,
  logger: Logger,
  { checkEveryMs = CHECK_EVERY_MS } = {},
): () => Promise<void> {
  const line = new RareLine();
  let checking: Promise<void> | undefined;
  const check = async () => {
    const wait = await longestLockWait(sql, SLOW_SECONDS);
    if (wait && line.next() !== undefined)
      logger.warn(wait, 'Transactions wait for a lock of another session');
  };
  const timer = setInterval(() => {
    checking ??= check()
      .catch((error) => {
        // Its absence is logged elsewhere.
        if (!isUnavailable(error)) logger.warn({ err: error }, 'Could not look for sessions that wait');
      })
      .finally(() => {
        checking = undefined;
      });
  }, checkEveryMs).unref();
  return async () => {
    clearInterval(timer);
    await checking;
  };
}
