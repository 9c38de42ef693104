import { normalisePrefix } from '../../domain/rates/destination.ts';
import type { Rate } from '../../domain/rates/rating.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** A rate as it is stored. */
export interface StoredRate extends Rate {
  id: string;
  rateGroupId: string;
}

/** The position of a rate in the list. All dates are whole milliseconds, so a Date holds them exactly. */
export type RatePosition = Pick<Rate, 'prefix' | 'effectiveFrom'>;

export interface RateSearch {
  rateGroupId: string;
  /** Only prefixes that begin with it; +39, 0039 and 39 are equivalent. */
  prefix?: string;
  /** Only destinations that contain it, ignoring case. */
  destination?: string;
  after?: RatePosition;
  before?: RatePosition;
  /** Maximum number of rows. */
  first: number;
  /** From the end backwards, for the last page. */
  backwards?: boolean;
}

export const rateColumns = (sql: Sql | Transaction) => sql`
  id, rate_group_id AS "rateGroupId", prefix, destination, rate_per_1e8_minute AS "ratePer1e8Minute",
  connection_fee AS "connectionFee", initial_increment_seconds AS "initialIncrementSeconds",
  increment_seconds AS "incrementSeconds", effective_from AS "effectiveFrom", effective_to AS "effectiveTo",
  withdrawn, barred`;

/**
 * A page of a group's rates, including superseded and withdrawn ones, by prefix and then by date.
 *
 * @throws InvalidInput for an invalid prefix.
 */
export async function searchRates(sql: Sql, search: RateSearch): Promise<StoredRate[]> {
  const { rateGroupId, prefix, destination, after, before, first, backwards = false } = search;
  const order = backwards ? sql`prefix DESC, effective_from DESC` : sql`prefix, effective_from`;
  return sql<StoredRate[]>`
    SELECT ${rateColumns(sql)} FROM rates
    WHERE rate_group_id = ${rateGroupId}
      ${prefix === undefined ? sql`` : startsWith(sql, prefix)}
      ${destination === undefined ? sql`` : sql`AND destination ILIKE ${`%${escapeLike(destination)}%`}`}
      ${after === undefined ? sql`` : sql`AND (prefix, effective_from) > (${after.prefix}, ${after.effectiveFrom})`}
      ${before === undefined ? sql`` : sql`AND (prefix, effective_from) < (${before.prefix}, ${before.effectiveFrom})`}
    ORDER BY ${order} LIMIT ${first}`;
}

export async function findRate(sql: Sql, id: string): Promise<StoredRate | undefined> {
  const [rate] = await sql<StoredRate[]>`SELECT ${rateColumns(sql)} FROM rates WHERE id = ${id}`;
  return rate;
}

/**
 * A range, which uses the index under any plan, where LIKE with a parameter may not. ":" is the character after "9".
 */
function startsWith(sql: Sql, written: string) {
  const prefix = normalisePrefix(written);
  if (prefix === null) {
    throw new InvalidInput({ field: 'prefix', problem: 'must be 1 to 15 digits such as 39 or +39.' });
  }
  return sql`AND prefix >= ${prefix} AND prefix < ${`${prefix}:`}`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
