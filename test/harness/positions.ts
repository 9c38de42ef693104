import { decodeCursor, encodeCursor } from '../../src/realtime/cursor.ts';
import { headPlace } from '../../src/store/events/event-log.ts';
import type { Sql } from '../../src/store/postgres/database.ts';

/** The position of the last committed event. */
export async function headPosition(sql: Sql): Promise<bigint> {
  return (await headPlace(sql)).position;
}

/** A cursor that a client made by hand: it says the position only. */
export const cursorAt = (position: bigint) => encodeCursor({ position, at: null });

export const positionIn = (cursor: string) => decodeCursor(cursor).position;
