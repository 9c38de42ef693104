import type { GuessSource } from '../../domain/security/guessing.ts';
import type { Sql } from '../postgres/database.ts';
import { daysOf, type PeriodQuery, type ReportPage, readPage } from './report.ts';

export interface FailureRow {
  readonly source: string;
  readonly attempts: bigint;
  /** Those that were compared and then refused; the others were refused without a comparison. */
  readonly compared: bigint;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** The columns of failed_authentications for each kind of source. */
const COLUMNS: Readonly<Record<GuessSource['kind'], string>> = {
  CALLER_NUMBER: 'caller_number',
  ACCESS_NUMBER: 'access_number',
  CREDENTIAL: 'actor_id::text',
  ADDRESS: 'address',
};

/** Failed authentications of a period by source, the most frequent source first. */
export function readFailures(
  sql: Sql,
  { period, after, limit, kind }: PeriodQuery & { readonly kind: GuessSource['kind'] },
): Promise<ReportPage<FailureRow>> {
  const [attempts, source] = after ?? [];
  const column = sql.unsafe(COLUMNS[kind]);
  return readPage(
    sql,
    sql`
    WITH days AS (${daysOf(sql, period)})
    SELECT * FROM (
      SELECT ${column} AS source, sum(attempts)::bigint AS attempts,
             coalesce(sum(attempts) FILTER (
               WHERE reason NOT IN ('SERIAL_BLOCKED', 'SOURCE_DELAYED', 'BREAKER_TRIPPED')
             ), 0)::bigint AS compared, min(minute) AS "firstAt", max(last_at) AS "lastAt"
      FROM failed_authentications
      WHERE minute >= (SELECT min(starts) FROM days) AND minute < (SELECT max(ends) FROM days)
        AND ${column} IS NOT NULL
      GROUP BY 1
    ) AS sources
    WHERE ${attempts === undefined || source === undefined ? sql`true` : sql`(-attempts, source) > (-${attempts}::text::bigint, ${source}::text)`}
    ORDER BY -attempts, source LIMIT ${limit}`,
  );
}
