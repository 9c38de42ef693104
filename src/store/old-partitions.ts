import type { Sql, Transaction } from './database.ts';

/** Any fixed number; only this program takes the lock. */
const DROP_LOCK = 4_220_761_306;

interface Partitioned {
  /** The table. */
  readonly name: string;
  /** Positions in one partition. */
  readonly size: number;
  /** Query of the last position that may go: a partition that holds a later one stays. */
  readonly last: string;
  /** Rows from then on are kept. */
  readonly before: Date;
}

/**
 * Drops the partitions in which all is older than an instant, the oldest first, so that what is kept has no hole. Each
 * takes the whole table for a moment; where that is not to be had in three seconds, the next round tries again.
 *
 * @returns the names of those that were dropped
 */
export async function dropOldPartitions(sql: Sql, partitioned: Partitioned): Promise<string[]> {
  const dropped: string[] = [];
  for (;;) {
    const name = await sql.begin((tx) => dropOldest(tx, partitioned));
    if (name === undefined) return dropped;
    dropped.push(name);
  }
}

async function dropOldest(
  tx: Transaction,
  { name, size, last, before }: Partitioned,
): Promise<string | undefined> {
  const [lock] = await tx<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${DROP_LOCK}) AS mine, set_config('lock_timeout', '3s', true)`;
  if (!lock?.mine) return undefined;
  const [oldest] = await tx<{ name: string; number: bigint }[]>`
    SELECT c.relname AS name, substring(c.relname FROM '[0-9]+$')::bigint AS number
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${name}::text::regclass ORDER BY 2 LIMIT 1`;
  const [end] = await tx.unsafe<{ position: bigint }[]>(last);
  // Full, and everything after it in another: the last position of the one must lie in a later one.
  if (!oldest || !end || end.position < (oldest.number + 1n) * BigInt(size)) return undefined;
  const [young] = await tx`SELECT 1 FROM ${tx(oldest.name)} WHERE at >= ${before} LIMIT 1`;
  if (young) return undefined;
  await tx`DROP TABLE ${tx(oldest.name)}`;
  return oldest.name;
}
