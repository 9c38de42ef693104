import type { CardType } from '../cards/card.ts';
import type { PinFormat } from './pin-format.ts';

/** What a batch allows that says nothing of it. */
export const DEFAULT_MAX_BOUND_NUMBERS = 5;

/** The terms of a batch as ordered. */
export interface BatchOrder {
  readonly name: string;
  readonly type: CardType;
  readonly quantity: number;
  readonly currency: string;
  /** Micro-units. */
  readonly faceValue: bigint;
  readonly validityDays: number | null;
  readonly graceDays: number;
  readonly firstUseBy: Date | null;
  readonly maxConcurrentCalls: number;
  readonly maxBoundNumbers: number;
  /** Micro-units charged for each answered call on top of its rate. */
  readonly callSurcharge: bigint;
  /** For an UNLIMITED batch; null: no limit. */
  readonly maxCallSeconds: number | null;
  readonly fairUseDaySeconds: number | null;
  readonly fairUseMonthSeconds: number | null;
  readonly overflowRateGroupId: string | null;
  readonly language: string;
  readonly rateGroupId: string;
  readonly partnerId: string | null;
  /** Micro-units. */
  readonly rechargeMin: bigint | null;
  readonly rechargeMax: bigint | null;
  readonly rechargeExtendsDays: number | null;
  /** Micro-units; null: none. */
  readonly firstUseFee: bigint | null;
  /** Micro-units; null: none. */
  readonly maintenanceFee: bigint | null;
  /** Null exactly when there is no maintenance fee. */
  readonly maintenanceEveryDays: number | null;
  readonly replacementAllowed: boolean;
  /** Micro-units; null: none. */
  readonly replacementFee: bigint | null;
  /** Micro-units; a card whose balance falls below raises an event. Null: no card does. */
  readonly lowBalanceThreshold: bigint | null;
  readonly pinFormat: PinFormat;
  readonly serialPrefix: string;
}
