import type { Sql } from './database.ts';
import { type EventRow, eventColumns, type LoggedEvent, toLoggedEvent } from './event-log.ts';

export interface CardEventsPage {
  readonly cardId: string;
  readonly batchId: string;
  /** Running number within the batch, from 0: events about ranges of cards are found by it. */
  readonly number: number;
  /** Only positions below this. */
  readonly below?: bigint;
  /** Only positions above this. */
  readonly above?: bigint;
  readonly limit: number;
  /** From the oldest on instead of from the newest. */
  readonly oldestFirst: boolean;
}

/** What happened to one card, alone or among a range, from two indexes of the log. */
export async function readCardEvents(sql: Sql, page: CardEventsPage): Promise<LoggedEvent[]> {
  const { cardId, batchId, number, below, above, limit, oldestFirst } = page;
  const between = sql`
    ${below === undefined ? sql`` : sql`AND position < ${below.toString()}::bigint`}
    ${above === undefined ? sql`` : sql`AND position > ${above.toString()}::bigint`}`;
  const order = oldestFirst ? sql`ORDER BY position` : sql`ORDER BY position DESC`;
  const rows = await sql<EventRow[]>`
    SELECT * FROM (
      (SELECT ${eventColumns(sql)} FROM events WHERE card_id = ${cardId} ${between} ${order} LIMIT ${limit})
      UNION ALL
      (SELECT ${eventColumns(sql)} FROM events
       WHERE batch_id = ${batchId} AND from_number IS NOT NULL AND ${number} BETWEEN from_number AND to_number
         ${between} ${order} LIMIT ${limit})
    ) AS found ${order} LIMIT ${limit}`;
  return rows.map(toLoggedEvent);
}
