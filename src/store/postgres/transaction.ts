import type postgres from 'postgres';

export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;
export type Work<Result = unknown> = (tx: Transaction) => Result | Promise<Result>;

/** A connection reserved for one transaction. Its first statement must be BEGIN. */
export interface Reservation {
  readonly tx: Transaction;
  /** The error of the first statement that failed. */
  readonly failure: { readonly reason: unknown } | undefined;
  /** Called when the connection is lost, even while no statement is in flight. */
  onLost: (reason: unknown) => void;
  /** Returns the connection to the pool: its transaction has ended. */
  release(): void;
}

/**
 * Runs work in a transaction with limits. It commits when the work resolves and none of its statements failed, even if
 * the work ignored the failure: the database would answer that COMMIT with a rollback and no error.
 *
 * When the connection is lost the transaction fails at once, whatever the work is still waiting for, and later
 * statements of the work are refused.
 *
 * @param mode `ISOLATION LEVEL …`, `READ ONLY`; empty: the database's default
 */
export function inTransaction<Result>(
  reservation: Reservation,
  mode: string,
  work: Work<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    reservation.onLost = reject;
    run(reservation, mode, work).then(resolve, reject);
  });
}

async function run<Result>(reservation: Reservation, mode: string, work: Work<Result>): Promise<Result> {
  const { tx } = reservation;
  try {
    const begun = tx.unsafe(`BEGIN ${mode}`).execute();
    // Sent before the work's first statement without waiting; if it fails, the transaction fails.
    limit(tx).catch(() => {});
    await begun;
    const result = await work(tx);
    if (reservation.failure) throw reservation.failure.reason;
    await tx`COMMIT`;
    reservation.release();
    return result;
  } catch (error) {
    await rollBack(reservation);
    throw error;
  }
}

/** If the connection can't roll back, it was lost meanwhile, and the transaction with it. */
export async function rollBack({ tx, release }: Reservation): Promise<void> {
  try {
    await tx`ROLLBACK`;
    release();
  } catch {
    // There is nothing to undo or to return.
  }
}

/**
 * Limits how long a transaction may wait for one lock, and how long it may idle while it holds its own. Without the
 * second limit a session whose process hangs keeps its locks: with the head of the event log, that stops every write of
 * every instance until somebody finds it.
 *
 * Set within each transaction: as connection parameters they would be refused by a PgBouncer that was not configured to
 * ignore them, and would persist on connections that it shares. There is no limit on a statement: a verification, a
 * merge of a deck and a COPY may take as long as they need, and block nobody.
 */
function limit(tx: Transaction) {
  return tx`
    SELECT set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '60s', true)`;
}
