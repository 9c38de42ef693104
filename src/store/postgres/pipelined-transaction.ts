import type { Transaction } from './database.ts';
import type { Pool } from './pool.ts';
import { rollBack } from './transaction.ts';

interface Steps<State, Result> {
  /** Sends its queries without waiting between them; BEGIN precedes them in the same packet. */
  read(tx: Transaction): Promise<State>;
  decide(state: State): Result;
  /** Returns queries that are not yet awaited; COMMIT follows them in the same packet. */
  write(tx: Transaction, state: State): readonly PromiseLike<unknown>[];
}

/**
 * A transaction in two round trips to the database instead of one each for BEGIN, reading, writing and COMMIT. Under
 * load every round trip waits for a turn of a busy event loop, while the database idles and holds its locks.
 *
 * A COMMIT after a failed statement rolls back; the error thrown is the statement's.
 */
export async function inPipelinedTransaction<State, Result>(
  pool: Pool,
  steps: Steps<State, Result>,
  lockTimeoutMs: number,
): Promise<Result> {
  const reservation = pool.reserveForTransaction();
  const { tx } = reservation;
  try {
    const begun = tx`BEGIN`.execute();
    const configured = configure(tx, lockTimeoutMs).execute();
    const [state] = await allOf([steps.read(tx), begun, configured]);
    const result = steps.decide(state);
    await allOf([...steps.write(tx, state), tx`COMMIT`]);
    reservation.release();
    return result;
  } catch (error) {
    await rollBack(reservation);
    throw error instanceof RoundTripFailed ? error.reasons[0] : error;
  }
}

/**
 * Every statement of these transactions looks rows up by key. The database keeps the plan of a prepared statement, and
 * one planned while a table was small still scans it when it has a million rows, until statistics are gathered again
 * (measured: a third of the rate). So scans, and the joins that need them, are disabled.
 *
 * A locked row is waited for this long and no longer, since other commands share the transaction. If this process hangs
 * in the middle, the database ends the transaction.
 */
function configure(tx: Transaction, lockTimeoutMs: number) {
  return tx`
    SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true), set_config('lock_timeout', ${`${lockTimeoutMs}`}, true),
           set_config('idle_in_transaction_session_timeout', '60s', true)`;
}

/** Why the queries of a round trip failed, in the order they were sent. */
class RoundTripFailed extends Error {
  readonly reasons: readonly unknown[];
  constructor(reasons: readonly unknown[]) {
    super('A round trip to the database failed.');
    this.reasons = reasons;
  }
}

/** Waits until all are settled, so that none is still in flight. */
async function allOf<const All extends readonly PromiseLike<unknown>[]>(
  all: All,
): Promise<{ -readonly [Index in keyof All]: Awaited<All[Index]> }> {
  const settled = await Promise.allSettled(all);
  const reasons = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (reasons.length > 0) throw new RoundTripFailed(reasons);
  return settled.map((each) => (each.status === 'fulfilled' ? each.value : undefined)) as never;
}
