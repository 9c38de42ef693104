import type { Transaction } from '../postgres/database.ts';

/**
 * What the group has for a prefix at an instant, as RateTable.match finds it: the rate of the longest prefix that is not
 * withdrawn, or that it is barred. A lateral subquery with the columns rate (null: barred), is_barred, and of the matching
 * rate digits (the length of its prefix) and since; no row when nothing matches.
 *
 * One index look-up for each length of the prefix: the planner knows nothing yet of rates that were just imported, and
 * would compare each with each in a join.
 *
 * @param asked the alias of a relation with the columns prefix and at
 */
export function longestMatch(tx: Transaction, rateGroupId: string, asked: string) {
  const [prefix, at] = [tx(`${asked}.prefix`), tx(`${asked}.at`)];
  return tx`
    LATERAL (
      SELECT CASE WHEN NOT is_barred THEN rate END AS rate, is_barred, digits, effective_from AS since
      FROM generate_series(1, length(${prefix})) AS digits CROSS JOIN LATERAL (
        SELECT rate_per_1e8_minute AS rate, withdrawn, effective_from,
          barred OR coalesce(effective_to <= ${at}, false) AS is_barred
        FROM rates
        WHERE rate_group_id = ${rateGroupId} AND rates.prefix = left(${prefix}, digits) AND effective_from <= ${at}
        ORDER BY effective_from DESC LIMIT 1
      ) AS version
      WHERE NOT withdrawn ORDER BY digits DESC LIMIT 1
    )`;
}
