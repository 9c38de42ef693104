import { createReadStream } from 'node:fs';
import type { Sql } from '../postgres/database.ts';
import { createRateGroup, type RateGroup } from './rate-groups.ts';
import { type InImport, importWithin } from './rate-import.ts';

/** The price list that comes with the program: see drizzle/seed/ORIGIN.md. */
const PRICE_LIST = new URL('../../../drizzle/seed/az-rates.csv', import.meta.url);

/** An arbitrary constant that no other lock of this program uses. */
const SEED_LOCK = 4_220_761_302;

/**
 * Loads a real price list into a database that has no rate group. When several instances start at once, one loads it,
 * and the others wait and find it there. A crash in the middle leaves nothing, so the next start loads it.
 *
 * @returns the new group, or undefined when there was one already.
 */
export async function seedRates(sql: Sql, inTransaction?: InImport): Promise<RateGroup | undefined> {
  return sql.begin(async (tx) => {
    await tx`SET LOCAL lock_timeout = 0`;
    await tx`SELECT pg_advisory_xact_lock(${SEED_LOCK})`;
    const [existing] = await tx`SELECT FROM rate_groups LIMIT 1`;
    if (existing) return undefined;
    const group = await createRateGroup(tx, { name: 'A-Z Retail EUR', currency: 'EUR' });
    const source = () => createReadStream(PRICE_LIST);
    const rateImport = { rateGroupId: group.id, source };
    const { version, rateCount } = await importWithin(tx, rateImport, inTransaction);
    return { ...group, version, rateCount };
  });
}
