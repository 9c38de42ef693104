import type postgres from 'postgres';
import { isReadOnly } from './database-errors.ts';
import { Connection, lost } from './driver/connection.ts';
import { parsedOptions, routed } from './driver/routed-queries.ts';
import type { Query } from './driver/undocumented.ts';
import { driverClient } from './driver-client.ts';
import { inTransaction, type Reservation, type Transaction, type Work } from './transaction.ts';

type Sql = postgres.Sql<{ bigint: bigint }>;
type DriverOptions = NonNullable<Parameters<typeof postgres>[1]>;

/** How long the database may leave a query unanswered before its connection is given up, in milliseconds. */
export interface PoolTimeouts {
  /** For a query outside a transaction: all of them are short. */
  readonly queryMs: number;
  /** For each round trip of the writer: meanwhile no money moves. */
  readonly tripMs: number;
}

interface PoolOptions extends DriverOptions {
  readonly max: number;
  readonly timeouts?: PoolTimeouts | undefined;
}

export interface Pool extends Sql {
  /** A reserved connection for a short transaction that does not use `begin`. */
  reserveForTransaction(): Reservation;
}

/**
 * A connection may stop responding without being closed: a firewall that dropped its state, a dead machine. The system
 * notices after a quarter of an hour, if at all. A verification or an export may take as long as it needs, so
 * transactions made by `begin` have no limit.
 */
const TIMEOUTS: PoolTimeouts = { queryMs: 60_000, tripMs: 20_000 };
/** Interval between checks for unresponsive connections. */
const SILENCE_CHECK_MS = 500;

/**
 * Seconds until a failed connection is tried again. The driver's delay grows to twenty seconds, and all queries that
 * need a connection wait with it: after an outage of a minute, the returned database would go unnoticed for up to that
 * long.
 */
export const backoff = (failures: number) => Math.min(0.02 * 2 ** failures, 1);

/**
 * A pool with the driver's interface. The driver builds the queries and talks to the database; the pool decides which
 * connection a query goes to, and what happens to it when that connection is lost: see connection.ts.
 */
export function openPool(url: string, { max, timeouts = TIMEOUTS, ...options }: PoolOptions): Pool {
  // Builds queries and holds what connections share, such as the parsers of types; it never connects.
  const maker = driverClient(url, { ...options, max: 1 } as DriverOptions) as unknown as Sql;
  const connections = new Connections(parsedOptions(maker), max, timeouts);
  const reserveForTransaction = () => reserve(maker, connections, timeouts.tripMs);
  const begin = (...given: [Work] | [string, Work]) => {
    const [mode, work] = given.length === 1 ? ['', given[0]] : given;
    return inTransaction(reserve(maker, connections, null), mode, work);
  };
  const end = ({ timeout = 0 }: { timeout?: number } = {}) => connections.end(timeout * 1_000);
  const send = (query: Query) => connections.send(query);
  return routed(maker, send, { begin, end, reserveForTransaction }) as Pool;
}

type Take = (connection: Connection) => void;

/** The connections of a pool, and the requests that wait for one. */
class Connections {
  readonly #driver: object;
  readonly #max: number;
  readonly #timeouts: PoolTimeouts;
  readonly #all = new Set<Connection>();
  readonly #waiting: Take[] = [];
  #failures = 0;
  #failedAtMs = 0;
  #typesKnown = false;
  #ended = false;
  #watching: NodeJS.Timeout | undefined;

  constructor(driver: object, max: number, timeouts: PoolTimeouts) {
    this.#driver = driver;
    this.#max = max;
    this.#timeouts = timeouts;
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
    connection.timeoutMs = this.#timeouts.queryMs;
    if (connection.load === 0) this.#freed(connection);
  }

  /** Waits until all queries are answered, up to the timeout. */
  async end(timeoutMs: number): Promise<void> {
    this.#ended = true;
    clearInterval(this.#watching);
    const deadline = performance.now() + timeoutMs;
    const isBusy = () => [...this.#all].some(({ load, isReserved }) => load > 0 || isReserved);
    while (isBusy() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
    const all = [...this.#all];
    await Promise.all(all.map((each) => each.end()));
    // Requests only wait when all connections are reserved: an ended connection makes each of them fail.
    const [ended] = all;
    if (ended) for (const take of this.#waiting.splice(0)) take(ended);
  }

  /** An idle connection; else a new one; else the one with the lowest load. None when all are reserved. */
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
    connection.timeoutMs = this.#timeouts.queryMs;
    this.#all.add(connection);
    this.#watching ??= setInterval(() => this.#giveUpSilent(), SILENCE_CHECK_MS).unref();
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

/** @param timeoutMs how long each of its answers may take; null: without limit */
function reserve(maker: Sql, connections: Connections, timeoutMs: number | null): Reservation {
  const early: Query[] = [];
  let connection: Connection | undefined;
  let failure: Reservation['failure'];
  let released = false;
  const send = (query: Query) => {
    query.catch((reason) => {
      failure ??= { reason };
      if (isReadOnly(reason)) connection?.expire();
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
    picked.timeoutMs = timeoutMs;
    picked.onLost = (reason) => reservation.onLost(reason);
    for (const query of early.splice(0)) picked.send(query);
  });
  return reservation;
}
