import type postgres from 'postgres';
import { type LogEntry, type NewEvent, readEvent } from '../../domain/event.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/**
 * NOTIFY channel that wakes the tails. Only a wake-up: the table is authoritative, and polling covers lost
 * notifications.
 */
export const EVENT_CHANNEL = 'cardline_events';

/**
 * Appends events at the end of a transaction and wakes the tails.
 *
 * The head row stays locked until the commit, so positions have no gaps and are in commit order; the transaction must
 * take all its other locks before. Position and rows go in one statement, with one NOTIFY.
 *
 * @returns the position of the last event, or the head's when there was nothing to append.
 */
export async function appendEvents(tx: Transaction, events: readonly NewEvent[]): Promise<bigint> {
  const [row] = await appendEventsQuery(tx, events);
  return row?.position ?? 0n;
}

/**
 * The same as a query not yet awaited, for a transaction that pipelines its COMMIT behind it.
 *
 * @param beside an INSERT that is part of the same statement
 */
export function appendEventsQuery(
  tx: Transaction | Sql,
  events: readonly NewEvent[],
  beside?: postgres.PendingQuery<postgres.Row[]>,
) {
  return tx<{ position: bigint }[]>`
    WITH head AS (
      UPDATE event_head SET position = position + ${events.length}::int WHERE id = 1 RETURNING position
    ), appended AS (
      INSERT INTO events (position, type, at, actor_id, card_id, batch_id, partner_id, from_number, to_number, payload)
      SELECT head.position - ${events.length}::int + e.ordinality, e.type, clock_timestamp(), e.actor_id, e.card_id,
             e.batch_id, e.partner_id, e.from_number, e.to_number, e.payload::jsonb
      FROM head, unnest(
        ${events.map((e) => e.type)}::text[],
        ${events.map((e) => e.actorId)}::uuid[],
        ${events.map((e) => e.cardId ?? null)}::uuid[],
        ${events.map((e) => e.batchId ?? null)}::uuid[],
        ${events.map((e) => e.partnerId ?? null)}::uuid[],
        ${events.map((e) => e.fromNumber?.toString() ?? null)}::int[],
        ${events.map((e) => e.toNumber?.toString() ?? null)}::int[],
        ${events.map((e) => JSON.stringify(e.payload))}::text[]
      ) WITH ORDINALITY AS e (type, actor_id, card_id, batch_id, partner_id, from_number, to_number, payload)
    )${beside ? tx`, beside AS (${beside})` : tx``}
    SELECT position, pg_notify(${EVENT_CHANNEL}, position::text) FROM head`;
}

/** Events after a position, in order: a plain range read, correct at any time on any instance. */
export async function readEvents(
  sql: Sql,
  { after, limit }: { after: bigint; limit: number },
): Promise<LogEntry[]> {
  const rows = await sql<EventRow[]>`
    SELECT ${eventColumns(sql)} FROM events WHERE position > ${after.toString()}::bigint ORDER BY position LIMIT ${limit}`;
  return rows.map(toLogEntry);
}

/**
 * An event as a place in the log. The same position has another event after committed transactions were lost: when an
 * asynchronous standby that lagged was promoted, or a backup was restored. The time tells the two apart.
 */
export interface LogPlace {
  readonly position: bigint;
  /** When the event at this position happened, to the millisecond. Null: unknown, or there is none yet. */
  readonly at: Date | null;
}

function isSamePlace(a: LogPlace, b: LogPlace): boolean {
  return a.position === b.position && a.at?.getTime() === b.at?.getTime();
}

/** Wakes the tails of all instances. */
export async function ring(sql: Sql): Promise<void> {
  await sql`SELECT pg_notify(${EVENT_CHANNEL}, '')`;
}

/** The last committed event. */
export async function headPlace(sql: Sql): Promise<LogPlace> {
  const [row] = await sql<LogPlace[]>`
    SELECT head.position, ${timeAtHead(sql)} AS at FROM event_head AS head WHERE id = 1`;
  return row ?? { position: 0n, at: null };
}

/** The time of the last event, in a statement that reads `event_head AS head`. */
export const timeAtHead = (sql: Sql | Transaction) =>
  sql`(SELECT e.at FROM events AS e WHERE e.position = head.position)`;

/** The kept span of the log: its first position and the head; and the time of the event at a position, if it is kept. */
export async function keptSpan(
  sql: Sql,
  position = 0n,
): Promise<{ oldest: bigint; head: bigint; at: Date | null }> {
  const [row] = await sql<{ oldest: bigint | null; head: bigint; at: Date | null }[]>`
    SELECT (SELECT position FROM events ORDER BY position LIMIT 1) AS oldest, position AS head,
           (SELECT at FROM events WHERE position = ${position.toString()}::bigint) AS at
    FROM event_head WHERE id = 1`;
  return { oldest: row?.oldest ?? 0n, head: row?.head ?? 0n, at: row?.at ?? null };
}

/**
 * Reads on after an event.
 *
 * @returns the events after it; undefined when the log no longer has it.
 */
export async function readOn(
  sql: Sql,
  { last, limit }: { last: LogPlace; limit: number },
): Promise<LogEntry[] | undefined> {
  if (last.at === null) return readEvents(sql, { after: last.position, limit });
  const [found, ...events] = await readEvents(sql, { after: last.position - 1n, limit: limit + 1 });
  return found && isSamePlace(found, last) ? events : undefined;
}

/** Whether this is a standby: what it lacks may still arrive. */
export async function isStandby(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ standby: boolean }[]>`SELECT pg_is_in_recovery() AS standby`;
  return row?.standby === true;
}

/** Creates the partitions that the next events need. Cheap when they exist. */
export async function ensureEventPartitions(sql: Sql): Promise<void> {
  await sql`SELECT ensure_event_partitions(20000000)`;
}

export const eventColumns = (sql: Sql) => sql`
  position, type, at, actor_id, card_id, batch_id, partner_id, from_number, to_number, payload`;

export interface EventRow {
  position: bigint;
  type: string;
  at: Date;
  actor_id: string;
  card_id: string | null;
  batch_id: string | null;
  partner_id: string | null;
  from_number: number | null;
  to_number: number | null;
  payload: unknown;
}

export function toLogEntry(row: EventRow): LogEntry {
  return readEvent({
    position: row.position,
    type: row.type,
    at: row.at,
    actorId: row.actor_id,
    ...(row.card_id !== null && { cardId: row.card_id }),
    ...(row.batch_id !== null && { batchId: row.batch_id }),
    ...(row.partner_id !== null && { partnerId: row.partner_id }),
    ...(row.from_number !== null && { fromNumber: row.from_number }),
    ...(row.to_number !== null && { toNumber: row.to_number }),
    payload: row.payload,
  });
}
