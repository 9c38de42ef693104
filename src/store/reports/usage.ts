import { NO_PARTNER } from '../../domain/reports/report-counters.ts';
import type { Sql } from '../postgres/database.ts';
import { countedWithinDay, isWithinDay, quartersOf } from './quarters.ts';
import { ofPartners, type PeriodQuery, type ReportPage, readPage } from './report.ts';
import { uncounted } from './report-counters.ts';

export interface UsageRow {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly destination: string;
  readonly rateGroupId: string;
  readonly rateGroupName: string;
  /** The partner of the cards; null: the operator. */
  readonly partnerId: string | null;
  readonly partnerName: string | null;
  readonly currency: string;
  readonly calls: bigint;
  readonly answered: bigint;
  readonly seconds: bigint;
  /** Micro-units. */
  readonly charge: bigint;
}

/** Ended calls, by the day they were requested, destination, rate group and partner of the card. */
export function readUsage(sql: Sql, query: PeriodQuery): Promise<ReportPage<UsageRow>> {
  const { period, partnerIds, after, limit } = query;
  const [day = '-infinity', destination = '', rateGroupId = NO_PARTNER, partnerId = NO_PARTNER] = after ?? [];
  const where = sql`
    (c.destination, c.rate_group_id, c.partner_id) > (d.after_destination, d.after_group, d.after_partner)
      AND ${ofPartners(sql, sql`c.partner_id`, partnerIds)}`;
  const isPlace = sql`day = ${day}::text::date`;
  return readPage(
    sql,
    sql`
    WITH uncounted AS MATERIALIZED (${sql.unsafe(uncounted('usage'))}),
    days AS (
      SELECT *, CASE WHEN ${isPlace} THEN ${destination}::text ELSE '' END COLLATE "C" AS after_destination,
             CASE WHEN ${isPlace} THEN ${rateGroupId}::text::uuid ELSE ${NO_PARTNER}::text::uuid END AS after_group,
             CASE WHEN ${isPlace} THEN ${partnerId}::text::uuid ELSE ${NO_PARTNER}::text::uuid END AS after_partner
      FROM (${quartersOf(sql, period)}) AS days WHERE day >= ${day}::text::date
    )
    SELECT page.day::text AS day, page.destination, page.rate_group_id AS "rateGroupId", g.name AS "rateGroupName",
           nullif(page.partner_id, ${NO_PARTNER}::text::uuid) AS "partnerId", r.name AS "partnerName", g.currency,
           calls, answered, seconds, charge
    FROM (
      SELECT d.day, sums.* FROM (SELECT * FROM days ORDER BY day) AS d CROSS JOIN LATERAL (
        SELECT destination, rate_group_id, partner_id, sum(calls)::bigint AS calls, sum(answered)::bigint AS answered,
               sum(seconds)::bigint AS seconds, sum(charge)::bigint AS charge
        FROM (
          ${countedWithinDay(sql, 'usage', where)}
          UNION ALL (
            SELECT destination, rate_group_id, partner_id, calls, answered, seconds, charge
            FROM uncounted AS c WHERE ${isWithinDay(sql)} AND ${where} ORDER BY destination, rate_group_id, partner_id
          )
        ) AS both_parts GROUP BY destination, rate_group_id, partner_id HAVING sum(calls) <> 0
        ORDER BY destination, rate_group_id, partner_id LIMIT ${limit}
      ) AS sums ORDER BY d.day, destination, rate_group_id, partner_id LIMIT ${limit}
    ) AS page JOIN rate_groups AS g ON g.id = page.rate_group_id LEFT JOIN partners AS r ON r.id = page.partner_id
    ORDER BY page.day, page.destination, page.rate_group_id, page.partner_id`,
  );
}
