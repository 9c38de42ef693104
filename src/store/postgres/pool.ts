import postgres from 'postgres';
import { Connection, lost } from './driver/connection.ts';
import { parsedOptions, routed } from './driver/routed-queries.ts';
import type { Query } from './driver/undocumented.ts';
import { inTransaction, type Reservation, type Transaction, type Work } from './transaction.ts';

type Sql = postgres.Sql<{ bigint: bigint }>;
type DriverOptions = NonNullable<Parameters<typeof postgres>[1]>;

/** How long the database may leave a connection without an answer before it is given up, in milliseconds. */
export interface PoolTimeouts {
  /** Of a query outside of transactions: all of them are short. */
  readonly queryMs: number;
  /** Of each trip of the writer: while it waits, nobody's money moves. */
  readonly tripMs: number;
}

export interface PoolOptions extends DriverOptions {
  readonly max: number;
  readonly patience?: PoolTimeouts | undefined;
}

export interface Pool extends Sql {
  /** A connection of its own for a transaction that is not `begin`'s, and short. */
  reserveForTransaction(): Reservation;
}

/**
 * A line may fall silent without an end: a firewall that forgot it, a machine that is gone. The system notices after a
 * quarter of an hour, if at all. A proof or an export takes what it takes: transactions that `begin` makes are waited for.
 */
const PATIENCE: PoolTimeouts = { queryMs: 60_000, tripMs: 20_000 };
/** Between two looks for connections that are silent. */
const SILENCE_LOOK_MS = 500;

/**
 * Seconds until a connection that could not be made is tried again. The driver goes up to twenty, and all that asks for a
 * connection waits with it: after a minute's outage the database would be back for as long before anybody noticed.
 */
export const backoff = (failures: number) => Math.min(0.02 * 2 ** failures, 1);

/**
 * A pool with the driver's interface. The driver makes the queries and talks to the database; which connection a query
 * goes to, and what becomes of it when that is lost, is decided here: see connection.ts.
 */
export function openPool(url: string, { max, patience = PATIENCE, ...options }: PoolOptions): Pool {
  // Makes queries and keeps what connections share, such as how types are read; it never connects.
  const maker = postgres(url, { ...options, max: 1 } as DriverOptions) as unknown as Sql;
  const connections = new Connections(parsedOptions(maker), max, patience);
  const reserveForTransaction = () => reserve(maker, connections, patience.tripMs);
  const begin = (...given: [Work] | [string, Work]) => {
    const [mode, work] = given.length === 1 ? ['', given[0]] : given;
    return inTransaction(reserve(maker, connections, null), mode, work);
  };
  const end = ({ timeout = 0 }: { timeout?: number } = {}) => connections.end(timeout * 1_000);
  const send = (query: Query) => connections.send(query);
  return routed(maker, send, { begin, end, reserveForTransaction }) as Pool;
}

type Take = (connection: Connection) => void;

/** The connections of a pool, and who waits for one. */
class Connections {
  readonly #driver: object;
  readonly #max: number;
  readonly #patience: PoolTimeouts;
  readonly #all = new Set<Connection>();
  readonly #waiting: Take[] = [];
  #failures = 0;
  #failedAtMs = 0;
  #typesKnown = false;
  #ended = false;
  #watching: NodeJS.Timeout | undefined;

  constructor(driver: object, max: number, patience: PoolTimeouts) {
    this.#driver = driver;
    this.#max = max;
    this.#patience = patience;
  }

  send(query: Query): void {
    if (this.#ended) query.reject(lost('CONNECTION_ENDED'));
    else this.whenPicked((connection) => connection.send(query));
  }

  whenPicked(take: Take): void {
    const connection = this.#waiting.length === 0 ? this.#pick() : undefined;
    if (connection) take(connection);
    else this.#waiting.push(take);
  }

  giveBack(connection: Connection): void {
    connection.isReserved = false;
    connection.onLost = null;
    connection.patienceMs = this.#patience.queryMs;
    if (connection.load === 0) this.#freed(connection);
  }

  /** Waits until all is answered, at most so long. */
  async end(timeoutMs: number): Promise<void> {
    this.#ended = true;
    clearInterval(this.#watching);
    const deadline = performance.now() + timeoutMs;
    const isBusy = () => [...this.#all].some(({ load, isReserved }) => load > 0 || isReserved);
    while (isBusy() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    const all = [...this.#all];
    await Promise.all(all.map((each) => each.end()));
    // Only where all are reserved does anybody wait: from one that has ended each hears that it has.
    const [gone] = all;
    if (gone) for (const take of this.#waiting.splice(0)) take(gone);
  }

  /** One that has nothing to do; else a new one; else the one with the least. None: all are reserved. */
  #pick(): Connection | undefined {
    let least: Connection | undefined;
    for (const each of this.#all) {
      if (!each.isReserved && (least === undefined || each.load < least.load)) least = each;
    }
    if (least?.load === 0 || this.#all.size >= this.#max) return least;
    return this.#connect();
  }

  #connect(): Connection {
    const pauseMs = this.#failures === 0 ? 0 : backoff(this.#failures) * 1_000;
    const connection = new Connection({
      driver: { ...this.#driver, fetch_types: !this.#typesKnown },
      delayMs: Math.max(0, this.#failedAtMs + pauseMs - performance.now()),
      onFree: (each) => this.#freed(each),
      onLost: (each) => this.#lost(each),
    });
    connection.patienceMs = this.#patience.queryMs;
    this.#all.add(connection);
    this.#watching ??= setInterval(() => this.#giveUpSilent(), SILENCE_LOOK_MS).unref();
    return connection;
  }

  #freed(connection: Connection): void {
    this.#failures = 0;
    this.#typesKnown = true;
    if (connection.isOld && !connection.isReserved) {
      this.#all.delete(connection);
      void connection.end();
    }
    this.#serveWaiting();
  }

  #lost(connection: Connection): void {
    this.#all.delete(connection);
    if (!connection.isMade) {
      this.#failures += 1;
      this.#failedAtMs = performance.now();
    }
    this.#serveWaiting();
  }

  #giveUpSilent(): void {
    for (const each of [...this.#all]) if (each.isSilent) each.giveUp();
  }

  #serveWaiting(): void {
    while (!this.#ended && this.#waiting.length > 0) {
      const connection = this.#pick();
      if (!connection) return;
      this.#waiting.shift()?.(connection);
    }
  }
}

/** @param patienceMs how long each of its answers may take; null: as long as it takes */
function reserve(maker: Sql, connections: Connections, patienceMs: number | null): Reservation {
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
      if (connection) connections.giveBack(connection);
    },
  };
  connections.whenPicked((picked) => {
    connection = picked;
    picked.isReserved = true;
    picked.patienceMs = patienceMs;
    picked.onLost = (reason) => reservation.onLost(reason);
    for (const query of early.splice(0)) picked.send(query);
  });
  return reservation;
}
