import { type BarChange, RateBarsLifted } from '../../domain/rejections/rates.ts';
import type { Transaction } from '../postgres/database.ts';
import { longestMatch } from './longest-match.ts';

/** The prefixes that a deck begins or ceases to bar. */
export interface BarChanges {
  /** Barred until then, and callable from then on; up to a thousand. */
  readonly lifted: readonly BarChange[];
  readonly liftedCount: number;
  /** How many of these the deck does not price itself. They come first. */
  readonly unpricedCount: number;
  /** Callable until then, and barred from then on; up to a thousand. */
  readonly barred: readonly BarChange[];
  readonly barredCount: number;
}

/** How many prefixes are listed. */
const LISTED_PREFIXES = 1_000;

const NO_CHANGES: BarChanges = { lifted: [], liftedCount: 0, unpricedCount: 0, barred: [], barredCount: 0 };

/**
 * Notes, before the merge, what the group has for each prefix and date that the staged deck changes. Only those below a
 * bar can begin or cease to be barred, so that a list without bars costs nothing.
 *
 * @param withdrawnFrom the date of a replacement, which removes what the deck does not name; null: nothing is removed
 * @returns what compares that with the group after the merge
 */
export async function noteBars(
  tx: Transaction,
  { rateGroupId, withdrawnFrom }: { rateGroupId: string; withdrawnFrom: Date | null },
): Promise<() => Promise<BarChanges>> {
  await tx`
    CREATE TEMPORARY TABLE rate_bar ON COMMIT DROP AS
    SELECT prefix FROM rates WHERE rate_group_id = ${rateGroupId} AND (barred OR effective_to IS NOT NULL)
    UNION SELECT prefix FROM rate_deck WHERE barred`;
  const [bars] = await tx<{ count: number }[]>`SELECT count(*)::int AS count FROM rate_bar`;
  if (!bars?.count) return async () => NO_CHANGES;
  await tx`CREATE UNIQUE INDEX ON rate_bar (prefix)`;
  await tx`
    CREATE TEMPORARY TABLE rate_below_bar ON COMMIT DROP AS
    SELECT asked.*, before.rate AS rate_before, before.is_barred AS was_barred,
      before.digits AS barred_digits, before.since AS barred_since
    FROM (
      SELECT prefix, at, min(destination) AS destination
      FROM (${changedPrefixes(tx, rateGroupId, withdrawnFrom)}) AS changed
      WHERE EXISTS (
        SELECT FROM generate_series(1, length(prefix)) AS digits
        JOIN rate_bar ON rate_bar.prefix = left(changed.prefix, digits)
      )
      GROUP BY prefix, at
    ) AS asked CROSS JOIN ${longestMatch(tx, rateGroupId, 'asked')} AS before`;
  return () => compareBars(tx, rateGroupId);
}

/** The prefixes and dates that the deck names, and those that a replacement withdraws or forgets. */
function changedPrefixes(tx: Transaction, rateGroupId: string, withdrawnFrom: Date | null) {
  const named = tx`
    SELECT prefix, effective_from AS at, destination FROM rate_deck`;
  if (withdrawnFrom === null) return named;
  return tx`
    ${named} UNION ALL
    SELECT prefix, greatest(effective_from, ${withdrawnFrom}), destination FROM rates
    WHERE rate_group_id = ${rateGroupId} AND (
      effective_from >= ${withdrawnFrom} OR NOT EXISTS (SELECT FROM rate_deck AS deck WHERE deck.prefix = rates.prefix)
    )`;
}

type CountedChange = BarChange & { total: number; unpriced: number };

async function compareBars(tx: Transaction, rateGroupId: string): Promise<BarChanges> {
  // Below the bar or as close, and later: otherwise the bar itself is gone.
  const isPriced = tx`(after.digits >= asked.barred_digits AND after.since >= asked.barred_since)`;
  const list = (kind: 'LIFTED' | 'BARRED') => {
    const isLifted = kind === 'LIFTED';
    const changed = isLifted
      ? tx`asked.was_barred AND after.rate IS NOT NULL`
      : tx`asked.rate_before IS NOT NULL AND after.is_barred`;
    return tx<CountedChange[]>`
      SELECT asked.prefix, asked.destination, asked.at AS "effectiveFrom", ${isPriced} AS "isPriced",
        ${isLifted ? tx`after.rate` : tx`asked.rate_before`} AS "ratePer1e8Minute", (count(*) OVER ())::int AS total,
        (count(*) FILTER (WHERE NOT ${isPriced}) OVER ())::int AS unpriced
      FROM rate_below_bar AS asked CROSS JOIN ${longestMatch(tx, rateGroupId, 'asked')} AS after
      WHERE ${changed}
      ORDER BY ${isLifted ? tx`"isPriced",` : tx``} asked.prefix, asked.at LIMIT ${LISTED_PREFIXES}`;
  };
  const [lifted, barred] = [await list('LIFTED'), await list('BARRED')];
  const plain = (changes: readonly CountedChange[]) =>
    changes.map(({ total: _total, unpriced: _unpriced, ...change }) => change);
  return {
    lifted: plain(lifted),
    liftedCount: lifted[0]?.total ?? 0,
    unpricedCount: lifted[0]?.unpriced ?? 0,
    barred: plain(barred),
    barredCount: barred[0]?.total ?? 0,
  };
}

/**
 * Refuses to sell again what was barred when the deck does not price it itself: what it leaves out was barred for a
 * reason that it does not know.
 *
 * @throws RateBarsLifted
 */
export function refuseLiftedBars({ lifted, unpricedCount }: BarChanges): void {
  if (unpricedCount === 0) return;
  const bars = lifted.filter(({ isPriced }) => !isPriced);
  throw new RateBarsLifted({ bars, prefixCount: unpricedCount });
}
