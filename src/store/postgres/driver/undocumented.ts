/**
 * This folder is the only one that relies on undocumented members of the driver (postgres.js). The driver builds
 * queries, speaks the protocol and parses types; this folder decides which connection a query goes to and what happens
 * to it when that connection is lost (connection.ts says why), and detects a COPY's failure (copy-stream.ts).
 *
 * When the driver's version changes, compare its `src/index.js`, `src/query.js` and `src/connection.js` with the
 * descriptions of the members below, run test/store/postgres/driver-members.test.ts, transaction.test.ts and
 * connection-loss.test.ts, and then set CHECKED_VERSION. The server also survives a promise rejection that nothing
 * handles: see server/embedded-postgres/driver-faults.ts.
 */
export const CHECKED_VERSION = '3.4.9';

/** A query, as `sql` and `unsafe` create it. It is sent when it is awaited. */
export interface Query extends Promise<unknown> {
  /**
   * Sends it; called once. Replaced for the queries of pool.ts, so that they go to a connection that the pool chose.
   */
  handler(query: Query): void;
  /** Fails it. Replaced for a COPY: see copy-stream.ts. */
  reject(reason: unknown): void;
  /** Receives each row of the answer, instead of the index that a failed statement leaves behind on its connection. */
  forEachFn?: (row: unknown, rows: unknown[]) => void;
}

/** A connection, as passed to a query's `onexecute` option before the query is sent on it. */
export interface DriverConnection {
  /** @returns whether it accepts another query immediately. */
  execute(query: Query): boolean;
  /** Called whenever all that was sent is answered; with `release` set, also outside a transaction. */
  reserved: ((() => void) & { release?: true }) | null;
  /** The client's list that contains it; when removed from all lists, it gets no queries from the client. */
  queue: { remove(connection: DriverConnection): unknown };
}

/** Options that the driver's types lack. */
export interface UndocumentedOptions {
  /** Another client's parsed options: what its connections share, such as the parsers of types. */
  readonly [parsed: string]: unknown;
  /** Whether the connection queries the array types before its first query. */
  readonly fetch_types: boolean;
}
