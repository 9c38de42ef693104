import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { BATCH_STATES } from '../../domain/batches/card-batch.ts';
import { CARD_TYPES } from '../../domain/cards/card.ts';
import { id, instant, micros } from './columns.ts';
import { partners } from './partners.ts';
import { rateGroups } from './rates.ts';

export const cardType = pgEnum('card_type', CARD_TYPES);
export const batchState = pgEnum('batch_state', BATCH_STATES);

/** The terms that all cards of a batch share. Only its name and one of them may change after creation. */
export const cardBatches = pgTable(
  'card_batches',
  {
    id: id(),
    name: text('name').notNull(),
    type: cardType('type').notNull(),
    state: batchState('state').notNull().default('PENDING'),
    quantity: integer('quantity').notNull(),
    made: integer('made').notNull().default(0),
    currency: text('currency').notNull(),
    faceValue: micros('face_value').notNull(),
    validityDays: integer('validity_days'),
    graceDays: integer('grace_days').notNull().default(0),
    firstUseBy: instant('first_use_by'),
    maxConcurrentCalls: integer('max_concurrent_calls').notNull().default(1),
    callSurcharge: micros('call_surcharge').notNull().default(0n),
    maxCallSeconds: integer('max_call_seconds'),
    fairUseDaySeconds: integer('fair_use_day_seconds'),
    fairUseMonthSeconds: integer('fair_use_month_seconds'),
    overflowRateGroupId: uuid('overflow_rate_group_id').references(() => rateGroups.id),
    maxBoundNumbers: integer('max_bound_numbers').notNull().default(5),
    language: text('language').notNull().default('en'),
    rateGroupId: uuid('rate_group_id')
      .notNull()
      .references(() => rateGroups.id),
    partnerId: uuid('partner_id').references(() => partners.id),
    rechargeMin: micros('recharge_min'),
    rechargeMax: micros('recharge_max'),
    rechargeExtendsDays: integer('recharge_extends_days'),
    firstUseFee: micros('first_use_fee'),
    maintenanceFee: micros('maintenance_fee'),
    maintenanceEveryDays: integer('maintenance_every_days'),
    replacementAllowed: boolean('replacement_allowed').notNull().default(true),
    replacementFee: micros('replacement_fee'),
    /** The one term that may change. */
    lowBalanceThreshold: micros('low_balance_threshold'),
    /** The key under which the density rule counts its PINs. */
    pinFormat: text('pin_format').notNull(),
    pinLength: integer('pin_length').notNull(),
    pinAlphabet: text('pin_alphabet').notNull(),
    pinPrefix: text('pin_prefix').notNull(),
    pinSuffix: text('pin_suffix').notNull(),
    pinCheckDigit: boolean('pin_check_digit').notNull(),
    /** Whether its cards come from another system: their PINs are counted in imported_pin_formats. */
    isImported: boolean('is_imported').notNull().default(false),
    serialPrefix: text('serial_prefix').notNull(),
    serialStart: bigint('serial_start', { mode: 'number' }).notNull(),
    /** When its PINs were first exported. */
    exportedAt: instant('exported_at'),
    failure: text('failure'),
    claimedBy: uuid('claimed_by'),
    claimedUntil: instant('claimed_until'),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('card_batches_partner_idx').on(t.partnerId, t.id),
    index('card_batches_unfinished_idx').on(t.id).where(sql`${t.state} IN ('PENDING', 'GENERATING')`),
    check('card_batches_made_within_quantity', sql`${t.made} BETWEEN 0 AND ${t.quantity}`),
    check('card_batches_face_value_not_negative', sql`${t.faceValue} >= 0`),
    check('card_batches_fees_positive', sql`${t.firstUseFee} > 0 AND ${t.maintenanceFee} > 0`),
    check('card_batches_replacement_fee_positive', sql`${t.replacementFee} > 0`),
    check('card_batches_low_balance_threshold_positive', sql`${t.lowBalanceThreshold} > 0`),
    check(
      'card_batches_maintenance_has_period',
      sql`(${t.maintenanceFee} IS NULL) = (${t.maintenanceEveryDays} IS NULL)`,
    ),
  ],
);

/** The next free running number for each serial prefix, so that no two batches share a serial. */
export const serialCounters = pgTable('serial_counters', {
  prefix: text('prefix').primaryKey(),
  next: bigint('next', { mode: 'number' }).notNull(),
});

/** How many PINs are reserved in each format, for the density rule. */
export const pinFormats = pgTable('pin_formats', {
  format: text('format').primaryKey(),
  issued: bigint('issued', { mode: 'number' }).notNull(),
});

/** The length and alphabet of an imported batch's PINs, for the guess budget. */
export const importedPinFormats = pgTable(
  'imported_pin_formats',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => cardBatches.id),
    length: integer('length').notNull(),
    alphabet: text('alphabet').notNull(),
    cards: integer('cards').notNull(),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.length, t.alphabet] })],
);
