import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CallTermsColumn } from './call-terms-column.ts';
import { bytes, codeText, id, instant, micros } from './columns.ts';

/** A price list in one currency. Each import increments its version; caches reload when it changes. */
export const rateGroups = pgTable(
  'rate_groups',
  {
    id: id(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    version: integer('version').notNull().default(0),
    rateCount: integer('rate_count').notNull().default(0),
    /** The terms of its calls: schema/call-terms-column.ts reads and writes them. */
    callTerms: jsonb('call_terms').$type<CallTermsColumn>().notNull().default({}),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('rate_groups_name_key').on(t.name),
    check('rate_groups_currency_code', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/**
 * An import of a deck, and what it was answered with. Its digest is of what the deck says, not of the bytes of its file:
 * the same deck in another form is the same import.
 */
export const rateImports = pgTable(
  'rate_imports',
  {
    id: id(),
    rateGroupId: uuid('rate_group_id')
      .notNull()
      .references(() => rateGroups.id),
    /** Belongs to the operator, like all imports; null: the deck stands for it. */
    idempotencyKey: text('idempotency_key'),
    /** Digest of the deck's rates and of the order. */
    fingerprint: bytes('fingerprint').notNull(),
    result: jsonb('result').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('rate_imports_key').on(t.idempotencyKey),
    index('rate_imports_group_idx').on(t.rateGroupId, t.id),
  ],
);

/**
 * The price of calls to one dialing prefix from an instant on. A later effectiveFrom supersedes it; a withdrawn rate
 * ends the offer of the prefix from then on, and repeats the price it had until then. A barred rate, and one that has
 * ended, keep shorter prefixes from applying to the numbers of theirs.
 */
export const rates = pgTable(
  'rates',
  {
    id: id(),
    rateGroupId: uuid('rate_group_id')
      .notNull()
      .references(() => rateGroups.id),
    prefix: codeText('prefix').notNull(),
    destination: text('destination').notNull(),
    /** 10^-8 of the group's currency per minute. */
    ratePer1e8Minute: bigint('rate_per_1e8_minute', { mode: 'bigint' }).notNull(),
    connectionFee: micros('connection_fee').notNull().default(0n),
    initialIncrementSeconds: integer('initial_increment_seconds').notNull(),
    incrementSeconds: integer('increment_seconds').notNull(),
    effectiveFrom: instant('effective_from').notNull(),
    effectiveTo: instant('effective_to'),
    withdrawn: boolean('withdrawn').notNull().default(false),
    barred: boolean('barred').notNull().default(false),
  },
  (t) => [
    uniqueIndex('rates_group_prefix_key').on(t.rateGroupId, t.prefix, t.effectiveFrom),
    check('rates_prefix_digits', sql`${t.prefix} ~ '^[0-9]{1,15}$'`),
    check('rates_price_not_negative', sql`${t.ratePer1e8Minute} >= 0 AND ${t.connectionFee} >= 0`),
    check('rates_ends_later', sql`${t.effectiveTo} > ${t.effectiveFrom}`),
    check('rates_increments_positive', sql`${t.initialIncrementSeconds} > 0 AND ${t.incrementSeconds} > 0`),
  ],
);
