import type { Sql } from '../postgres/database.ts';
import { daysOf, type Fragment, type PeriodQuery, type ReportPage, readPage } from './report.ts';
import { uncounted } from './report-counters.ts';

export interface LiabilityRow {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly currency: string;
  /** Micro-units owed on all cards at the end of the day; for a day that is not over, now. */
  readonly owed: bigint;
}

export interface RevenueRow {
  readonly day: string;
  readonly currency: string;
  /** Micro-units. */
  readonly usage: bigint;
  readonly fees: bigint;
  readonly forfeited: bigint;
}

/** The amount owed on cards at the end of each day of a period: one row of the counters for each. */
export function readLiability(sql: Sql, query: PeriodQuery): Promise<ReportPage<LiabilityRow>> {
  return readPage(
    sql,
    byDayAndCurrency(
      sql,
      query,
      sql`
      SELECT (coalesce((${lastBefore(sql, sql`owed`, sql`p.ends`)}), 0) + coalesce((
          SELECT sum(t.owed) FROM uncounted AS t WHERE t.currency = p.currency AND t.quarter < p.ends
        ), 0))::bigint AS owed`,
    ),
  );
}

/** Revenue of each day of a period, from two rows of the counters: call charges, fees, and forfeited balances. */
export function readRevenue(sql: Sql, query: PeriodQuery): Promise<ReportPage<RevenueRow>> {
  return readPage(
    sql,
    byDayAndCurrency(
      sql,
      query,
      sql`
      SELECT coalesce(sum(usage), 0)::bigint AS usage, coalesce(sum(fees), 0)::bigint AS fees,
             coalesce(sum(forfeited), 0)::bigint AS forfeited
      FROM (
        (${lastBefore(sql, sql`usage, fees, forfeited`, sql`p.ends`)})
        UNION ALL (${lastBefore(sql, sql`-usage, -fees, -forfeited`, sql`p.starts`)})
        UNION ALL (
          SELECT usage, fees, forfeited FROM uncounted AS t
          WHERE t.currency = p.currency AND t.quarter >= p.starts AND t.quarter < p.ends
        )
      ) AS all_parts`,
    ),
  );
}

/** The counters for the currency of a row `p` before an instant, accumulated since the first transfer. */
function lastBefore(sql: Sql, columns: Fragment, instant: Fragment): Fragment {
  return sql`
    SELECT ${columns} FROM ledger_counters AS c
    WHERE c.currency = p.currency AND c.quarter < ${instant} ORDER BY c.quarter DESC LIMIT 1`;
}

/** @param counted columns to compute for a row `p` with a day, its ends and a currency */
function byDayAndCurrency(sql: Sql, { period, after, limit }: PeriodQuery, counted: Fragment): Fragment {
  const [day, currency] = after ?? [];
  return sql`
    WITH uncounted AS MATERIALIZED (${sql.unsafe(uncounted('ledger'))}),
    page AS (
      SELECT d.day, d.starts, d.ends, k.currency
      FROM (${daysOf(sql, period)}) AS d CROSS JOIN (SELECT DISTINCT currency FROM ledger_accounts) AS k
      WHERE ${day === undefined || currency === undefined ? sql`true` : sql`(d.day, k.currency) > (${day}::text::date, ${currency}::text)`}
      ORDER BY d.day, k.currency LIMIT ${limit}
    )
    SELECT p.day::text AS day, p.currency, counted.* FROM page AS p CROSS JOIN LATERAL (${counted}) AS counted
    ORDER BY p.day, p.currency`;
}
