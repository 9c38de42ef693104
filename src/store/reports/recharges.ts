import { NO_PARTNER } from '../../domain/reports/report-counters.ts';
import type { Sql } from '../postgres/database.ts';
import { countedWithinDay, isWithinDay, quartersOf } from './quarters.ts';
import { ofPartners, type PeriodQuery, type ReportPage, readPage } from './report.ts';
import { countersOf, uncounted } from './report-counters.ts';

export interface RechargeRow {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Who paid; null: the operator, in cash. */
  readonly partnerId: string | null;
  readonly partnerName: string | null;
  readonly currency: string;
  readonly recharges: bigint;
  /** Micro-units. */
  readonly amount: bigint;
  readonly discount: bigint;
  readonly reversals: bigint;
  readonly reversed: bigint;
  readonly discountReturned: bigint;
}

/** Recharges by day and payer. */
export function readRecharges(sql: Sql, query: PeriodQuery): Promise<ReportPage<RechargeRow>> {
  const { period, partnerIds, after, limit } = query;
  const [day = '-infinity', partnerId = NO_PARTNER, currency = ''] = after ?? [];
  const where = sql`
    (c.partner_id, c.currency) > (d.after_partner, d.after_currency) AND ${ofPartners(sql, sql`c.partner_id`, partnerIds)}`;
  return readPage(
    sql,
    sql`
    WITH uncounted AS MATERIALIZED (${sql.unsafe(uncounted('recharges'))}),
    days AS (
      SELECT *, CASE WHEN day = ${day}::text::date THEN ${partnerId}::text::uuid ELSE ${NO_PARTNER}::text::uuid END AS after_partner,
             CASE WHEN day = ${day}::text::date THEN ${currency}::text ELSE '' END AS after_currency
      FROM (${quartersOf(sql, period)}) AS days WHERE day >= ${day}::text::date
    )
    SELECT page.day::text AS day, nullif(page.partner_id, ${NO_PARTNER}::text::uuid) AS "partnerId",
           r.name AS "partnerName", page.currency, recharges, amount, discount, reversals, reversed,
           discount_returned AS "discountReturned"
    FROM (
      SELECT d.day, sums.* FROM (SELECT * FROM days ORDER BY day) AS d CROSS JOIN LATERAL (
        SELECT partner_id, currency, sum(recharges)::bigint AS recharges, sum(amount)::bigint AS amount,
               sum(discount)::bigint AS discount, sum(reversals)::bigint AS reversals,
               sum(reversed)::bigint AS reversed, sum(discount_returned)::bigint AS discount_returned
        FROM (
          ${countedWithinDay(sql, 'recharges', where)}
          UNION ALL (
            SELECT partner_id, currency, ${sql.unsafe(countersOf('recharges').join(', '))}
            FROM uncounted AS c WHERE ${isWithinDay(sql)} AND ${where} ORDER BY partner_id, currency
          )
        ) AS both_parts GROUP BY partner_id, currency HAVING sum(recharges) <> 0 OR sum(reversals) <> 0
        ORDER BY partner_id, currency LIMIT ${limit}
      ) AS sums ORDER BY d.day, partner_id, currency LIMIT ${limit}
    ) AS page LEFT JOIN partners AS r ON r.id = page.partner_id
    ORDER BY page.day, page.partner_id, page.currency`,
  );
}
