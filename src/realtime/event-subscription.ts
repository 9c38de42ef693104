import type { LogEntry } from '../domain/event.ts';
import { CursorAhead, CursorExpired } from '../domain/rejections/realtime.ts';
import { headPosition, keptSpan } from '../store/events/event-log.ts';
import type { Sql } from '../store/postgres/database.ts';
import { decodeCursor } from './cursor.ts';
import type { Watch } from './event-watch.ts';
import { type Log, LogFollower } from './log-follower.ts';
import type { PositionedStream } from './positioned-stream.ts';

/**
 * The events that match a watch: live from now on or, given a cursor, from the log first and then live, without a gap or
 * a duplicate at the seam.
 *
 * @param resumeAfter overrides the cursor: an earlier execution of the same subscription got this far
 * @throws InvalidCursor, CursorAhead; CursorExpired when events after the cursor were dropped, now or before a slow
 * reader gets to them.
 */
export async function subscribeToEvents(
  log: Log,
  watch: Watch,
  { after, resumeAfter }: { after: string | null; resumeAfter?: bigint | undefined },
): Promise<PositionedStream<LogEntry>> {
  const requested = after === null ? log.hub.position : await positionOf(log.sql, after);
  return new LogFollower(log, watch, resumeAfter ?? requested);
}

/** @throws InvalidCursor, CursorAhead */
export async function pastPosition(sql: Sql, cursor: string): Promise<bigint> {
  const position = decodeCursor(cursor);
  if (position > (await headPosition(sql))) throw new CursorAhead({ cursor });
  return position;
}

/** @throws InvalidCursor, CursorAhead, CursorExpired */
export async function positionOf(sql: Sql, cursor: string): Promise<bigint> {
  const position = decodeCursor(cursor);
  const { oldest, head } = await keptSpan(sql);
  if (position > head) throw new CursorAhead({ cursor });
  if (position + 1n < oldest) throw new CursorExpired({ cursor });
  return position;
}
