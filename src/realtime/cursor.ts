import { InvalidCursor } from '../domain/rejections/realtime.ts';
import type { LogPlace } from '../store/events/event-log.ts';

const MARK = 'event:';

/**
 * A place in the event log as clients see it: opaque, so that clients do not compute with it. It holds the position and the
 * time of the event there, since a position alone could belong to events that were lost (see LogPlace).
 */
export function encodeCursor({ position, at }: LogPlace): string {
  const time = at ? `@${at.getTime().toString(36)}` : '';
  return Buffer.from(`${MARK}${position}${time}`).toString('base64url');
}

/** @throws InvalidCursor when encodeCursor did not make it. */
export function decodeCursor(cursor: string): LogPlace {
  const text = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString() : '';
  const rest = text.startsWith(MARK) ? text.slice(MARK.length) : '';
  const [, digits, time] = /^(0|[1-9]\d{0,17})(?:@([0-9a-z]{1,10}))?$/.exec(rest) ?? [];
  if (digits === undefined) throw new InvalidCursor({ cursor: cursor.slice(0, 64) });
  const at = time === undefined ? null : new Date(Number.parseInt(time, 36));
  const place = { position: BigInt(digits), at };
  if (encodeCursor(place) !== cursor) throw new InvalidCursor({ cursor });
  return place;
}
