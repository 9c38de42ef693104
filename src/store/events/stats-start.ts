import type { LogEntry } from '../../domain/event.ts';
import type { Sql } from '../postgres/database.ts';
import { type EventRow, eventColumns, type LogPlace, timeAtHead, toLogEntry } from './event-log.ts';

/** The starting point of counters: the state at a position in the log, on the database's clock. */
export interface StatsStart {
  readonly place: LogPlace;
  readonly now: Date;
  /** Calls in progress, by partner; null: the operator's own cards. */
  readonly inProgress: readonly { readonly partnerId: string | null; readonly calls: number }[];
  /** The events of the minute before, unordered. */
  readonly lastMinute: readonly LogEntry[];
}

const MINUTE_MS = 60_000;
const PAGE = 1_000;
/** One minute at three thousand events a second. */
const PAGES = 180;

/**
 * Counts the calls in progress, using their index, as of the log's head: both are read in one snapshot, and every
 * change of a call is in the same transaction as its event.
 */
export async function readStatsStart(sql: Sql): Promise<StatsStart> {
  const counted = await sql.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (tx) => {
    const [head] = await tx<(LogPlace & { now: Date })[]>`
      SELECT head.position, ${timeAtHead(tx)} AS at, clock_timestamp() AS now FROM event_head AS head WHERE id = 1`;
    const inProgress = await tx<{ partnerId: string | null; calls: number }[]>`
      SELECT partner_id AS "partnerId", count(*)::int AS calls FROM calls WHERE state = 'AUTHORIZED' GROUP BY 1`;
    const { position, at, now } = head ?? { position: 0n, at: null, now: new Date() };
    return { place: { position, at }, now, inProgress: [...inProgress] };
  });
  return { ...counted, lastMinute: await readLastMinute(sql, counted) };
}

/** Reads by position, from the end: a bounded part of the log. */
async function readLastMinute(
  sql: Sql,
  { place: { position }, now }: Pick<StatsStart, 'place' | 'now'>,
): Promise<LogEntry[]> {
  const since = now.getTime() - MINUTE_MS;
  const found: LogEntry[] = [];
  let below = position + 1n;
  for (let pages = 0; pages < PAGES; pages += 1) {
    const rows = await sql<EventRow[]>`
      SELECT ${eventColumns(sql)} FROM events WHERE position < ${below.toString()}::bigint
      ORDER BY position DESC LIMIT ${PAGE}`;
    found.push(...rows.map(toLogEntry));
    const oldest = rows.at(-1);
    if (!oldest || rows.length < PAGE || oldest.at.getTime() < since) break;
    below = oldest.position;
  }
  return found;
}
