import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { codeText, id, instant } from './columns.ts';

const counter = (name: string) => bigint(name, { mode: 'bigint' }).notNull().default(0n);

/**
 * Increments for the counters below, written in the transaction of the facts themselves. A row is deleted when it is
 * added to the counters, so every fact is in exactly one place. See store/reports/report-counters.ts.
 */
export const reportFacts = pgTable('report_facts', {
  id: id(),
  facts: jsonb('facts').$type<Record<string, Record<string, unknown>[]>>().notNull(),
});

/** Records that the counters were initialized: a database older than the counters is counted once as a whole. */
export const reportCounting = pgTable(
  'report_counting',
  {
    id: smallint('id').primaryKey(),
    since: instant('since').notNull(),
  },
  (t) => [check('report_counting_one_row', sql`${t.id} = 1`)],
);

/** The states of the cards of a batch, and their totals in micro-units. See domain/reports/report-counters.ts. */
export const batchCounters = pgTable('batch_counters', {
  batchId: uuid('batch_id').primaryKey(),
  active: counter('active'),
  locked: counter('locked'),
  inGrace: counter('in_grace'),
  deactivated: counter('deactivated'),
  closed: counter('closed'),
  activated: counter('activated'),
  firstUsed: counter('first_used'),
  expired: counter('expired'),
  exhausted: counter('exhausted'),
  replaced: counter('replaced'),
  usedAfterActivation: counter('used_after_activation'),
  secondsToFirstUse: counter('seconds_to_first_use'),
  usedWithinDay: counter('used_within_day'),
  usedWithinWeek: counter('used_within_week'),
  usedWithinMonth: counter('used_within_month'),
  usedWithinQuarter: counter('used_within_quarter'),
  issued: counter('issued'),
  recharged: counter('recharged'),
  adjusted: counter('adjusted'),
  moved: counter('moved'),
  used: counter('used'),
  fees: counter('fees'),
  forfeited: counter('forfeited'),
});

/** The amount owed on all cards at the end of a quarter of an hour, and all revenue until then, in micro-units. */
export const ledgerCounters = pgTable(
  'ledger_counters',
  {
    currency: text('currency').notNull(),
    quarter: instant('quarter').notNull(),
    owed: counter('owed'),
    usage: counter('usage'),
    fees: counter('fees'),
    forfeited: counter('forfeited'),
  },
  (t) => [primaryKey({ columns: [t.currency, t.quarter] })],
);

/**
 * Recharges by payer (the nil UUID: the operator), in micro-units: cumulative sums from the beginning of a UTC day to
 * the end of each quarter of an hour in which something was counted, and of the day's last quarter, which every day
 * has.
 */
export const rechargeCounters = pgTable(
  'recharge_counters',
  {
    day: date('day').notNull(),
    partnerId: uuid('partner_id').notNull(),
    currency: text('currency').notNull(),
    quarter: smallint('quarter').notNull(),
    recharges: counter('recharges'),
    amount: counter('amount'),
    discount: counter('discount'),
    reversals: counter('reversals'),
    reversed: counter('reversed'),
    discountReturned: counter('discount_returned'),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.partnerId, t.currency, t.quarter] }),
    index('recharge_counters_day_idx').on(t.day, t.partnerId, t.currency).where(sql`${t.quarter} = 95`),
  ],
);

/** Ended calls, by the time they were requested, cumulative like recharges; the charge in micro-units. */
export const usageCounters = pgTable(
  'usage_counters',
  {
    day: date('day').notNull(),
    destination: codeText('destination').notNull(),
    rateGroupId: uuid('rate_group_id').notNull(),
    /** The partner of the card; the nil UUID: the operator. */
    partnerId: uuid('partner_id').notNull(),
    quarter: smallint('quarter').notNull(),
    calls: counter('calls'),
    answered: counter('answered'),
    seconds: counter('seconds'),
    charge: counter('charge'),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.destination, t.rateGroupId, t.partnerId, t.quarter] }),
    index('usage_counters_day_idx')
      .on(t.day, t.destination, t.rateGroupId, t.partnerId)
      .where(sql`${t.quarter} = 95`),
    index('usage_counters_partner_idx')
      .on(t.partnerId, t.day, t.destination, t.rateGroupId)
      .where(sql`${t.quarter} = 95`),
  ],
);
