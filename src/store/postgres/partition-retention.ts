import { setTimeout as delay } from 'node:timers/promises';
import type { Sql, Transaction } from './database.ts';
import { lockTimedOut } from './database-errors.ts';

/** Pause between attempts to lock, and their number. */
const RETRY_MS = 250;
const TRIES = 40;

/** Arbitrary fixed number; only this program takes the lock. */
const DROP_LOCK = 4_220_761_306;

interface Partitioned {
  /** The table. */
  readonly name: string;
  /** Positions per partition. */
  readonly size: number;
  /** Query for the last position that may be dropped: a partition with a later one stays. */
  readonly last: string;
  /** Rows from this instant on are kept. */
  readonly before: Date;
}

/**
 * Drops the partitions in which every row is older than an instant, oldest first, so that the kept part has no gap.
 * Each drop locks the whole table for a moment, and waiting for that lock blocks everybody behind it. So each attempt
 * waits only a tenth of a second, with a pause before the next; if all attempts fail, the next run continues.
 *
 * @returns the names of the dropped partitions
 */
export async function dropOldPartitions(sql: Sql, partitioned: Partitioned): Promise<string[]> {
  const dropped: string[] = [];
  for (;;) {
    const name = await retryLocked(() => sql.begin((tx) => dropOldest(tx, partitioned)));
    if (name === undefined) return dropped;
    dropped.push(name);
  }
}

async function retryLocked(drop: () => Promise<string | undefined>): Promise<string | undefined> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      return await drop();
    } catch (error) {
      if (!lockTimedOut(error)) throw error;
      await delay(RETRY_MS, undefined, { ref: false });
    }
  }
  return undefined;
}

async function dropOldest(
  tx: Transaction,
  { name, size, last, before }: Partitioned,
): Promise<string | undefined> {
  const [lock] = await tx<{ mine: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${DROP_LOCK}) AS mine, set_config('lock_timeout', '100ms', true)`;
  if (!lock?.mine) return undefined;
  const [oldest] = await tx<{ name: string; number: bigint }[]>`
    SELECT c.relname AS name, substring(c.relname FROM '[0-9]+$')::bigint AS number
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${name}::text::regclass ORDER BY 2 LIMIT 1`;
  const [end] = await tx.unsafe<{ position: bigint }[]>(last);
  // Full, and not the last partition: there must be a row with a later position in a later partition.
  if (!oldest || !end || end.position < (oldest.number + 1n) * BigInt(size)) return undefined;
  const [tooRecent] = await tx`SELECT 1 FROM ${tx(oldest.name)} WHERE at >= ${before} LIMIT 1`;
  if (tooRecent) return undefined;
  await tx`DROP TABLE ${tx(oldest.name)}`;
  return oldest.name;
}
