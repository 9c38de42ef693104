import type postgres from 'postgres';

export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;
export type Work<Result = unknown> = (tx: Transaction) => Result | Promise<Result>;

/** A connection for one transaction. Its first statement must be the BEGIN. */
export interface Reservation {
  readonly tx: Transaction;
  /** Why a statement failed, the first that did. */
  readonly failure: { readonly reason: unknown } | undefined;
  /** Called when the connection is lost, also while no statement is under way. */
  onLost: (reason: unknown) => void;
  /** Gives the connection back: its transaction has ended. */
  release(): void;
}

/**
 * Runs work in a transaction with limits. It is committed when the work resolves and none of its statements failed,
 * also if the work did not mind: the database would answer that COMMIT with a rollback and no error.
 *
 * When the connection is lost the transaction has failed at once, whatever the work still waits for, and what the work
 * sends after that is refused.
 *
 * @param mode `ISOLATION LEVEL …`, `READ ONLY`; empty: the database's own
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
    // Sent ahead of the work's first statement, not waited for; when it fails the transaction has failed.
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

/** A connection that can't roll back was lost meanwhile, and what was begun on it with it. */
export async function rollBack({ tx, release }: Reservation): Promise<void> {
  try {
    await tx`ROLLBACK`;
    release();
  } catch {
    // Nothing to undo, and nothing to give back.
  }
}

/**
 * How long a transaction may wait for one lock, and how long it may do nothing while it holds its own. Without the
 * second a session whose process is half dead keeps what it has locked: with the head of the event log, that stops
 * every write of every instance until somebody finds it.
 *
 * Set within each transaction: as parameters of the connection they would be refused by a PgBouncer that was not told
 * to ignore them, and would stay behind on connections that it shares. No limit on a statement: a proof, a merge of a
 * deck and a COPY take what they take, and hold up nobody.
 */
function limit(tx: Transaction) {
  return tx`
    SELECT set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '60s', true)`;
}
