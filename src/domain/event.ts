/** What can happen. A type never changes its meaning; a new meaning gets a new type. */
export type EventType =
  | 'CARDS_ACTIVATED'
  | 'CARDS_DEACTIVATED'
  | 'CARD_FIRST_USED'
  | 'CARD_RECHARGED'
  | 'RECHARGE_REVERSED'
  | 'VOUCHER_REDEEMED'
  | 'CARD_BALANCE_ADJUSTED'
  | 'FEE_CHARGED'
  | 'LOW_BALANCE'
  | 'CARD_LOCKED'
  | 'CARD_UNLOCKED'
  | 'CARD_GRACE_STARTED'
  | 'CARD_CLOSED'
  | 'CALL_AUTHORIZED'
  | 'CALL_REFUSED'
  | 'CALL_EXTENDED'
  | 'CALL_COMPLETED'
  | 'CALL_CANCELLED'
  | 'CALL_ABANDONED'
  | 'CALL_TERMINATING'
  | 'CARD_REPLACED'
  | 'NUMBER_BOUND'
  | 'NUMBER_UNBOUND'
  | 'PARTNER_CREATED'
  | 'PARTNER_TOPPED_UP'
  | 'PARTNER_PAID'
  | 'PARTNER_CHANGED'
  | 'PARTNER_SUSPENDED'
  | 'PARTNER_RESUMED'
  | 'PARTNER_MOVED'
  | 'API_KEY_CREATED'
  | 'API_KEY_ROTATED'
  | 'API_KEY_REVOKED'
  | 'BATCH_CREATED'
  | 'BATCH_CHANGED'
  | 'BATCH_PROGRESS'
  | 'BATCH_EXPORTED'
  | 'RATES_IMPORTED'
  | 'CALL_TERMS_CHANGED'
  | 'CARDS_IMPORTED'
  | 'CARD_IMPORT_PROGRESS'
  | 'PINS_FAILED'
  | 'SECURITY_ALERT';

/** An event before it has a position. Payloads carry ids, amounts, balances and versions, never a PIN. */
export interface NewEvent {
  type: EventType;
  /** The API key, person or card that caused it, or SYSTEM_ACTOR for what runs by itself. */
  actorId: string;
  cardId?: string;
  batchId?: string;
  /** The partner who may see it. */
  partnerId?: string;
  /** Running numbers within the batch, both included, when it is about a range of cards. */
  fromNumber?: number;
  toNumber?: number;
  payload: Record<string, unknown>;
}

/** The actor of jobs and of the first start: the nil UUID. */
export const SYSTEM_ACTOR = '00000000-0000-0000-0000-000000000000';
