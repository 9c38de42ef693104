import type postgres from 'postgres';
import type { Sql } from './database.ts';

/** What the driver's queries and connections have that its types don't tell. */
interface Query extends Promise<unknown> {
  handler(query: Query): void;
  reject(reason: unknown): void;
  readonly options: { onexecute?: (connection: Connection) => boolean };
}

interface Connection {
  /** @returns whether it takes another at once. */
  execute(query: Query): boolean;
  /** Set: it is one transaction's, and this is called whenever all that was sent is answered. */
  reserved: (() => void) | null;
  onclose: ((reason: unknown) => void) | null;
  /** Which of the pool's lists it is in. */
  queue: { remove(connection: Connection): unknown };
}

const NO_LIST = { remove: () => {} };

/**
 * A connection of the pool for one transaction: the first statement must be the BEGIN, what is sent with it goes in the
 * same packet, and it is free again when the transaction has ended.
 *
 * In place of the driver's own (postgres 3.4.9), which when connections are lost forgets who waits for one, gives
 * connections to those who were refused, so that nobody has them, and forgets statements that wait behind others. Here
 * the BEGIN waits for a connection like any query, and when it or the connection fails, so does all the rest.
 */
export function reserveForTransaction(pool: Sql): postgres.ReservedSql<{ bigint: bigint }> {
  const unanswered = new Set<Query>();
  let queue: Query[] = [];
  let begun = false;
  let connection: Connection | undefined;
  let busy = false;
  let failure: { readonly reason: unknown } | undefined;

  const fail = (reason: unknown) => {
    failure ??= { reason };
    queue = [];
    for (const query of unanswered) query.reject(reason);
  };
  const sendQueued = () => {
    busy = false;
    while (!busy && connection) {
      const query = queue.shift();
      if (!query) return;
      busy = !connection.execute(query);
    }
  };
  const take = (taken: Connection) => {
    connection = taken;
    taken.reserved = sendQueued;
    taken.onclose = fail;
    taken.queue.remove(taken);
    taken.queue = NO_LIST;
    // The driver comes first: it is about to note that the connection takes no queries of others.
    busy = true;
    queueMicrotask(sendQueued);
    return false;
  };
  const send = (query: Query, toPool: (query: Query) => void) => {
    unanswered.add(query);
    const answered = () => unanswered.delete(query);
    query.then(answered, answered);
    if (failure) return query.reject(failure.reason);
    if (connection && connection.reserved !== sendQueued) {
      return query.reject(new Error('The transaction of this connection has ended.'));
    }
    if (begun) {
      queue.push(query);
      if (connection && !busy) sendQueued();
      return;
    }
    begun = true;
    query.options.onexecute = take;
    query.catch(fail);
    toPool(query);
  };
  // The driver gives the connection back when its transaction ends.
  const release = () => {};
  const routed = new Proxy(pool, {
    apply(target, self, given) {
      const made: unknown = Reflect.apply(target as never, self, given);
      if (!isQuery(made)) return made;
      const toPool = made.handler;
      made.handler = (query) => send(query, toPool);
      return made;
    },
    get: (target, key) => (key === 'release' ? release : Reflect.get(target, key)),
  });
  return routed as never;
}

function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}
