import type { Transaction } from '../postgres/database.ts';
import type { BarChanges } from './bar-changes.ts';

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

/** What a deck changes in a rate group, apart from bars. */
interface PriceDifference extends RateChangeCounts {
  /** Rates of the deck whose prefix has their terms and name already, or is barred or absent like them. */
  readonly ineffective: number;
  /** The destinations with a change by name, up to a thousand. */
  readonly destinations: readonly DestinationChange[];
  /** How many destinations have a change. */
  readonly destinationCount: number;
}

/** What a deck changes in a rate group. */
export interface RateDifference extends PriceDifference {
  readonly bars: BarChanges;
}

/** How many destinations are listed. */
const LISTED_DESTINATIONS = 1_000;

/**
 * Compares the staged deck with the group as it is before the merge: each rate with the one that would have been in
 * effect from its date on, or with the one before it in the deck.
 *
 * @param withdrawnFrom the date of a replacement, which removes what the deck does not name; null: nothing is removed
 * @returns the difference, and whether no rate of the deck has an effect
 */
export async function compareDeck(
  tx: Transaction,
  { rateGroupId, withdrawnFrom }: { rateGroupId: string; withdrawnFrom: Date | null },
): Promise<PriceDifference & { isIneffective: boolean }> {
  await tx`
    CREATE TEMPORARY TABLE rate_change ON COMMIT DROP AS
    SELECT destination, before_rate, after_rate, is_ineffective, CASE
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
      SELECT destination,
        CASE WHEN is_deck AND NOT withdrawn AND NOT barred THEN terms[1] END AS after_rate,
        terms AS after_terms,
        CASE WHEN is_deck THEN ${offeredBefore(tx)} ELSE terms[1] END AS before_rate,
        previous_terms AS before_terms,
        is_deck AND CASE
          WHEN withdrawn THEN was_withdrawn IS NOT FALSE
          WHEN barred THEN was_barred IS TRUE
          ELSE was_offered IS TRUE AND terms = previous_terms AND destination = previous_destination
            AND effective_to IS NOT DISTINCT FROM previous_end
        END AS is_ineffective
      FROM (${timeline(tx, rateGroupId)}) AS timeline
      WHERE is_deck ${withdrawnFrom === null ? tx`` : tx`OR ${isAbsent(tx, withdrawnFrom)}`}
    ) AS compared`;
  type Totals = Omit<PriceDifference, 'destinations'> & { isIneffective: boolean };
  const [totals] = await tx<Totals[]>`
    SELECT ${counts(tx)}, (count(*) FILTER (WHERE is_ineffective))::int AS ineffective,
      coalesce(bool_and(is_ineffective), true) AS "isIneffective",
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

/**
 * The rates of the group and of the deck in one order, each with the one before it. It sorts instead of joining: the
 * planner knows nothing yet of rates that were just imported, and would compare each with each.
 */
function timeline(tx: Transaction, rateGroupId: string) {
  const columns = tx`
    prefix, destination, effective_from, effective_to, withdrawn, barred,
    ARRAY[rate_per_1e8_minute, connection_fee, initial_increment_seconds, increment_seconds] AS terms`;
  return tx`
    SELECT *, lag(terms) OVER by_date AS previous_terms, lag(effective_to) OVER by_date AS previous_end,
      lag(NOT withdrawn AND NOT barred) OVER by_date AS was_offered, lag(withdrawn) OVER by_date AS was_withdrawn,
      lag(barred) OVER by_date AS was_barred, lag(destination) OVER by_date AS previous_destination, lead(effective_from) OVER by_date AS next_from, lead(withdrawn) OVER by_date AS next_withdrawn,
      bool_or(is_deck) OVER (PARTITION BY prefix) AS is_named
    FROM (
      SELECT ${columns}, false AS is_deck FROM rates WHERE rate_group_id = ${rateGroupId}
      UNION ALL SELECT ${columns}, true FROM rate_deck
    ) AS combined
    WINDOW by_date AS (PARTITION BY prefix ORDER BY effective_from, is_deck)`;
}

function offeredBefore(tx: Transaction) {
  return tx`
    CASE WHEN was_offered AND (previous_end IS NULL OR previous_end > effective_from) THEN previous_terms[1] END`;
}

/** Whether it is the rate of a prefix that the deck does not name, offered until then. */
function isAbsent(tx: Transaction, from: Date) {
  return tx`
    (NOT is_named AND effective_from < ${from}
      AND (next_from IS NULL OR next_from > ${from} OR (next_from = ${from} AND NOT next_withdrawn))
      AND NOT withdrawn AND NOT barred AND (effective_to IS NULL OR effective_to > ${from}))`;
}

function counts(tx: Transaction) {
  const kinds = ['added', 'removed', 'dearer', 'cheaper', 'mixed', 'unchanged'] as const;
  const count = (kind: string) => tx`(count(*) FILTER (WHERE kind = ${kind}))::int AS ${tx(kind)}`;
  return kinds.map(count).reduce((all, each) => tx`${all}, ${each}`);
}
