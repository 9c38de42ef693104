import type { RechargedToday } from '../partners/recharged-today.ts';
import { CardIsVoucher } from '../rejections/vouchers.ts';

/** The stored part of a card's life. Its current state also depends on the time and the lock: see card-state.ts. */
export const CARD_STATUSES = ['INACTIVE', 'ACTIVE', 'IN_GRACE', 'DEACTIVATED', 'CLOSED'] as const;

export type CardStatus = (typeof CARD_STATUSES)[number];
export const LOCK_REASONS = ['OPERATOR', 'SUSPECTED_FRAUD', 'REPORTED_LOST', 'FAILED_ATTEMPTS'] as const;

export type LockReason = (typeof LOCK_REASONS)[number];

export interface Card extends RechargedToday {
  readonly id: string;
  readonly batchId: string;
  readonly partnerId: string | null;
  readonly serial: string;
  /** An imported card's index in its batch, from 0; null: it follows from the serial. */
  readonly batchIndex: number | null;
  /** Micro-units an imported card receives at its first activation; null: its batch's face value. */
  readonly faceValue: bigint | null;
  /**
   * Days of validity from the first use; 0: the first use begins none, and the card's own date stands, or it has no end;
   * null: its batch's.
   */
  readonly ownValidityDays: number | null;
  /** Days of grace; null: its batch's. */
  readonly ownGraceDays: number | null;
  /** How many numbers may be bound to it, and how many calls it may make at once; null: its batch's. */
  readonly ownMaxBoundNumbers: number | null;
  readonly ownMaxConcurrentCalls: number | null;
  readonly currency: string;
  readonly status: CardStatus;
  /** Micro-units of the currency: the whole balance, including what is held for calls. */
  readonly balance: bigint;
  /** Micro-units held for calls in progress. */
  readonly held: bigint;
  /** Calls authorized and not yet ended. */
  readonly callsInProgress: number;
  /** The last day (YYYY-MM-DD) on which seconds of its plan were counted; null: never. */
  readonly usageDay: string | null;
  /** Seconds of its plan used, or granted to calls in progress, on that day and in that month. */
  readonly usageDaySeconds: number;
  readonly usageMonthSeconds: number;
  /** Increases by one with every change; each transfer of the card has the version it made. */
  readonly version: number;
  readonly activatedAt: Date | null;
  readonly firstUsedAt: Date | null;
  /** Until the first use: the last date of first use, if the batch has one. After it: the end of validity. */
  readonly validUntil: Date | null;
  /** The end of the grace period; null exactly when validUntil is. */
  readonly graceUntil: Date | null;
  readonly lockedAt: Date | null;
  readonly lockReason: LockReason | null;
  /** When a lock ends automatically; null: only an operator ends it. */
  readonly unlockAt: Date | null;
  /** The partner who locked it; null: the operator, or the system. */
  readonly lockedById: string | null;
  /**
   * When the current period of the maintenance fee ends; null before the first use, and when the batch has no such fee.
   */
  readonly nextFeeAt: Date | null;
  /** When the expiry job must next process the card; null when time changes nothing about it. */
  readonly dueAt: Date | null;
  /** When it was closed; null: it is open. */
  readonly closedAt: Date | null;
  /** The card that replaced this one when it was lost. */
  readonly replacedById: string | null;
  /** The card that this one replaced. */
  readonly replacesId: string | null;
  readonly createdAt: Date;
}

export const CARD_TYPES = ['STANDARD', 'RECHARGEABLE', 'UNLIMITED', 'DISPOSABLE', 'VOUCHER'] as const;

export type CardType = (typeof CARD_TYPES)[number];

/** What all cards of a batch have in common. Only the last field may change after the batch was created. */
export interface BatchTerms {
  readonly id: string;
  readonly name: string;
  readonly type: CardType;
  readonly currency: string;
  /** Micro-units put on a card when it is activated for the first time. */
  readonly faceValue: bigint;
  /** Days of 24 hours from the first use; null: no end. */
  readonly validityDays: number | null;
  readonly graceDays: number;
  readonly maxBoundNumbers: number;
  readonly maxConcurrentCalls: number;
  /** The rate group whose rates and terms apply to its calls. */
  readonly rateGroupId: string;
  /** Micro-units charged for each answered call on top of its rate. */
  readonly callSurcharge: bigint;
  /** For an UNLIMITED card: the seconds that a call, a day and a month may take; null: no limit. */
  readonly maxCallSeconds: number | null;
  readonly fairUseDaySeconds: number | null;
  readonly fairUseMonthSeconds: number | null;
  /** The rates for an UNLIMITED card's calls beyond fair use or its list of destinations; null: they are refused. */
  readonly overflowRateGroupId: string | null;
  readonly language: string;
  /** Micro-units; null: the batch sets no limit. */
  readonly rechargeMin: bigint | null;
  readonly rechargeMax: bigint | null;
  /** Days a recharge adds to the validity, counted from the later of now and its current end; null: none. */
  readonly rechargeExtendsDays: number | null;
  /** Micro-units, taken at the first use; null: none. */
  readonly firstUseFee: bigint | null;
  /** Micro-units, taken at the end of each period after the first use; null: none. */
  readonly maintenanceFee: bigint | null;
  /** Days of 24 hours in a period of the maintenance fee; null exactly when there is none. */
  readonly maintenanceEveryDays: number | null;
  readonly replacementAllowed: boolean;
  /** Micro-units, taken from a card that is replaced; null: none. */
  readonly replacementFee: bigint | null;
  /** Whether its cards came from another system: their serials may have any form. */
  readonly isImported: boolean;
  /** Running number of the batch's first serial. */
  readonly serialStart: number;
  readonly serialPrefix: string;
  /** Micro-units: a card whose balance falls below raises an event; null: none does. */
  readonly lowBalanceThreshold: bigint | null;
}

/** Micro-units that may be spent or taken back: the balance less what is held for calls. */
export function available(card: Card): bigint {
  return card.balance - card.held;
}

/**
 * For operations on cards that make calls.
 *
 * @throws CardIsVoucher
 */
export function refuseVoucher({ serial }: Card, { type }: BatchTerms): void {
  if (type === 'VOUCHER') throw new CardIsVoucher({ serial });
}
