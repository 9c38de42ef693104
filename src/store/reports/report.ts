import type postgres from 'postgres';
import { daysOfPeriod } from '../../domain/reports/report-days.ts';
import type { ReportPeriod } from '../../domain/reports/report-period.ts';
import { type LogPlace, timeAtHead } from '../events/event-log.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** A page of a report: consecutive rows, and the position of the event log that they reflect. */
export interface ReportPage<Row> {
  readonly rows: readonly Row[];
  /** Exactly the events up to this one are included. */
  readonly place: LogPlace;
}

/** Selects rows of a report: those after a position, up to a limit. `partnerIds` null: all partners. */
export interface ReportQuery<Place = readonly string[]> {
  readonly partnerIds: readonly string[] | null;
  readonly after: Place | null;
  readonly limit: number;
}

export interface PeriodQuery extends ReportQuery {
  readonly period: ReportPeriod;
}

export interface StatementQuery {
  readonly accountId: string;
  readonly period: ReportPeriod;
  /** The version of the account's last transfer on the previous page. */
  readonly after: number | null;
  readonly limit: number;
}

export type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Reads rows together with the position of the log, in one statement and so in one snapshot. */
export async function readPage<Row extends object>(sql: Sql, rows: Fragment): Promise<ReportPage<Row>> {
  const found = await sql<(Row & { position: bigint; headAt: Date | null; isRow: boolean | null })[]>`
    SELECT head.position, ${timeAtHead(sql)} AS "headAt", page.* FROM event_head AS head
    LEFT JOIN (SELECT true AS "isRow", ranked.* FROM (${rows}) AS ranked) AS page ON true`;
  const kept = found.flatMap(({ position: _, headAt: _at, isRow, ...row }) =>
    isRow ? [row as unknown as Row] : [],
  );
  return { place: { position: found[0]?.position ?? 0n, at: found[0]?.headAt ?? null }, rows: kept };
}

/** The days of a period as rows: see domain/reports/report-days.ts. */
export function daysOf(sql: Sql | Transaction, period: ReportPeriod): Fragment {
  const days = daysOfPeriod(period);
  return sql`
    SELECT day, starts, ends FROM unnest(
      ${days.map(({ day }) => day)}::text[]::date[], ${days.map(({ starts }) => starts.toISOString())}::text[]::timestamptz[],
      ${days.map(({ ends }) => ends.toISOString())}::text[]::timestamptz[]
    ) AS days (day, starts, ends)`;
}

/** Whether a row belongs to one of these partners; null: to anybody. */
export function ofPartners(sql: Sql, column: Fragment, partnerIds: readonly string[] | null): Fragment {
  return partnerIds === null ? sql`true` : sql`${column} = ANY(${[...partnerIds]}::uuid[])`;
}

/** The ends of a period, with their microseconds. */
export async function readPeriod(
  tx: Transaction,
  period: ReportPeriod,
): Promise<{ starts: string; ends: string }> {
  const [ends] = await tx<{ starts: string; ends: string }[]>`
    SELECT min(starts)::text AS starts, max(ends)::text AS ends FROM (${daysOf(tx, period)}) AS days`;
  if (!ends) throw new Error('A period has no days.');
  return ends;
}
