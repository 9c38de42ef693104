import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  numeric,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { SECURITY_ALERT_KINDS } from '../../domain/security/security-alert.ts';
import { cards } from './cards.ts';
import { codeText, id, instant } from './columns.ts';

export const guessScope = pgEnum('guess_scope', ['PIN', 'SERIAL_AND_PIN', 'VOUCHER', 'NUMBER_BINDING']);
export const guessSourceKind = pgEnum('guess_source_kind', [
  'CALLER_NUMBER',
  'ACCESS_NUMBER',
  'CREDENTIAL',
  'ADDRESS',
]);
export const pinOperation = pgEnum('keyed_operation', [
  'AUTHENTICATE_CARD',
  'AUTHORIZE_CALL',
  'REDEEM_VOUCHER',
]);
export const authenticationFailure = pgEnum('authentication_failure', [
  'UNKNOWN_PIN',
  'UNKNOWN_SERIAL',
  'WRONG_PIN',
  'INACTIVE',
  'LOCKED',
  'IN_GRACE',
  'EXPIRED',
  'DEACTIVATED',
  'CLOSED',
  'NOT_FOR_THIS',
  'SERIAL_BLOCKED',
  'SOURCE_DELAYED',
  'BREAKER_TRIPPED',
]);
export const securityAlertKind = pgEnum('security_alert_kind', SECURITY_ALERT_KINDS);

/**
 * Comparisons that the instances may make, drawn in advance from the window's budget and from each holder's share of
 * it: see store/security/guess-budget.ts.
 */
export const guessBudgets = pgTable(
  'guess_budgets',
  {
    scope: guessScope('scope').notNull(),
    /** The holder of the share, such as `CREDENTIAL <id>`; empty: the budget of the whole system. */
    holder: text('holder').notNull().default(''),
    /** When the current window began. */
    since: instant('since').notNull(),
    /** Drawn by instances: comparisons that failed, and those held for later. */
    drawn: integer('drawn').notNull(),
    failed: integer('failed').notNull(),
    trippedAt: instant('tripped_at'),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.holder] }),
    index('guess_budgets_since_idx').on(t.since),
    check('guess_budgets_not_negative', sql`${t.drawn} >= 0 AND ${t.failed} >= 0`),
  ],
);

/**
 * Failures and successes by source, as of the last count: they decay, see domain/security/guessing.ts. Each credential
 * has separate sources, so that what one reports about a number does not affect another's callers.
 */
export const guessSources = pgTable(
  'guess_sources',
  {
    kind: guessSourceKind('kind').notNull(),
    source: text('source').notNull(),
    /** The lineage of the credential that reported the source. */
    lineageId: uuid('lineage_id').notNull(),
    failures: doublePrecision('failures').notNull(),
    /** Cards that succeeded, each counted once per period. */
    successes: doublePrecision('successes').notNull(),
    /** Distinct serials that were tried with a wrong PIN. */
    serials: doublePrecision('serials').notNull().default(0),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.source, t.lineageId] }),
    index('guess_sources_counted_idx').on(t.countedAt),
  ],
);

/**
 * Failures by the serial that was given and the credential that gave it, whether or not a card has the serial: both
 * cases must cost the same.
 */
export const serialFailures = pgTable(
  'serial_failures',
  {
    serial: codeText('serial').notNull(),
    lineageId: uuid('lineage_id').notNull(),
    failures: integer('failures').notNull(),
    since: instant('since').notNull(),
  },
  (t) => [primaryKey({ columns: [t.serial, t.lineageId] }), index('serial_failures_since_idx').on(t.since)],
);

/** How many cards each credential's failures locked in the current window: see store/pins/failure-lock.ts. */
export const failureLocks = pgTable('failure_locks', {
  lineageId: uuid('lineage_id').primaryKey(),
  locks: integer('locks').notNull(),
  since: instant('since').notNull(),
});

/** Numbers from which a card's PIN was entered successfully. */
export const trustedNumbers = pgTable(
  'trusted_numbers',
  {
    number: text('number').notNull(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    trustedAt: instant('trusted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.number, t.cardId] }), index('trusted_numbers_at_idx').on(t.trustedAt)],
);

/** Refused PINs with the true reason; identical refusals within a minute share a row. Never contains the PIN. */
export const failedAuthentications = pgTable(
  'failed_authentications',
  {
    id: id(),
    minute: instant('minute').notNull(),
    reason: authenticationFailure('reason').notNull(),
    operation: pinOperation('operation').notNull(),
    actorId: uuid('actor_id').notNull(),
    address: text('address').notNull(),
    callerNumber: text('caller_number'),
    accessNumber: text('access_number'),
    serial: text('serial'),
    cardId: uuid('card_id'),
    attempts: integer('attempts').notNull(),
    lastAt: instant('last_at').notNull(),
  },
  (t) => [
    unique('failed_authentications_alike_key')
      .on(
        t.minute,
        t.reason,
        t.operation,
        t.actorId,
        t.address,
        t.callerNumber,
        t.accessNumber,
        t.serial,
        t.cardId,
      )
      .nullsNotDistinct(),
    index('failed_authentications_card_idx').on(t.cardId, t.id).where(sql`${t.cardId} IS NOT NULL`),
    index('failed_authentications_number_idx')
      .on(t.callerNumber, t.id)
      .where(sql`${t.callerNumber} IS NOT NULL`),
  ],
);

/** Alerts for people to look at, one for each subject in each window. */
export const securityAlerts = pgTable(
  'security_alerts',
  {
    id: id(),
    kind: securityAlertKind('kind').notNull(),
    subject: text('subject').notNull(),
    windowStart: instant('window_start').notNull(),
    at: instant('at').notNull(),
    message: text('message').notNull(),
    sourceKind: guessSourceKind('source_kind'),
    source: text('source'),
    cardId: uuid('card_id'),
    partnerId: uuid('partner_id'),
    actorId: uuid('actor_id'),
  },
  (t) => [
    uniqueIndex('security_alerts_once_key').on(t.kind, t.subject, t.windowStart),
    index('security_alerts_kind_idx').on(t.kind, t.id),
  ],
);

/** The last times at which the database's clock was known to be right, in one row: see jobs/clock-guard.ts. */
export const clockMarks = pgTable('clock_marks', {
  id: integer('id').primaryKey(),
  trustedAt: instant('trusted_at').notNull(),
  confirmedAt: instant('confirmed_at'),
});

/** The activity of partners by the hour, counted from the event log: see jobs/partner-watch.ts. */
export const partnerHours = pgTable(
  'partner_hours',
  {
    partnerId: uuid('partner_id').notNull(),
    hour: instant('hour').notNull(),
    recharges: integer('recharges').notNull(),
    /** In units of the partner's currency. */
    amount: numeric('amount').notNull(),
    replacements: integer('replacements').notNull(),
  },
  (t) => [primaryKey({ columns: [t.partnerId, t.hour] }), index('partner_hours_hour_idx').on(t.hour)],
);

/** The single row with the position up to which the event log was read for it. */
export const partnerWatch = pgTable(
  'partner_watch',
  {
    id: smallint('id').primaryKey(),
    position: bigint('position', { mode: 'bigint' }).notNull(),
  },
  (t) => [check('partner_watch_one_row', sql`${t.id} = 1`)],
);
