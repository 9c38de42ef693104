import type postgres from 'postgres';
import { connectionLost } from './database-errors.ts';

type Sql = postgres.Sql<{ bigint: bigint }>;
type Transaction = postgres.TransactionSql<{ bigint: bigint }>;
type Work<Result> = (tx: Transaction) => Result | Promise<Result>;

/**
 * Gives every transaction its limits, and mends `begin` of the driver (postgres 3.4.9) for a connection that is lost in
 * the middle. It sends a ROLLBACK after the lost connection, to a socket that is gone, and that error ends the process.
 * And work that goes on after the loss, because it was waiting for something else, would have its next statement, and
 * the COMMIT, carried out by the connection's successor: outside of any transaction, or within another's.
 */
export function mendBegin(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (options: string, work: Work<unknown>) => Promise<unknown>;
  const mended = <Result>(...given: [Work<Result>] | [string, Work<Result>]) => {
    const [options, work] = given.length === 1 ? ['', given[0]] : given;
    let over = false;
    return new Promise((resolve, reject) => {
      const lost = (error: unknown) => {
        over = true;
        reject(error);
      };
      const within = async (tx: Transaction) => {
        // Sent ahead of the work's first statement, not waited for; when it fails the transaction has failed.
        limit(tx).catch(() => {});
        try {
          const result = await work(refusedOnce(() => over, tx));
          if (!over) return result;
        } catch (error) {
          if (!over && !connectionLost(error)) throw error;
          lost(error);
        }
        // The driver ends the work with a COMMIT or a ROLLBACK, which would be its successor's: so it never ends.
        return new Promise<never>(() => {});
      };
      begin(options, within).then(resolve, lost);
    });
  };
  return Object.assign(sql, { begin: mended as Sql['begin'] });
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

/** The same transaction, for as long as there is one. */
function refusedOnce(over: () => boolean, tx: Transaction): Transaction {
  return new Proxy(tx, {
    apply(target, self, args) {
      if (over()) throw new Error('The transaction has ended: its connection was lost.');
      return Reflect.apply(target as never, self, args);
    },
  });
}
