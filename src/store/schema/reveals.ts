import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { cards } from './cards.ts';
import { id, instant } from './columns.ts';

/** Who asked for a card's PIN, and why, who approved it, and when it was shown. Never the PIN. */
export const pinReveals = pgTable(
  'pin_reveals',
  {
    id: id(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    requestedBy: uuid('requested_by').notNull(),
    reason: text('reason').notNull(),
    requestedAt: instant('requested_at').notNull(),
    /** What is not shown by then is not shown at all. */
    expiresAt: instant('expires_at').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    revealedAt: instant('revealed_at'),
  },
  (t) => [
    index('pin_reveals_requested_idx').on(t.requestedAt),
    check('pin_reveals_two_people', sql`${t.approvedBy} <> ${t.requestedBy}`),
  ],
);
