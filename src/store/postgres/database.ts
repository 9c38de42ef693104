import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { relations } from '../schema/relations.ts';
import { openPool, type Pool, type PoolTimeouts } from './pool.ts';

export type Sql = postgres.Sql<{ bigint: bigint }>;
export type Transaction = postgres.TransactionSql<{ bigint: bigint }>;
type Drizzle = ReturnType<typeof createDrizzle>;

export interface Database {
  /** For handwritten SQL: every hot path. */
  sql: Pool;
  /** For the screens: relational queries over the same server. */
  drizzle: Drizzle;
  close(): Promise<void>;
}

interface DatabaseOptions {
  url: string;
  maxConnections: number;
  /** Off behind a transaction-pooling PgBouncer older than 1.21. */
  preparedStatements?: boolean;
  /** For `pg_stat_activity`. */
  instanceName?: string;
  /** How long the database may leave a query unanswered. */
  timeouts?: PoolTimeouts;
}

/**
 * Two pools on one server, because Drizzle replaces its client's date and number parsers. The handwritten side reads
 * int8 as bigint: money must never pass through a float.
 */
export function openDatabase({
  url,
  maxConnections,
  preparedStatements = true,
  instanceName,
  timeouts,
}: DatabaseOptions): Database {
  const common = {
    prepare: preparedStatements,
    onnotice: () => {},
    connect_timeout: 10,
    connection: { application_name: instanceName ? `cardline ${instanceName}` : 'cardline' },
    timeouts,
  };
  const sql = openPool(url, { ...common, max: maxConnections, types: { bigint: postgres.BigInt } });
  const screens = openPool(url, { ...common, max: Math.max(2, Math.ceil(maxConnections / 2)) });
  return {
    sql,
    drizzle: createDrizzle(screens),
    close: async () => {
      await Promise.all([sql.end({ timeout: 5 }), screens.end({ timeout: 5 })]);
    },
  };
}

/**
 * A dedicated connection, for work that keeps state in its session: temporary tables, which a transaction-pooling proxy
 * does not keep. When the connection is lost, so is that state.
 *
 * @param directUrl bypasses such a proxy
 * @param name identifies it in `pg_stat_activity`
 */
export function openSession(directUrl: string, name: string): Pool {
  return openPool(directUrl, {
    max: 1,
    // A merge may take as long as it needs.
    timeouts: { queryMs: Number.POSITIVE_INFINITY, tripMs: Number.POSITIVE_INFINITY },
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    types: { bigint: postgres.BigInt },
    connection: { application_name: name },
  });
}

function createDrizzle(client: postgres.Sql) {
  return drizzle({ client, relations });
}
