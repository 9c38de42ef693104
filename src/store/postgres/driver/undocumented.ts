/**
 * This folder is the only one that relies on members of the driver (postgres.js) that it does not document. The driver
 * makes queries, speaks the protocol and reads types; which connection a query goes to, and what becomes of it when
 * that is lost, is decided here (connection.ts says why), and a COPY's failure is heard of (copy-stream.ts).
 *
 * When the driver's version moves, compare its `src/index.js`, `src/query.js` and `src/connection.js` with what the
 * members below are said to do, run test/store/driver-members.test.ts, transaction.test.ts and connection-loss.test.ts,
 * and then set CHECKED_VERSION. The server also outlives a promise that nobody handles: see
 * server/embedded-postgres/driver-faults.ts.
 */
export const CHECKED_VERSION = '3.4.9';

/** A query, as `sql` and `unsafe` make it. It is sent when somebody waits for it. */
export interface Query extends Promise<unknown> {
  /** Sends it; called once. Replaced in pool.ts's queries, so that they go to a connection that the pool chose. */
  handler(query: Query): void;
  /** Fails it. A COPY's is replaced: see copy-stream.ts. */
  reject(reason: unknown): void;
  /** Takes each row of the answer: in place of a count that a failed statement leaves behind on its connection. */
  forEachFn?: (row: unknown, rows: unknown[]) => void;
}

/** A connection, as the option `onexecute` of a query is given it before the query is sent on it. */
export interface DriverConnection {
  /** @returns whether it takes another query at once. */
  execute(query: Query): boolean;
  /** Called whenever all that was sent is answered; `release` set: also outside of a transaction. */
  reserved: ((() => void) & { release?: true }) | null;
  /** The list of the client's that it is in; out of all of them, the client gives it no queries of its own. */
  queue: { remove(connection: DriverConnection): unknown };
}

/** Options beside those of the driver's types. */
export interface UndocumentedOptions {
  /** The options of another client, as it parsed them: what its connections share, such as how types are read. */
  readonly [parsed: string]: unknown;
  /** Whether the connection asks which types there are arrays of, before its first query. */
  readonly fetch_types: boolean;
}
