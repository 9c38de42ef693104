import { MAX_CALL_SECONDS } from '../calls/call-terms.ts';
import type { CardType } from '../cards/card.ts';
import { checkSerialPrefix } from '../cards/serial.ts';
import { InvalidAmount, InvalidInput } from '../rejections/input.ts';
import { formatMicros } from '../values/money.ts';
import { boundedText } from '../values/text.ts';
import { checkPinFormat, type PinFormat } from './pin-format.ts';

export type BatchState = 'PENDING' | 'GENERATING' | 'READY' | 'CANCELLED' | 'FAILED';

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

export const MAX_BATCH_QUANTITY = 10_000_000;
/** A hundred years. */
const MAX_DAYS = 36_500;
/** RFC 5646, 4.4.1: the number of characters that every implementation should support. */
const MAX_LANGUAGE = 35;

/**
 * Returns a valid order, with its texts trimmed.
 *
 * @throws InvalidInput, InvalidAmount with what is allowed.
 */
export function checkBatchOrder(order: BatchOrder, now: Date): BatchOrder {
  within('quantity', order.quantity, 1, MAX_BATCH_QUANTITY);
  notNegative(order.faceValue);
  within('validityDays', order.validityDays, 1, MAX_DAYS);
  within('graceDays', order.graceDays, 0, MAX_DAYS);
  within('maxConcurrentCalls', order.maxConcurrentCalls, 1, 1_000);
  notNegative(order.callSurcharge);
  within('maxCallSeconds', order.maxCallSeconds, 1, MAX_CALL_SECONDS);
  within('fairUseDaySeconds', order.fairUseDaySeconds, 1, 31 * MAX_CALL_SECONDS);
  within('fairUseMonthSeconds', order.fairUseMonthSeconds, 1, 31 * MAX_CALL_SECONDS);
  if (order.type !== 'UNLIMITED' && hasPlan(order)) {
    throw new InvalidInput({ field: 'plan', problem: 'is for UNLIMITED cards only: leave it out.' });
  }
  within('maxBoundNumbers', order.maxBoundNumbers, 0, 1_000);
  within('rechargeExtendsDays', order.rechargeExtendsDays, 1, MAX_DAYS);
  notNegative(order.rechargeMin);
  notNegative(order.rechargeMax);
  if (order.rechargeMin !== null && order.rechargeMax !== null && order.rechargeMin > order.rechargeMax) {
    throw new InvalidInput({ field: 'rechargeMax', problem: 'must not be less than rechargeMin.' });
  }
  positive(order.firstUseFee);
  positive(order.maintenanceFee);
  positive(order.replacementFee);
  positive(order.lowBalanceThreshold);
  within('maintenanceFee.everyDays', order.maintenanceEveryDays, 1, MAX_DAYS);
  if (order.firstUseBy !== null && order.firstUseBy <= now) {
    throw new InvalidInput({
      field: 'firstUseBy',
      problem: 'is in the past: leave it out or name a later time.',
    });
  }
  if (order.language.length > MAX_LANGUAGE || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(order.language)) {
    throw new InvalidInput({
      field: 'language',
      problem: 'must be a BCP 47 tag of up to 35 characters such as "en" or "pt-BR".',
    });
  }
  if (order.type === 'VOUCHER') checkVoucherOrder(order);
  checkPinFormat(order.pinFormat);
  checkSerialPrefix(order.serialPrefix);
  return { ...order, name: boundedText('name', order.name, 200) };
}

function hasPlan({
  maxCallSeconds,
  fairUseDaySeconds,
  fairUseMonthSeconds,
  overflowRateGroupId,
}: BatchOrder) {
  return [maxCallSeconds, fairUseDaySeconds, fairUseMonthSeconds, overflowRateGroupId].some(
    (term) => term !== null,
  );
}

/** A voucher has a value and optionally a last date of use. Terms that need a card in use are refused. */
function checkVoucherOrder(order: BatchOrder): void {
  if (order.faceValue === 0n) throw new InvalidAmount({ amount: '0' });
  for (const field of NOT_OF_VOUCHERS) {
    if (order[field] !== null) throw notOfVouchers(field);
  }
}

const NOT_OF_VOUCHERS = [
  'validityDays',
  'rechargeMin',
  'rechargeMax',
  'rechargeExtendsDays',
  'lowBalanceThreshold',
] as const;

function notOfVouchers(field: (typeof NOT_OF_VOUCHERS)[number]): InvalidInput {
  return new InvalidInput({ field, problem: 'does not apply to vouchers: leave it out.' });
}

/**
 * Checks the only term of a batch that may change.
 *
 * @param threshold micro-units; null: its cards raise no low-balance events
 * @throws InvalidInput, InvalidAmount
 */
export function checkLowBalanceThreshold(type: CardType, threshold: bigint | null): void {
  positive(threshold);
  if (threshold !== null && type === 'VOUCHER') throw notOfVouchers('lowBalanceThreshold');
}

function within(field: string, value: number | null, min: number, max: number): void {
  if (value === null || (Number.isInteger(value) && value >= min && value <= max)) return;
  throw new InvalidInput({ field, problem: `must be ${min} to ${max}.` });
}

function notNegative(micros: bigint | null): void {
  if (micros !== null && micros < 0n) throw new InvalidAmount({ amount: formatMicros(micros) });
}

function positive(micros: bigint | null): void {
  if (micros !== null && micros <= 0n) throw new InvalidAmount({ amount: formatMicros(micros) });
}
