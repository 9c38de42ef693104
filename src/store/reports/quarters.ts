import type { ReportPeriod } from '../../domain/reports/report-period.ts';
import { LAST_QUARTER } from '../../domain/values/quarter-hour.ts';
import type { Sql } from '../postgres/database.ts';
import { daysOf, type Fragment } from './report.ts';
import { COUNTER_TABLES, type DailySubject, each, namesOf, sumKeysOf } from './report-counters.ts';

/** The days of a period, in order, with the quarters of an hour (UTC) at which they begin and end. */
export function quartersOf(sql: Sql, period: ReportPeriod): Fragment {
  const [day, quarter] = [sql.unsafe("AT TIME ZONE 'UTC')::date"), sql.unsafe('% 86400 / 900)::smallint')];
  return sql`
    SELECT day, (starts ${day} AS first_day, (ends ${day} AS last_day,
           (extract(epoch FROM starts)::bigint ${quarter} AS first_quarter,
           (extract(epoch FROM ends)::bigint ${quarter} AS last_quarter
    FROM (${daysOf(sql, period)}) AS days ORDER BY day`;
}

/** Whether facts not yet added to the counters, a row `c`, fall within a day `d` of a time zone. */
export const isWithinDay = (sql: Sql): Fragment => sql`
  (c.day, c.quarter) >= (d.first_day, d.first_quarter) AND (c.day, c.quarter) < (d.last_day, d.last_quarter)`;

/**
 * The counters for a day `d` of a time zone. Such a day overlaps two UTC days, or three when a clock change makes it
 * longer; for each, this is the value at the end of the overlap minus the value before it. In the order of the names,
 * so that a page is read without the rest of the day.
 *
 * @param where filters by the names of a row `c`
 */
export function countedWithinDay(sql: Sql, subject: DailySubject, where: Fragment): Fragment {
  const { table, counters } = COUNTER_TABLES[subject];
  const names = sql.unsafe(each('c', namesOf(subject)));
  const change = (name: string) => `coalesce(through.${name}, 0) - coalesce(before.${name}, 0) AS ${name}`;
  const lastBefore = (quarter: Fragment) => sql`
    SELECT ${sql.unsafe(counters.join(', '))} FROM ${sql(table)} AS t
    WHERE ${sql.unsafe(`(${each('t', sumKeysOf(subject))}) = (${each('c', sumKeysOf(subject))})`)} AND t.quarter < ${quarter}
    ORDER BY t.quarter DESC LIMIT 1`;
  const part = (index: number) => sql`
    SELECT ${names}, ${sql.unsafe(counters.map(change).join(', '))}
    FROM ${sql(table)} AS c
    LEFT JOIN LATERAL (${lastBefore(sql`CASE WHEN c.day = d.last_day THEN d.last_quarter ELSE 96 END`)}) AS through ON true
    LEFT JOIN LATERAL (${lastBefore(sql`CASE WHEN c.day = d.first_day THEN d.first_quarter ELSE 0 END`)}) AS before ON true
    WHERE c.quarter = ${sql.unsafe(`${LAST_QUARTER}`)} AND c.day = d.first_day + ${index}::int AND c.day <= d.last_day
      AND ${where}
    ORDER BY ${names}`;
  return sql`(${part(0)}) UNION ALL (${part(1)}) UNION ALL (${part(2)})`;
}
