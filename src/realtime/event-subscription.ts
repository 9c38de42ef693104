import type { LogEntry } from '../domain/event.ts';
import { CursorAhead, CursorExpired } from '../domain/rejections/realtime.ts';
import { keptSpan, type LogPlace } from '../store/events/event-log.ts';
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
  const { history, position: now } = log.hub;
  const requested = after === null ? now : (await placeOf(log.sql, after)).position;
  return new LogFollower(log, watch, { after: resumeAfter ?? requested, history });
}

/** @throws InvalidCursor, CursorAhead */
export async function pastPosition(sql: Sql, cursor: string): Promise<bigint> {
  const { place } = await find(sql, cursor);
  return place.position;
}

/** @throws InvalidCursor, CursorAhead, CursorExpired */
export async function placeOf(sql: Sql, cursor: string): Promise<LogPlace> {
  const { place, oldest } = await find(sql, cursor);
  if (place.position + 1n < oldest) throw new CursorExpired({ cursor });
  return place;
}

async function find(sql: Sql, cursor: string): Promise<{ place: LogPlace; oldest: bigint }> {
  const { position, at } = decodeCursor(cursor);
  const { oldest, head, at: found } = await keptSpan(sql, position);
  const isLost = at !== null && found !== null && at.getTime() !== found.getTime();
  if (position > head || isLost) throw new CursorAhead({ cursor });
  return { place: { position, at: found ?? at }, oldest };
}
