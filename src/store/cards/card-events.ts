import type { LogEntry } from '../../domain/event.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { type EventRow, eventColumns, toLogEntry } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';

interface CardEventsPage {
  readonly cardId: string;
  readonly batchId: string;
  /** Index within the batch, from 0: finds the events about ranges of cards. */
  readonly number: number;
  /** Only positions below this. */
  readonly below?: bigint;
  /** Only positions above this. */
  readonly above?: bigint;
  readonly limit: number;
  /** Oldest first instead of newest first. */
  readonly oldestFirst: boolean;
}

/** The events of one card, about it alone or about a range that contains it, from two indexes of the log. */
export async function readCardEvents(sql: Sql, page: CardEventsPage): Promise<LogEntry[]> {
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
  return Promise.all(rows.map(toLogEntry).map((event) => ofOneCard(sql, event, page)));
}

/** The event of an import has no balances: for one card, they are those of its first transfer. */
async function ofOneCard(sql: Sql, event: LogEntry, { cardId }: CardEventsPage): Promise<LogEntry> {
  if (event.type !== 'CARDS_IMPORTED') return event;
  const [opening] = await sql<{ amount: bigint }[]>`
    SELECT amount FROM transfers WHERE card_id = ${cardId} AND card_version = 1 AND kind = 'OPENING'`;
  const balance = formatMicros(opening?.amount ?? 0n);
  const each = { currency: event.payload.currency, balance, held: formatMicros(0n), version: 1 };
  return { ...event, payload: { ...event.payload, each, ...(opening && { change: balance }) } };
}

/** The serial of the card with a given index in an imported batch. */
export async function importedSerial(sql: Sql, batchId: string, batchIndex: number): Promise<string> {
  const [card] = await sql<{ serial: string }[]>`
    SELECT serial FROM cards WHERE batch_id = ${batchId} AND batch_index = ${batchIndex}`;
  return card?.serial ?? '';
}
