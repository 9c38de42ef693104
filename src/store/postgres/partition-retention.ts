import { setTimeout as delay } from 'node:timers/promises';
import type { Sql, Transaction } from './database.ts';
import { lockTimedOut } from './database-errors.ts';

/** Pause before the lock is tried again, and how often it is. */
const RETRY_MS = 250;
const TRIES = 40;

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
 * takes the whole table for a moment. Who waits for that keeps all others waiting behind it, so it waits for a tenth of
 * a second only, and tries again in between their turns; the next round goes on where all tries were in vain.
 *
 * @returns the names of those that were dropped
 */
export async function dropOldPartitions(sql: Sql, partitioned: Partitioned): Promise<string[]> {
  const dropped: string[] = [];
  for (;;) {
    const name = await withPatience(() => sql.begin((tx) => dropOldest(tx, partitioned)));
    if (name === undefined) return dropped;
    dropped.push(name);
  }
}

async function withPatience(drop: () => Promise<string | undefined>): Promise<string | undefined> {
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
  // Full, and everything after it in another: the last position of the one must lie in a later one.
  if (!oldest || !end || end.position < (oldest.number + 1n) * BigInt(size)) return undefined;
  const [young] = await tx`SELECT 1 FROM ${tx(oldest.name)} WHERE at >= ${before} LIMIT 1`;
  if (young) return undefined;
  await tx`DROP TABLE ${tx(oldest.name)}`;
  return oldest.name;
}
