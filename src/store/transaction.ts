import type { Sql, Transaction } from './database.ts';
import { connectionLost } from './database-errors.ts';

type Work<Result> = (tx: Transaction) => Result | Promise<Result>;

/**
 * Mends `begin` of the driver (postgres 3.4.9) for a connection that is lost in the middle. It sends a ROLLBACK after
 * the lost connection, to a socket that is gone, and that error ends the process. And work that goes on after the
 * loss, because it was waiting for something else, would have its next statement carried out by the connection's
 * successor, outside of any transaction.
 */
export function mendBegin(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as (options: string, work: Work<unknown>) => Promise<unknown>;
  const mended = <Result>(...given: [Work<Result>] | [string, Work<Result>]) => {
    const [options, work] = given.length === 1 ? ['', given[0]] : given;
    let over = false;
    return new Promise((resolve, reject) => {
      const within = async (tx: Transaction) => {
        try {
          return await work(refusedOnce(() => over, tx));
        } catch (error) {
          if (!connectionLost(error)) throw error;
          reject(error);
          // The driver answers whatever ends the work with a statement, so it never ends.
          return new Promise<never>(() => {});
        }
      };
      begin(options, within).then(resolve, reject);
    }).finally(() => {
      over = true;
    });
  };
  return Object.assign(sql, { begin: mended as Sql['begin'] });
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
