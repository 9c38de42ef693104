import postgres from 'postgres';
import { Connection, lost, type Query } from './connection.ts';
import { inTransaction, type Reservation, type Transaction, type Work } from './transaction.ts';

type Sql = postgres.Sql<{ bigint: bigint }>;
type DriverOptions = NonNullable<Parameters<typeof postgres>[1]>;

export interface PoolOptions extends DriverOptions {
  readonly max: number;
}

export interface Pool extends Sql {
  /** A connection of its own for a transaction that is not `begin`'s. */
  reserveForTransaction(): Reservation;
}

/**
 * Seconds until a connection that could not be made is tried again. The driver goes up to twenty, and all that asks for a
 * connection waits with it: after a minute's outage the database would be back for as long before anybody noticed.
 */
export const backoff = (failures: number) => Math.min(0.02 * 2 ** failures, 1);

/**
 * A pool with the driver's interface. The driver makes the queries and talks to the database; which connection a query
 * goes to, and what becomes of it when that is lost, is decided here: see connection.ts.
 */
export function openPool(url: string, { max, ...options }: PoolOptions): Pool {
  // Makes queries and keeps what connections share, such as how types are read; it never connects.
  const maker = postgres(url, { ...options, max: 1 } as DriverOptions) as unknown as Sql;
  const connections = new Set<Connection>();
  const waiting: ((connection: Connection) => void)[] = [];
  let failures = 0;
  let failedAtMs = 0;
  let typesKnown = false;
  let ended = false;

  const connect = (): Connection => {
    const delayMs = failures === 0 ? 0 : failedAtMs + backoff(failures) * 1_000 - performance.now();
    const connection = new Connection({
      driver: { ...maker.options, fetch_types: !typesKnown },
      delayMs: Math.max(0, delayMs),
      onFree,
      onLost,
    });
    connections.add(connection);
    return connection;
  };
  const onFree = (connection: Connection) => {
    failures = 0;
    typesKnown = true;
    if (connection.isOld && !connection.isReserved) {
      connections.delete(connection);
      void connection.end();
    }
    serveWaiting();
  };
  const onLost = (connection: Connection) => {
    connections.delete(connection);
    if (!connection.isMade) {
      failures += 1;
      failedAtMs = performance.now();
    }
    serveWaiting();
  };
  /** One that has nothing to do; else a new one; else the one with the least. None: all are reserved. */
  const pick = (): Connection | undefined => {
    let least: Connection | undefined;
    for (const each of connections) {
      if (!each.isReserved && (least === undefined || each.load < least.load)) least = each;
    }
    if (least?.load === 0 || connections.size >= max) return least;
    return connect();
  };
  const whenPicked = (take: (connection: Connection) => void) => {
    const connection = waiting.length === 0 ? pick() : undefined;
    if (connection) take(connection);
    else waiting.push(take);
  };
  const serveWaiting = () => {
    while (!ended && waiting.length > 0) {
      const connection = pick();
      if (!connection) return;
      waiting.shift()?.(connection);
    }
  };
  const send = (query: Query) => {
    if (ended) query.reject(lost('CONNECTION_ENDED'));
    else whenPicked((connection) => connection.send(query));
  };
  const reserveForTransaction = () =>
    reserve(maker, whenPicked, (connection) => {
      connection.isReserved = false;
      connection.onLost = null;
      if (connection.load === 0) onFree(connection);
    });
  const end = async ({ timeout = 0 }: { timeout?: number } = {}) => {
    ended = true;
    const deadline = performance.now() + timeout * 1_000;
    const isBusy = () => [...connections].some(({ load, isReserved }) => load > 0 || isReserved);
    while (isBusy() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    await Promise.all([...connections].map((each) => each.end()));
    // Only where all are reserved does anybody wait: from one that has ended each hears that it has.
    const [gone] = connections;
    if (gone) for (const take of waiting.splice(0)) take(gone);
  };
  const begin = (...given: [Work] | [string, Work]) => {
    const [mode, work] = given.length === 1 ? ['', given[0]] : given;
    return inTransaction(reserveForTransaction(), mode, work);
  };
  return routed(maker, send, { begin, end, reserveForTransaction }) as Pool;
}

function reserve(
  maker: Sql,
  whenPicked: (take: (connection: Connection) => void) => void,
  giveBack: (connection: Connection) => void,
): Reservation {
  const early: Query[] = [];
  let connection: Connection | undefined;
  let failure: Reservation['failure'];
  let released = false;
  const send = (query: Query) => {
    query.catch((reason) => {
      failure ??= { reason };
    });
    if (released) query.reject(new Error('The transaction of this connection has ended.'));
    else if (connection) connection.send(query);
    else early.push(query);
  };
  const reservation: Reservation = {
    tx: routed(maker, send, {}) as unknown as Transaction,
    get failure() {
      return failure;
    },
    onLost: () => {},
    release: () => {
      released = true;
      if (connection) giveBack(connection);
    },
  };
  whenPicked((picked) => {
    connection = picked;
    picked.isReserved = true;
    picked.onLost = (reason) => reservation.onLost(reason);
    for (const query of early.splice(0)) picked.send(query);
  });
  return reservation;
}

/** The driver's interface, with its queries on another way. */
function routed(maker: Sql, send: (query: Query) => void, own: Readonly<Record<string, unknown>>): Sql {
  const route = (made: unknown) => {
    if (!isQuery(made)) return made;
    made.handler = send;
    made.forEachFn = keepRow;
    return made;
  };
  const ways: Readonly<Record<string, unknown>> = {
    unsafe: (...given: Parameters<Sql['unsafe']>) => route(maker.unsafe(...given)),
    ...own,
  };
  return new Proxy(maker, {
    apply: (target, self, given) => route(Reflect.apply(target as never, self, given)),
    get: (target, key) => (typeof key === 'string' && ways[key]) || Reflect.get(target, key),
  });
}

/**
 * The driver puts each row at a number of its own, which it does not set back when a statement fails after its first
 * rows: the next answer on that connection then begins with holes.
 */
function keepRow(row: unknown, rows: unknown[]): void {
  rows.push(row);
}

function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}
