import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, jsonb, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** The single row that every writing transaction updates last: its lock makes positions gapless and in commit order. */
export const eventHead = pgTable(
  'event_head',
  {
    id: smallint('id').primaryKey(),
    position: bigint('position', { mode: 'bigint' }).notNull(),
  },
  (t) => [check('event_head_one_row', sql`${t.id} = 1`)],
);

/** The event log. Partitioned by position (see the migration), append-only by trigger. Never contains a PIN. */
export const events = pgTable(
  'events',
  {
    position: bigint('position', { mode: 'bigint' }).primaryKey(),
    type: text('type').notNull(),
    at: instant('at').notNull(),
    actorId: uuid('actor_id').notNull(),
    cardId: uuid('card_id'),
    batchId: uuid('batch_id'),
    partnerId: uuid('partner_id'),
    /** Indexes within the batch, inclusive, when the event is about a range of cards. */
    fromNumber: integer('from_number'),
    toNumber: integer('to_number'),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    index('events_card_idx').on(t.cardId, t.position).where(sql`${t.cardId} IS NOT NULL`),
    /** For the erasure of a number. */
    index('events_number_idx').on(sql`(${t.payload}->>'number')`).where(sql`${t.payload} ? 'number'`),
    index('events_range_idx').on(t.batchId, t.position).where(sql`${t.fromNumber} IS NOT NULL`),
  ],
);
