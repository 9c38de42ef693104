import type { Logger } from 'pino';
import type { Sql } from '../../store/postgres/database.ts';
import { withinTime } from './within-time.ts';

/** How long an answer is good for: load balancers ask often, and each check is a commit. */
const FRESH_MS = 1_000;
/** A load balancer wants to know soon. */
const LIMIT_MS = 2_000;

/**
 * Whether the database takes writes now: `SELECT 1` succeeds on a standby, in a read-only database, and where a commit
 * waits for a synchronous standby that is lost. So it commits an empty message to the write-ahead log, at most once a
 * second, and reports in the log when the answer changes, with the cause.
 */
export class WriteCheck {
  readonly #sql: Sql;
  readonly #logger: Logger;
  #pending: Promise<void> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #isWritable = true;

  constructor(sql: Sql, logger: Logger) {
    this.#sql = sql;
    this.#logger = logger;
  }

  async isWritable(): Promise<boolean> {
    if (!this.#pending && performance.now() - this.#askedAt < FRESH_MS) return this.#isWritable;
    this.#askedAt = performance.now();
    // One that still waits stands for the next ones: a stuck database must not use up the pool.
    this.#pending ??= this.#commit().finally(() => {
      this.#pending = undefined;
    });
    try {
      await withinTime(this.#pending, LIMIT_MS, `a commit takes longer than ${LIMIT_MS / 1_000} seconds`);
      if (!this.#isWritable) this.#logger.info('The database takes writes again');
      this.#isWritable = true;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (this.#isWritable) this.#logger.error(`The database takes no writes: ${cause}`);
      this.#isWritable = false;
    }
    return this.#isWritable;
  }

  async #commit(): Promise<void> {
    const [row] = await this.#sql<{ isReadOnly: boolean }[]>`
      SELECT CASE WHEN current_setting('transaction_read_only') = 'on' THEN true
        ELSE pg_logical_emit_message(true, 'cardline', '') IS NULL END AS "isReadOnly"`;
    if (row?.isReadOnly) throw new Error('it is read-only');
  }
}
