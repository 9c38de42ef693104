import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { cardBatches } from './batches.ts';
import { cards } from './cards.ts';
import { id, instant } from './columns.ts';

/**
 * Requests for the PIN of a card, or for those of a batch in use: who requested it and why, who approved it, and when
 * it was shown. Never contains the PIN.
 */
export const pinReveals = pgTable(
  'pin_reveals',
  {
    id: id(),
    cardId: uuid('card_id').references(() => cards.id),
    batchId: uuid('batch_id').references(() => cardBatches.id),
    requestedBy: uuid('requested_by').notNull(),
    /** The lineage of the requesting credential: rotating a key does not make another administrator. */
    lineageId: uuid('lineage_id').notNull(),
    /** The family of the requesting credential, by which requests are counted. */
    familyId: uuid('family_id').notNull(),
    reason: text('reason').notNull(),
    requestedAt: instant('requested_at').notNull(),
    /** After this time the PIN is not shown any more. */
    expiresAt: instant('expires_at').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    revealedAt: instant('revealed_at'),
  },
  (t) => [
    index('pin_reveals_requested_idx').on(t.requestedAt),
    check('pin_reveals_one_subject', sql`num_nonnulls(${t.cardId}, ${t.batchId}) = 1`),
    check('pin_reveals_two_people', sql`${t.approvedBy} <> ${t.requestedBy}`),
  ],
);
