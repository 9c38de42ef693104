import type { Transaction } from './database.ts';
import type { Pool } from './pool.ts';
import { rollBack } from './transaction.ts';

interface Steps<State, Result> {
  /** Sends its queries without waiting between them; BEGIN goes ahead of them in the same packet. */
  read(tx: Transaction): Promise<State>;
  decide(state: State): Result;
  /** Queries that were not yet waited for; COMMIT follows them in the same packet. */
  write(tx: Transaction, state: State): readonly PromiseLike<unknown>[];
}

/**
 * A transaction in two trips to the database instead of one for each of BEGIN, reading, writing and COMMIT. Under
 * load every trip waits for a turn of a busy event loop, and while it does the database has nothing to do and holds
 * its locks.
 *
 * A COMMIT behind a statement that failed rolls back; the failure of that statement is what is thrown.
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
    const steered = steer(tx, lockTimeoutMs).execute();
    const [state] = await allOf([steps.read(tx), begun, steered]);
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
 * Every statement of these transactions looks rows up by their keys. The database keeps the plan of a prepared
 * statement, and one made while a table was small scans it still when it has a million rows, until statistics are
 * gathered anew (measured: a third of the rate). So scans and the joins that need them are out of the question.
 *
 * A row that somebody keeps locked is waited for this long, and no longer: others share the transaction. And should
 * this process fall silent in the middle, the database ends the transaction.
 */
function steer(tx: Transaction, lockTimeoutMs: number) {
  return tx`
    SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
           set_config('enable_mergejoin', 'off', true), set_config('lock_timeout', ${`${lockTimeoutMs}`}, true),
           set_config('idle_in_transaction_session_timeout', '60s', true)`;
}

/** Why the queries of a trip failed, the first of them first. */
class RoundTripFailed extends Error {
  readonly reasons: readonly unknown[];
  constructor(reasons: readonly unknown[]) {
    super('A trip to the database failed.');
    this.reasons = reasons;
  }
}

/** Waits for all, so that nothing is under way any more. */
async function allOf<const All extends readonly PromiseLike<unknown>[]>(
  all: All,
): Promise<{ -readonly [Index in keyof All]: Awaited<All[Index]> }> {
  const settled = await Promise.allSettled(all);
  const reasons = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  if (reasons.length > 0) throw new RoundTripFailed(reasons);
  return settled.map((each) => (each.status === 'fulfilled' ? each.value : undefined)) as never;
}
