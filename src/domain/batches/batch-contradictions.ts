import type { CardType } from '../cards/card.ts';
import { InvalidInput } from '../rejections/input.ts';
import { type BatchOrder, DEFAULT_MAX_BOUND_NUMBERS } from './batch-order.ts';

/** Terms that can't both be meant: the field to change, and why. */
interface Contradiction {
  readonly field: string;
  readonly problem: string;
  /** Whether it is none in an import, whose cards may each have a validity and a balance of their own. */
  readonly dependsOnCards?: true;
  isIn(order: BatchOrder): boolean;
}

const NEVER_RECHARGED: readonly CardType[] = ['STANDARD', 'DISPOSABLE', 'VOUCHER'];
/** Cards that have their face value and nothing else. */
const isOfOneValue = ({ type }: Pick<BatchOrder, 'type'>) => type === 'STANDARD' || type === 'DISPOSABLE';
const RECHARGE_TERMS = {
  rechargeMin: 'min',
  rechargeMax: 'max',
  rechargeExtendsDays: 'extendsValidityDays',
} as const;

export type ThresholdTerms = Pick<BatchOrder, 'type' | 'faceValue' | 'lowBalanceThreshold'>;

const IDLE_THRESHOLD = {
  field: 'lowBalanceThreshold',
  problem: "is above the face value of cards that can't be recharged: no card falls below it.",
  dependsOnCards: true,
  isIn: (batch: ThresholdTerms) => isOfOneValue(batch) && isMore(batch.lowBalanceThreshold, batch.faceValue),
} as const;

/**
 * Each term is valid by itself, and one makes another meaningless, or makes the cards free or worthless. Nobody orders
 * that on purpose: accepted silently, it shows when the cards are printed and sold.
 */
const CONTRADICTIONS: readonly Contradiction[] = [
  {
    field: 'plan',
    problem:
      'is needed for an UNLIMITED batch without validityDays: without both, its cards call free of charge for ever. Set validityDays, or a limit for the day or the month.',
    dependsOnCards: true,
    isIn: (order) =>
      order.type === 'UNLIMITED' &&
      order.validityDays === null &&
      order.fairUseDaySeconds === null &&
      order.fairUseMonthSeconds === null,
  },
  {
    field: 'plan.fairUseDaySeconds',
    problem: 'is more than fairUseMonthSeconds allows: the limit of a day would never be reached.',
    isIn: ({ fairUseDaySeconds, fairUseMonthSeconds }) => isMore(fairUseDaySeconds, fairUseMonthSeconds),
  },
  {
    field: 'plan.maxCallSeconds',
    problem: 'is more than the limit of a day or a month allows: leave it out, or choose less.',
    isIn: ({ maxCallSeconds, fairUseDaySeconds, fairUseMonthSeconds }) =>
      isMore(maxCallSeconds, fairUseDaySeconds) || isMore(maxCallSeconds, fairUseMonthSeconds),
  },
  {
    field: 'callSurcharge',
    problem:
      'is never charged: the calls of an UNLIMITED card are free, and without plan.overflowRateGroupId there are no others.',
    isIn: ({ type, callSurcharge, overflowRateGroupId }) =>
      type === 'UNLIMITED' && callSurcharge > 0n && overflowRateGroupId === null,
  },
  ...(['rechargeMin', 'rechargeMax', 'rechargeExtendsDays'] as const).map((term) => ({
    field: `recharge.${RECHARGE_TERMS[term]}`,
    problem: 'does not apply: only RECHARGEABLE and UNLIMITED cards can be recharged. Leave it out.',
    isIn: (order: BatchOrder) => NEVER_RECHARGED.includes(order.type) && order[term] !== null,
  })),
  {
    field: 'recharge.max',
    problem: 'is zero: no recharge would be possible. Leave it out, or choose an amount above zero.',
    isIn: ({ rechargeMax }) => rechargeMax === 0n,
  },
  {
    field: 'recharge',
    problem:
      'serves nothing: the calls of an UNLIMITED card are free, so without plan.overflowRateGroupId, extendsValidityDays or a maintenance fee nothing uses up what is recharged. Set one, or leave it out.',
    isIn: (order) =>
      order.type === 'UNLIMITED' &&
      (order.rechargeMin !== null || order.rechargeMax !== null) &&
      order.rechargeExtendsDays === null &&
      order.overflowRateGroupId === null &&
      order.maintenanceFee === null,
  },
  {
    field: 'recharge.extendsValidityDays',
    problem: 'extends nothing: the validity of this batch never ends. Set validityDays, or leave it out.',
    dependsOnCards: true,
    isIn: ({ rechargeExtendsDays, validityDays }) => rechargeExtendsDays !== null && validityDays === null,
  },
  {
    field: 'graceDays',
    problem: 'does not apply to vouchers, which have no use after their last date: leave it out.',
    isIn: ({ type, graceDays }) => type === 'VOUCHER' && graceDays > 0,
  },
  {
    field: 'graceDays',
    problem: 'follows nothing: the cards have neither validityDays nor firstUseBy. Set one, or leave it out.',
    dependsOnCards: true,
    isIn: ({ graceDays, validityDays, firstUseBy }) =>
      graceDays > 0 && validityDays === null && firstUseBy === null,
  },
  {
    field: 'maxConcurrentCalls',
    problem: 'must be 1: a DISPOSABLE card makes one call.',
    isIn: ({ type, maxConcurrentCalls }) => type === 'DISPOSABLE' && maxConcurrentCalls > 1,
  },
  {
    field: 'maxConcurrentCalls',
    problem: 'does not apply to vouchers, which make no calls: leave it out.',
    isIn: ({ type, maxConcurrentCalls }) => type === 'VOUCHER' && maxConcurrentCalls > 1,
  },
  {
    field: 'maxBoundNumbers',
    problem: 'does not apply to vouchers, for which no number stands: leave it out.',
    isIn: ({ type, maxBoundNumbers }) =>
      type === 'VOUCHER' && maxBoundNumbers !== 0 && maxBoundNumbers !== DEFAULT_MAX_BOUND_NUMBERS,
  },
  {
    field: 'faceValue',
    problem: "is zero, and the cards can't be recharged: nobody could call with them.",
    dependsOnCards: true,
    isIn: (order) => isOfOneValue(order) && order.faceValue === 0n,
  },
  ...(['firstUseFee', 'maintenanceFee', 'replacementFee', 'callSurcharge'] as const).map((fee) => ({
    field: fee === 'replacementFee' ? 'replacement.fee' : fee,
    problem: "takes the whole face value of cards that can't be recharged: nobody could call with them.",
    dependsOnCards: true as const,
    isIn: (order: BatchOrder) => isOfOneValue(order) && reaches(order[fee], order.faceValue),
  })),
  {
    field: 'callSurcharge',
    problem: 'does not apply to vouchers, which make no calls: leave it out.',
    isIn: ({ type, callSurcharge }) => type === 'VOUCHER' && callSurcharge > 0n,
  },
  IDLE_THRESHOLD,
  {
    field: 'maintenanceFee.everyDays',
    problem: 'is longer than the validity, so the fee would never be charged: choose fewer days.',
    dependsOnCards: true,
    isIn: ({ maintenanceEveryDays, validityDays, rechargeExtendsDays }) =>
      rechargeExtendsDays === null && isMore(maintenanceEveryDays, validityDays),
  },
  {
    field: 'replacement.fee',
    problem:
      'is never charged: the cards of this batch are not replaced. Leave it out, or allow replacements.',
    isIn: ({ replacementAllowed, replacementFee }) => !replacementAllowed && replacementFee !== null,
  },
];

/** Refuses a low-balance threshold that no card of a batch falls below. @throws InvalidInput */
export function refuseIdleThreshold(batch: ThresholdTerms): void {
  const { field, problem } = IDLE_THRESHOLD;
  if (IDLE_THRESHOLD.isIn(batch)) throw new InvalidInput({ field, problem });
}

/** @throws InvalidInput for the first contradiction */
export function refuseContradictions(order: BatchOrder, { isImport }: { isImport: boolean }): void {
  const found = CONTRADICTIONS.find((each) => !(isImport && each.dependsOnCards) && each.isIn(order));
  if (found) throw new InvalidInput({ field: found.field, problem: found.problem });
}

function reaches(amount: bigint | null, faceValue: bigint): boolean {
  return amount !== null && amount >= faceValue;
}

function isMore<Value extends number | bigint>(value: Value | null, limit: Value | null): boolean {
  return value !== null && limit !== null && value > limit;
}
