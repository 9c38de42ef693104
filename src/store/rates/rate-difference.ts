import type { Transaction } from '../postgres/database.ts';

/** The numbers of prefixes by what a deck does to them; a prefix with several dates counts for each. */
export interface RateChangeCounts {
  readonly added: number;
  /** Withdrawn or barred. */
  readonly removed: number;
  /** Price, fee and increments are none lower and some higher. */
  readonly dearer: number;
  /** The reverse. */
  readonly cheaper: number;
  /** Some higher and some lower. */
  readonly mixed: number;
  /** Neither price nor increments differ. */
  readonly unchanged: number;
}

/** The changes of one destination. Prices are in 10^-8 a minute; null: not offered. */
export interface DestinationChange extends RateChangeCounts {
  readonly destination: string;
  readonly lowestBefore: bigint | null;
  readonly highestBefore: bigint | null;
  readonly lowestAfter: bigint | null;
  readonly highestAfter: bigint | null;
}

/** What a deck changes in a rate group. */
export interface RateDifference extends RateChangeCounts {
  /** The destinations with a change by name, up to a thousand. */
  readonly destinations: readonly DestinationChange[];
  /** How many destinations have a change. */
  readonly destinationCount: number;
}

/** How many destinations are listed. */
const LISTED_DESTINATIONS = 1_000;

/**
 * Compares the staged deck with the group as it is before the merge: each rate with the one that would have been in
 * effect from its date on, or with the one before it in the deck.
 *
 * @param withdrawnFrom the date of a replacement, which removes what the deck does not name; null: nothing is removed
 */
export async function compareDeck(
  tx: Transaction,
  { rateGroupId, withdrawnFrom }: { rateGroupId: string; withdrawnFrom: Date | null },
): Promise<RateDifference> {
  await tx`
    CREATE TEMPORARY TABLE rate_change ON COMMIT DROP AS
    SELECT destination, before_rate, after_rate, CASE
      WHEN before_rate IS NULL AND after_rate IS NULL THEN 'unchanged'
      WHEN before_rate IS NULL THEN 'added'
      WHEN after_rate IS NULL THEN 'removed'
      WHEN after_terms = before_terms THEN 'unchanged'
      WHEN after_rate >= before_rate AND after_terms[2] >= before_terms[2] AND after_terms[3] >= before_terms[3]
        AND after_terms[4] >= before_terms[4] THEN 'dearer'
      WHEN after_rate <= before_rate AND after_terms[2] <= before_terms[2] AND after_terms[3] <= before_terms[3]
        AND after_terms[4] <= before_terms[4] THEN 'cheaper'
      ELSE 'mixed' END AS kind
    FROM (
      ${comparedRates(tx, rateGroupId)}
      ${withdrawnFrom === null ? tx`` : tx`UNION ALL ${absentRates(tx, rateGroupId, withdrawnFrom)}`}
    ) AS compared`;
  const [totals] = await tx<(RateChangeCounts & { destinationCount: number })[]>`
    SELECT ${counts(tx)},
      (count(DISTINCT destination) FILTER (WHERE kind <> 'unchanged'))::int AS "destinationCount"
    FROM rate_change`;
  const destinations = await tx<DestinationChange[]>`
    SELECT destination, min(before_rate) AS "lowestBefore", max(before_rate) AS "highestBefore",
      min(after_rate) AS "lowestAfter", max(after_rate) AS "highestAfter", ${counts(tx)}
    FROM rate_change GROUP BY destination HAVING count(*) FILTER (WHERE kind <> 'unchanged') > 0
    ORDER BY destination LIMIT ${LISTED_DESTINATIONS}`;
  await tx`DROP TABLE rate_change`;
  if (!totals) throw new Error('An aggregate gave no row.');
  return { ...totals, destinations };
}

/** The deck's rates with those before them; a null price is a prefix that is not offered. */
function comparedRates(tx: Transaction, rateGroupId: string) {
  return tx`
    SELECT deck.destination,
      CASE WHEN deck.withdrawn OR deck.barred THEN NULL ELSE deck.rate_per_1e8_minute END AS after_rate,
      ARRAY[deck.rate_per_1e8_minute, deck.connection_fee, deck.initial_increment_seconds, deck.increment_seconds]
        AS after_terms,
      CASE WHEN is_first THEN old.rate ELSE previous_rate END AS before_rate,
      CASE WHEN is_first THEN old.terms ELSE previous_terms END AS before_terms
    FROM (
      SELECT *, row_number() OVER by_date = 1 AS is_first,
        lag(CASE WHEN withdrawn OR barred THEN NULL ELSE rate_per_1e8_minute END) OVER by_date AS previous_rate,
        lag(ARRAY[rate_per_1e8_minute, connection_fee, initial_increment_seconds, increment_seconds]) OVER by_date
          AS previous_terms
      FROM rate_deck WINDOW by_date AS (PARTITION BY prefix ORDER BY effective_from)
    ) AS deck
    LEFT JOIN LATERAL (
      SELECT CASE WHEN ${offered(tx, tx`deck.effective_from`)} THEN rate_per_1e8_minute END AS rate,
        ARRAY[rate_per_1e8_minute, connection_fee, initial_increment_seconds, increment_seconds] AS terms
      FROM rates
      WHERE rate_group_id = ${rateGroupId} AND prefix = deck.prefix AND effective_from <= deck.effective_from
      ORDER BY effective_from DESC LIMIT 1
    ) AS old ON true`;
}

/** The rates that a replacing deck does not name. */
function absentRates(tx: Transaction, rateGroupId: string, from: Date) {
  return tx`
    SELECT destination, NULL, NULL, rate_per_1e8_minute, NULL
    FROM (
      SELECT DISTINCT ON (prefix) * FROM rates
      WHERE rate_group_id = ${rateGroupId} AND effective_from < ${from} ORDER BY prefix, effective_from DESC
    ) AS rates
    WHERE ${offered(tx, tx`${from}`)} AND NOT EXISTS (
      SELECT FROM rate_deck WHERE rate_deck.prefix = rates.prefix
    )`;
}

function offered(tx: Transaction, at: ReturnType<Transaction>) {
  return tx`NOT withdrawn AND NOT barred AND (effective_to IS NULL OR effective_to > ${at})`;
}

function counts(tx: Transaction) {
  const kinds = ['added', 'removed', 'dearer', 'cheaper', 'mixed', 'unchanged'] as const;
  const count = (kind: string) => tx`(count(*) FILTER (WHERE kind = ${kind}))::int AS ${tx(kind)}`;
  return kinds.map(count).reduce((all, each) => tx`${all}, ${each}`);
}
