import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  CALL_STATES,
  type CallRefusalReason,
  type GrantLimit,
  type StoredAnswer,
} from '../../domain/calls/call.ts';
import { cards } from './cards.ts';
import { bytes, id, instant, micros } from './columns.ts';

export const callState = pgEnum('call_state', CALL_STATES);

/** How a call is rated, fixed when the call began: store/writer/call-rows.ts reads and writes its amounts. */
export interface RatingColumn {
  rateGroupId: string;
  prefix: string;
  destination: string;
  timeBand: string | null;
  ratePer1e8Minute: string;
  connectionFee: string;
  initialIncrementSeconds: number;
  incrementSeconds: number;
  freeSeconds: number;
  minimumCharge: string;
  surcharge: string;
  included: boolean;
  sliceSeconds: number;
  maxSeconds: number;
  maxCharge: string | null;
}

/** Calls that switches requested, including refused ones. See domain/calls/call.ts for their states. */
export const calls = pgTable(
  'calls',
  {
    id: id(),
    /** The scope of the switch's call id: a switch or a group of switches. */
    scope: text('call_scope').notNull().default('group:default'),
    switchCallId: text('switch_call_id').notNull(),
    fingerprint: bytes('fingerprint').notNull(),
    cardId: uuid('card_id')
      .notNull()
      .references(() => cards.id),
    batchId: uuid('batch_id').notNull(),
    partnerId: uuid('partner_id'),
    currency: text('currency').notNull(),
    number: text('number').notNull(),
    accessNumber: text('access_number'),
    state: callState('state').notNull(),
    refusal: text('refusal').$type<CallRefusalReason>(),
    /** The rated destination; null when the call was refused before it was rated. */
    destination: text('destination'),
    rating: jsonb('rating').$type<RatingColumn>(),
    requestNumber: integer('request_number').notNull(),
    answers: jsonb('answers').$type<readonly StoredAnswer[]>().notNull(),
    usedSeconds: integer('used_seconds').notNull(),
    grantedSeconds: integer('granted_seconds').notNull(),
    grantedLimit: text('granted_limit').$type<GrantLimit>().notNull(),
    held: micros('held').notNull(),
    charge: micros('charge').notNull(),
    surchargePosted: micros('surcharge_posted').notNull(),
    uncollected: micros('uncollected').notNull(),
    terminating: boolean('terminating').notNull(),
    usageDay: text('usage_day'),
    expiresAt: instant('expires_at'),
    authorizedAt: instant('authorized_at').notNull(),
    answeredAt: instant('answered_at'),
    endedAt: instant('ended_at'),
    settledAt: instant('settled_at'),
    hangupCause: text('hangup_cause'),
  },
  (t) => [
    uniqueIndex('calls_switch_call_id_key').on(t.scope, t.switchCallId),
    index('calls_switch_call_id_idx').on(t.switchCallId),
    /** For the erasure of a number. */
    index('calls_number_idx').on(t.number),
    index('calls_card_idx').on(t.cardId, t.id),
    index('calls_partner_idx').on(t.partnerId, t.id).where(sql`${t.partnerId} IS NOT NULL`),
    index('calls_in_progress_idx').on(t.id).where(sql`${t.state} = 'AUTHORIZED'`),
    index('calls_expiry_idx').on(t.expiresAt).where(sql`${t.state} = 'AUTHORIZED'`),
    check(
      'calls_held_in_progress_only',
      sql`${t.held} >= 0 AND (${t.state} = 'AUTHORIZED' OR ${t.held} = 0)`,
    ),
    check('calls_expire_in_progress_only', sql`(${t.state} = 'AUTHORIZED') = (${t.expiresAt} IS NOT NULL)`),
    check('calls_charge_not_negative', sql`${t.charge} >= 0 AND ${t.surchargePosted} >= 0`),
    check('calls_refused_has_reason', sql`(${t.state} = 'REFUSED') = (${t.refusal} IS NOT NULL)`),
  ],
);
