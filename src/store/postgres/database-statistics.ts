import type { Sql, Transaction } from './database.ts';

/** Statistics of the service from the database, each from an index or a table that stays small. */
export interface DatabaseStatistics {
  /** The position of the last event. */
  readonly headPosition: bigint;
  /** Money held for calls in progress. */
  readonly holds: readonly { readonly currency: string; readonly calls: bigint; readonly micros: bigint }[];
  /** Batches that are ordered or being made, and the number of cards they still lack. */
  readonly batchesUnfinished: bigint;
  readonly cardsToMake: bigint;
  /** Files of cards that are ordered or being imported, and the number of their rows that were read. */
  readonly importsUnfinished: bigint;
  readonly importRowsRead: bigint;
  /**
   * Transactions whose facts are not yet added to the reports' counters, up to MAX_FACTS, and the age of the oldest.
   */
  readonly factsWaiting: bigint;
  readonly factsBehindSeconds: number;
  /** How long the most overdue card has waited for the expiry job; 0 when none is overdue. */
  readonly expiryBehindSeconds: number;
  /** How long the most overdue call, whose switch stopped reporting, has waited to be abandoned. */
  readonly abandonedBehindSeconds: number;
  /** The age of the oldest audit entry without a seal. */
  readonly unsealedSeconds: number;
  /** Connections to this database by state. */
  readonly connections: readonly { readonly state: string; readonly count: bigint }[];
  /** The age of the oldest open transaction. */
  readonly oldestTransactionSeconds: number;
}

/** Counting stops here: a stalled job must not make every scrape more expensive. */
const MAX_FACTS = 100_000;

type Single = Omit<DatabaseStatistics, 'holds' | 'connections'>;

/** The age of facts is in their ids: a UUIDv7 starts with milliseconds since 1970 (RFC 9562). */
export async function readDatabaseStatistics(sql: Sql | Transaction): Promise<DatabaseStatistics> {
  const [[single], holds, connections] = await Promise.all([
    sql<Single[]>`
      SELECT
        (SELECT position FROM event_head) AS "headPosition",
        (SELECT count(*) FROM card_batches WHERE state IN ('PENDING', 'GENERATING')) AS "batchesUnfinished",
        (SELECT coalesce(sum(quantity - made), 0)::bigint FROM card_batches
          WHERE state IN ('PENDING', 'GENERATING')) AS "cardsToMake",
        (SELECT count(*) FROM card_imports WHERE state IN ('PENDING', 'CHECKING', 'WRITING')) AS "importsUnfinished",
        (SELECT coalesce(sum(row_count), 0)::bigint FROM card_imports
          WHERE state IN ('PENDING', 'CHECKING', 'WRITING')) AS "importRowsRead",
        (SELECT count(*) FROM (SELECT FROM report_facts LIMIT ${MAX_FACTS}::int) AS f) AS "factsWaiting",
        coalesce((SELECT greatest(0, extract(epoch FROM now()) -
            ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
          FROM report_facts ORDER BY id LIMIT 1), 0)::float8 AS "factsBehindSeconds",
        coalesce((SELECT greatest(0, extract(epoch FROM now() - min(due_at))) FROM cards
          WHERE due_at <= now()), 0)::float8 AS "expiryBehindSeconds",
        coalesce((SELECT extract(epoch FROM now() - min(expires_at)) FROM calls
          WHERE state = 'AUTHORIZED' AND expires_at <= now()), 0)::float8 AS "abandonedBehindSeconds",
        coalesce((SELECT extract(epoch FROM now() - at) FROM audit_entries
          WHERE position > (SELECT coalesce(max(to_position), 0) FROM audit_blocks)
          ORDER BY position LIMIT 1), 0)::float8 AS "unsealedSeconds",
        coalesce((SELECT extract(epoch FROM now() - min(xact_start)) FROM pg_stat_activity
          WHERE datname = current_database()), 0)::float8 AS "oldestTransactionSeconds"`,
    sql<DatabaseStatistics['holds'][number][]>`
      SELECT currency, count(*) AS calls, sum(held)::bigint AS micros FROM calls
      WHERE state = 'AUTHORIZED' GROUP BY currency`,
    sql<DatabaseStatistics['connections'][number][]>`
      SELECT coalesce(state, 'unknown') AS state, count(*) AS count FROM pg_stat_activity
      WHERE datname = current_database() GROUP BY 1`,
  ]);
  if (!single) throw new Error('The query for the statistics returned no row.');
  return { ...single, holds, connections };
}
