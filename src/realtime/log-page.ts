import type { LogEntry } from '../domain/event.ts';
import { CursorExpired } from '../domain/rejections/realtime.ts';
import { keptSpan, type LogPlace, readEvents } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { encodeCursor } from './cursor.ts';
import { placeOf } from './event-subscription.ts';
import { fits, type Watch } from './event-watch.ts';

/** Events per read of the log, and reads per page: matching events may be rare. */
const READ_AT_ONCE = 1_000;
const READS = 10;

interface LogPage {
  readonly events: readonly LogEntry[];
  /** Every matching event up to this position is on this page or an earlier one. */
  readonly end: LogPlace;
  /** Whether the log continues after `end`. */
  readonly hasMore: boolean;
}

/**
 * The events that match a watch after a cursor, or from the oldest event kept: what a subscriber would have received, by
 * the same test. Scans a bounded part of the log and returns how far it got.
 *
 * @throws InvalidCursor, CursorAhead, CursorExpired
 */
export async function readLogPage(
  sql: Sql,
  watch: Watch,
  { after, first }: { after: string | null; first: number },
): Promise<LogPage> {
  const from = after === null ? await beforeOldest(sql) : await placeOf(sql, after);
  const events: LogEntry[] = [];
  let end: LogPlace = from;
  for (let reads = 0; reads < READS; reads += 1) {
    const read = await readEvents(sql, { after: end.position, limit: READ_AT_ONCE });
    if (read[0] && read[0].position !== end.position + 1n)
      throw new CursorExpired({ cursor: encodeCursor(end) });
    for (const event of read) {
      if (events.length === first) return { events, end, hasMore: true };
      if (fits(watch, event)) events.push(event);
      end = event;
    }
    if (read.length < READ_AT_ONCE) return { events, end, hasMore: false };
  }
  return { events, end, hasMore: true };
}

/** For an empty log, its beginning. */
async function beforeOldest(sql: Sql): Promise<LogPlace> {
  const { oldest, head } = await keptSpan(sql);
  return { position: oldest === 0n ? head : oldest - 1n, at: null };
}
