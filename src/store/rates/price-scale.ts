import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { RatePricesUnlikely } from '../../domain/rejections/rates.ts';
import type { Transaction } from '../postgres/database.ts';
import { longestMatch } from './longest-match.ts';

/** Prices that differ by so much from the list they go into are in another unit, such as cents. */
const UNLIKELY_FACTOR = 20n;

/** How many prefixes of a deck are compared: its median needs no more. */
const COMPARED_PREFIXES = 10_000;

/**
 * Compares the median price of the staged deck with that of what its prefixes cost in the list, each by its longest
 * match there; when none has a price there, with the median of the whole list.
 *
 * @throws RatePricesUnlikely when one is far above the other.
 */
export async function refuseUnlikelyPrices(
  tx: Transaction,
  { rateGroupId, from }: { rateGroupId: string; from: Date },
): Promise<void> {
  const [medians] = await tx<
    { deck: bigint | null; list: bigint | null; wholeDeck: bigint | null; wholeList: bigint | null }[]
  >`
    WITH priced AS (
      SELECT DISTINCT ON (prefix) prefix, rate_per_1e8_minute AS rate, greatest(effective_from, ${from}) AS at FROM rate_deck
      WHERE NOT withdrawn AND NOT barred AND rate_per_1e8_minute > 0 ORDER BY prefix, effective_from
    ), deck AS (
      SELECT * FROM priced ORDER BY hashtext(prefix), prefix LIMIT ${COMPARED_PREFIXES}
    ), compared AS (
      SELECT deck.rate AS deck_rate, list.rate AS list_rate
      FROM deck CROSS JOIN ${longestMatch(tx, rateGroupId, 'deck')} AS list WHERE list.rate > 0
    ), list AS (
      SELECT DISTINCT ON (prefix) rate_per_1e8_minute AS rate, withdrawn OR barred AS is_out FROM rates
      WHERE rate_group_id = ${rateGroupId} ORDER BY prefix, effective_from <= ${from} DESC, effective_from DESC
    )
    SELECT
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY deck_rate) FROM compared) AS deck,
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY list_rate) FROM compared) AS list,
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY rate) FROM deck) AS "wholeDeck",
      (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY rate) FROM list WHERE NOT is_out AND rate > 0) AS "wholeList"`;
  const deck = medians?.deck ?? medians?.wholeDeck;
  const list = medians?.list ?? medians?.wholeList;
  if (!deck || !list) return;
  if (deck < UNLIKELY_FACTOR * list && list < UNLIKELY_FACTOR * deck) return;
  throw new RatePricesUnlikely({
    deckMedian: formatRatePer1e8Minute(deck),
    listMedian: formatRatePer1e8Minute(list),
  });
}
