import type { ReportPeriod } from '../../domain/report-period.ts';
import type { Sql } from '../database.ts';
import { daysOf, type Fragment } from './report.ts';

/** The days of a period, in order, with the quarters of an hour (UTC) that they begin and end with. */
export function quartersOf(sql: Sql, period: ReportPeriod): Fragment {
  const [day, quarter] = [sql.unsafe("AT TIME ZONE 'UTC')::date"), sql.unsafe('% 86400 / 900)::smallint')];
  return sql`
    SELECT day, (starts ${day} AS first_day, (ends ${day} AS last_day,
           (extract(epoch FROM starts)::bigint ${quarter} AS first_quarter,
           (extract(epoch FROM ends)::bigint ${quarter} AS last_quarter
    FROM (${daysOf(sql, period)}) AS days ORDER BY day`;
}

/**
 * The rows of a table of counters that lie within a day `d` of a time zone: a day there is part of two days of UTC, and
 * one that the clocks make longer of three.
 *
 * @param select SELECT … FROM the table AS c WHERE …, to which the day is added
 */
export function withinDay(sql: Sql, select: Fragment): Fragment {
  const part = (place: number) => sql`
    ${select} AND c.day = d.first_day + ${place}::int AND c.day <= d.last_day
      AND (${place}::int > 0 OR c.quarter >= d.first_quarter) AND (c.day < d.last_day OR c.quarter < d.last_quarter)`;
  return sql`${part(0)} UNION ALL ${part(1)} UNION ALL ${part(2)}`;
}
