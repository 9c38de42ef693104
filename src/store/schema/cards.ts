import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { CARD_STATUSES, LOCK_REASONS } from '../../domain/cards/card.ts';
import { cardBatches } from './batches.ts';
import { bytes, codeText, id, instant, micros } from './columns.ts';

/** The stored status; the state of a card also depends on the time and the lock: see domain/cards/card-state.ts. */
export const cardStatus = pgEnum('card_status', CARD_STATUSES);
export const lockReason = pgEnum('lock_reason', LOCK_REASONS);

export const cards = pgTable(
  'cards',
  {
    id: id(),
    batchId: uuid('batch_id')
      .notNull()
      .references(() => cardBatches.id),
    partnerId: uuid('partner_id'),
    serial: codeText('serial').notNull(),
    pinDigest: bytes('pin_digest').notNull(),
    pinCipher: bytes('pin_cipher').notNull(),
    pinKeyId: smallint('pin_key_id').notNull(),
    /** An imported card's index in its batch, from 0; null: the serial determines it. */
    batchIndex: integer('batch_index'),
    /** For an imported card in stock: its value at the first activation, instead of the batch's face value. */
    faceValue: micros('face_value'),
    /** Terms of the card itself where they differ from its batch's: see domain/cards/card-terms.ts. */
    ownValidityDays: integer('own_validity_days'),
    ownGraceDays: integer('own_grace_days'),
    ownMaxBoundNumbers: integer('own_max_bound_numbers'),
    ownMaxConcurrentCalls: integer('own_max_concurrent_calls'),
    currency: text('currency').notNull(),
    status: cardStatus('status').notNull(),
    balance: micros('balance').notNull(),
    held: micros('held').notNull(),
    callsInProgress: integer('calls_in_progress').notNull().default(0),
    usageDay: text('usage_day'),
    usageDaySeconds: integer('usage_day_seconds').notNull().default(0),
    usageMonthSeconds: integer('usage_month_seconds').notNull().default(0),
    /** The UTC day of the last recharge by a partner, for the daily limit of the card. */
    rechargedOn: text('recharged_on'),
    rechargedToday: micros('recharged_today').notNull().default(0n),
    version: integer('version').notNull(),
    activatedAt: instant('activated_at'),
    firstUsedAt: instant('first_used_at'),
    validUntil: instant('valid_until'),
    graceUntil: instant('grace_until'),
    lockedAt: instant('locked_at'),
    lockReason: lockReason('lock_reason'),
    unlockAt: instant('unlock_at'),
    /** The partner who locked it; null: the operator, or the system. */
    lockedById: uuid('locked_by_id'),
    /** When the current period of the maintenance fee ends. */
    nextFeeAt: instant('next_fee_at'),
    /** When the expiry job must next examine the card; null when time changes nothing about it. */
    dueAt: instant('due_at'),
    closedAt: instant('closed_at'),
    /** The card that replaced this one, and the card that this one replaced: each refers to the other. */
    replacedById: uuid('replaced_by_id'),
    replacesId: uuid('replaces_id'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('cards_serial_key').on(t.serial),
    /** For serials that are typed in another way: see store/pins/serial-spelling.ts. */
    index('cards_serial_spelling_idx')
      .on(sql`upper(replace(${t.serial}, '-', ''))`)
      .where(sql`${t.serial} <> upper(replace(${t.serial}, '-', ''))`),
    uniqueIndex('cards_pin_digest_key').on(t.pinDigest),
    index('cards_batch_idx').on(t.batchId, t.id),
    uniqueIndex('cards_batch_index_key').on(t.batchId, t.batchIndex).where(sql`${t.batchIndex} IS NOT NULL`),
    index('cards_partner_idx').on(t.partnerId, t.id).where(sql`${t.partnerId} IS NOT NULL`),
    index('cards_stock_idx').on(t.batchId, t.id).where(sql`${t.status} = 'INACTIVE'`),
    uniqueIndex('cards_replaced_by_key').on(t.replacedById).where(sql`${t.replacedById} IS NOT NULL`),
    /** For the report of cards that expire soon: of all, and of one partner. */
    index('cards_expiring_idx')
      .on(t.validUntil, t.id)
      .where(sql`${t.status} = 'ACTIVE' AND ${t.validUntil} IS NOT NULL`),
    index('cards_partner_expiring_idx')
      .on(t.partnerId, t.validUntil, t.id)
      .where(sql`${t.status} = 'ACTIVE' AND ${t.validUntil} IS NOT NULL AND ${t.partnerId} IS NOT NULL`),
    index('cards_due_idx').on(t.dueAt).where(sql`${t.dueAt} IS NOT NULL`),
    check('cards_face_value_not_negative', sql`${t.faceValue} >= 0`),
    check(
      'cards_own_terms_not_negative',
      sql`${t.ownValidityDays} >= 0 AND ${t.ownGraceDays} >= 0 AND ${t.ownMaxBoundNumbers} >= 0 AND ${t.ownMaxConcurrentCalls} > 0`,
    ),
    check('cards_balance_not_negative', sql`${t.balance} >= 0`),
    check('cards_held_within_balance', sql`${t.held} >= 0 AND ${t.held} <= ${t.balance}`),
    check('cards_calls_in_progress_not_negative', sql`${t.callsInProgress} >= 0`),
    check('cards_lock_has_reason', sql`(${t.lockedAt} IS NULL) = (${t.lockReason} IS NULL)`),
    check('cards_closed_is_empty', sql`${t.status} <> 'CLOSED' OR (${t.balance} = 0 AND ${t.dueAt} IS NULL)`),
  ],
);

/** A telephone number bound to a card. The number is the key: one number, one card. */
export const numberBindings = pgTable(
  'number_bindings',
  {
    number: text('number').primaryKey(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('number_bindings_card_idx').on(t.cardId, t.number),
    check('number_bindings_e164', sql`${t.number} ~ '^\\+[1-9][0-9]{4,14}$'`),
  ],
);
