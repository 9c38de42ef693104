import { InvalidCursor } from '../domain/rejections/realtime.ts';

const MARK = 'event:';

/** A position in the event log as clients see it: opaque, so that clients do not compute with it. */
export function encodeCursor(position: bigint): string {
  return Buffer.from(`${MARK}${position}`).toString('base64url');
}

/** @throws InvalidCursor when encodeCursor did not make it. */
export function decodeCursor(cursor: string): bigint {
  const text = cursor.length <= 64 ? Buffer.from(cursor, 'base64url').toString() : '';
  const digits = text.startsWith(MARK) ? text.slice(MARK.length) : '';
  if (!/^(0|[1-9]\d{0,17})$/.test(digits)) throw new InvalidCursor({ cursor: cursor.slice(0, 64) });
  const position = BigInt(digits);
  if (encodeCursor(position) !== cursor) throw new InvalidCursor({ cursor });
  return position;
}
