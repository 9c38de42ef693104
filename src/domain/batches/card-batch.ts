import { MAX_CALL_SECONDS } from '../calls/call-terms.ts';
import { checkSerialPrefix } from '../cards/serial.ts';
import { InvalidAmount, InvalidInput } from '../rejections/input.ts';
import { MAX_TERM_DAYS } from '../values/calendar.ts';
import { formatMicros } from '../values/money.ts';
import { boundedText } from '../values/text.ts';
import { refuseContradictions, refuseIdleThreshold, type ThresholdTerms } from './batch-contradictions.ts';
import type { BatchOrder } from './batch-order.ts';
import { checkPinFormat } from './pin-format.ts';

export const BATCH_STATES = ['PENDING', 'GENERATING', 'READY', 'CANCELLED', 'FAILED'] as const;

export type BatchState = (typeof BATCH_STATES)[number];

export const MAX_BATCH_QUANTITY = 10_000_000;
/** A hundred years. */
/** RFC 5646, 4.4.1: the number of characters that every implementation should support. */
const MAX_LANGUAGE = 35;

/**
 * Returns a valid order, with its texts trimmed.
 *
 * @throws InvalidInput, InvalidAmount with what is allowed.
 */
export function checkBatchOrder(order: BatchOrder, now: Date, { isImport = false } = {}): BatchOrder {
  within('quantity', order.quantity, 1, MAX_BATCH_QUANTITY);
  notNegative(order.faceValue);
  within('validityDays', order.validityDays, 1, MAX_TERM_DAYS);
  within('graceDays', order.graceDays, 0, MAX_TERM_DAYS);
  within('maxConcurrentCalls', order.maxConcurrentCalls, 1, 1_000);
  notNegative(order.callSurcharge);
  within('plan.maxCallSeconds', order.maxCallSeconds, 1, MAX_CALL_SECONDS);
  within('plan.fairUseDaySeconds', order.fairUseDaySeconds, 1, 31 * MAX_CALL_SECONDS);
  within('plan.fairUseMonthSeconds', order.fairUseMonthSeconds, 1, 31 * MAX_CALL_SECONDS);
  if (order.type !== 'UNLIMITED' && hasPlan(order)) {
    throw new InvalidInput({ field: 'plan', problem: 'is for UNLIMITED cards only: leave it out.' });
  }
  within('maxBoundNumbers', order.maxBoundNumbers, 0, 1_000);
  within('recharge.extendsValidityDays', order.rechargeExtendsDays, 1, MAX_TERM_DAYS);
  notNegative(order.rechargeMin);
  notNegative(order.rechargeMax);
  if (order.rechargeMin !== null && order.rechargeMax !== null && order.rechargeMin > order.rechargeMax) {
    throw new InvalidInput({ field: 'recharge.max', problem: 'must not be less than recharge.min.' });
  }
  positive(order.firstUseFee);
  positive(order.maintenanceFee);
  positive(order.replacementFee);
  positive(order.lowBalanceThreshold);
  within('maintenanceFee.everyDays', order.maintenanceEveryDays, 1, MAX_TERM_DAYS);
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
  refuseContradictions(order, { isImport });
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

const NOT_OF_VOUCHERS = ['validityDays', 'lowBalanceThreshold', 'firstUseFee', 'maintenanceFee'] as const;

function notOfVouchers(field: (typeof NOT_OF_VOUCHERS)[number]): InvalidInput {
  return new InvalidInput({ field, problem: 'does not apply to vouchers: leave it out.' });
}

/**
 * Checks the only term of a batch that may change: its low-balance threshold in micro-units; null: its cards raise no
 * low-balance events.
 *
 * @throws InvalidInput, InvalidAmount
 */
export function checkLowBalanceThreshold(
  batch: ThresholdTerms,
  { isImport }: { readonly isImport: boolean },
): void {
  positive(batch.lowBalanceThreshold);
  if (batch.lowBalanceThreshold !== null && batch.type === 'VOUCHER')
    throw notOfVouchers('lowBalanceThreshold');
  if (!isImport) refuseIdleThreshold(batch);
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
