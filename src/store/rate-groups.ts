import { currencyCode } from '../domain/currency.ts';
import { NameTaken } from '../domain/rejections/input.ts';
import { boundedText } from '../domain/text.ts';
import type { Sql, Transaction } from './database.ts';
import { newId } from './new-id.ts';

/** A price list: its rates are found by rate-search.ts and, for calls, in a RateBook. */
export interface RateGroup {
  id: string;
  name: string;
  /** ISO 4217. Of all its rates and fees. */
  currency: string;
  /** Grows by one with each import. */
  version: number;
  /** Prefixes on offer, now or from a later date on. */
  rateCount: number;
  createdAt: Date;
}

const columns = (sql: Sql | Transaction) => sql`
  id, name, currency, version, rate_count AS "rateCount", created_at AS "createdAt"`;

/**
 * Makes an empty price list.
 *
 * @throws InvalidInput for a name of no or more than a hundred characters, or a currency that ISO 4217 does not know.
 * @throws NameTaken
 */
export async function createRateGroup(
  sql: Sql | Transaction,
  { name, currency }: { name: string; currency: string },
): Promise<RateGroup> {
  const group = { name: boundedText('name', name, 100), currency: currencyCode('currency', currency) };
  const [created] = await sql<RateGroup[]>`
    INSERT INTO rate_groups (id, name, currency) VALUES (${newId()}, ${group.name}, ${group.currency})
    ON CONFLICT (name) DO NOTHING
    RETURNING ${columns(sql)}`;
  if (!created) throw new NameTaken({ name: group.name });
  return created;
}

export async function findRateGroup(sql: Sql | Transaction, id: string): Promise<RateGroup | undefined> {
  const [group] = await sql<RateGroup[]>`SELECT ${columns(sql)} FROM rate_groups WHERE id = ${id}`;
  return group;
}

export async function findRateGroupByName(
  sql: Sql | Transaction,
  name: string,
): Promise<RateGroup | undefined> {
  const [group] = await sql<RateGroup[]>`SELECT ${columns(sql)} FROM rate_groups WHERE name = ${name}`;
  return group;
}
