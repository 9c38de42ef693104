import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { RatePricesUnlikely } from '../../domain/rejections/rates.ts';
import type { Transaction } from '../postgres/database.ts';

/** Prices that differ by so much from the list they go into are in another unit, such as cents. */
const UNLIKELY_FACTOR = 20n;

/**
 * Compares the median price of the staged deck with that of the list, over the prefixes that both have; over all when
 * the deck replaces the list and they share none.
 *
 * @throws RatePricesUnlikely when one is far above the other.
 */
export async function refuseUnlikelyPrices(
  tx: Transaction,
  { rateGroupId, from, replace }: { rateGroupId: string; from: Date; replace: boolean },
): Promise<void> {
  const [medians] = await tx<
    { deck: bigint | null; list: bigint | null; wholeDeck: bigint | null; wholeList: bigint | null }[]
  >`
    WITH list AS (
      SELECT DISTINCT ON (prefix) prefix, rate_per_1e8_minute AS rate, withdrawn OR barred AS is_out FROM rates
      WHERE rate_group_id = ${rateGroupId} AND effective_from <= ${from} ORDER BY prefix, effective_from DESC
    ), deck AS (
      SELECT DISTINCT ON (prefix) prefix, rate_per_1e8_minute AS rate FROM rate_deck
      WHERE NOT withdrawn AND NOT barred AND rate_per_1e8_minute > 0 ORDER BY prefix, effective_from
    ), shared AS (
      SELECT max(rate) FILTER (WHERE is_deck) AS deck_rate, max(rate) FILTER (WHERE NOT is_deck) AS list_rate
      FROM (
        SELECT prefix, rate, true AS is_deck FROM deck
        UNION ALL SELECT prefix, rate, false FROM list WHERE NOT is_out AND rate > 0
      ) AS combined GROUP BY prefix HAVING count(*) = 2
    )
    SELECT
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY deck_rate) FROM shared) AS deck,
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY list_rate) FROM shared) AS list,
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY rate) FROM deck) AS "wholeDeck",
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY rate) FROM list WHERE NOT is_out AND rate > 0) AS "wholeList"`;
  const deck = medians?.deck ?? (replace ? medians?.wholeDeck : null);
  const list = medians?.list ?? (replace ? medians?.wholeList : null);
  if (!deck || !list) return;
  if (deck < UNLIKELY_FACTOR * list && list < UNLIKELY_FACTOR * deck) return;
  throw new RatePricesUnlikely({
    deckMedian: formatRatePer1e8Minute(deck),
    listMedian: formatRatePer1e8Minute(list),
  });
}
