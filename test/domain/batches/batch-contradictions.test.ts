import { describe, expect, test } from 'vitest';
import type { BatchOrder } from '../../../src/domain/batches/batch-order.ts';
import { checkBatchOrder } from '../../../src/domain/batches/card-batch.ts';
import { InvalidInput } from '../../../src/domain/rejections/input.ts';
import { orderLike } from '../../harness/batch-orders.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const EURO = 1_000_000n;
const PLAIN = orderLike({ rateGroupId: 'group' });

function fieldRefused(given: Partial<BatchOrder>, options = {}): string | undefined {
  try {
    checkBatchOrder({ ...PLAIN, ...given }, NOW, options);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.data.field;
    throw error;
  }
}

const unlimited = { type: 'UNLIMITED', validityDays: null, graceDays: 0 } as const;
const voucher = { type: 'VOUCHER', validityDays: null, graceDays: 0 } as const;

describe('terms that contradict each other are refused by name', () => {
  test.each<[string, Partial<BatchOrder>]>([
    ['plan', unlimited],
    ['plan', { ...unlimited, maxCallSeconds: 60 }],
    ['plan.fairUseDaySeconds', { type: 'UNLIMITED', fairUseDaySeconds: 3_601, fairUseMonthSeconds: 3_600 }],
    ['plan.maxCallSeconds', { type: 'UNLIMITED', maxCallSeconds: 601, fairUseDaySeconds: 600 }],
    ['plan.maxCallSeconds', { type: 'UNLIMITED', maxCallSeconds: 601, fairUseMonthSeconds: 600 }],
    ['callSurcharge', { type: 'UNLIMITED', callSurcharge: 1n }],
    ['recharge.min', { rechargeMin: EURO }],
    ['recharge.max', { rechargeMax: EURO }],
    ['recharge.extendsValidityDays', { rechargeExtendsDays: 30 }],
    ['recharge.min', { type: 'DISPOSABLE', rechargeMin: EURO }],
    [
      'recharge.extendsValidityDays',
      { type: 'RECHARGEABLE', validityDays: null, graceDays: 0, rechargeExtendsDays: 30 },
    ],
    ['recharge.max', { type: 'RECHARGEABLE', rechargeMax: 0n }],
    ['recharge.max', { type: 'RECHARGEABLE', rechargeMin: 2n * EURO, rechargeMax: EURO }],
    ['recharge.extendsValidityDays', { type: 'RECHARGEABLE', rechargeExtendsDays: 0 }],
    ['recharge.min', { ...voucher, rechargeMin: EURO }],
    ['plan.maxCallSeconds', { type: 'UNLIMITED', maxCallSeconds: 0 }],
    ['recharge', { type: 'UNLIMITED', fairUseDaySeconds: 3_600, rechargeMax: 50n * EURO }],
    ['maxConcurrentCalls', { ...voucher, maxConcurrentCalls: 2 }],
    ['maxBoundNumbers', { ...voucher, maxBoundNumbers: 3 }],
    ['graceDays', { validityDays: null, graceDays: 7 }],
    ['graceDays', { ...voucher, graceDays: 7, firstUseBy: new Date('2027-01-01') }],
    ['firstUseFee', { ...voucher, firstUseFee: EURO }],
    ['maintenanceFee', { ...voucher, maintenanceFee: EURO, maintenanceEveryDays: 30 }],
    ['maxConcurrentCalls', { type: 'DISPOSABLE', maxConcurrentCalls: 2 }],
    ['faceValue', { faceValue: 0n }],
    ['faceValue', { type: 'DISPOSABLE', faceValue: 0n }],
    ['firstUseFee', { firstUseFee: 5n * EURO }],
    ['maintenanceFee', { maintenanceFee: 5n * EURO, maintenanceEveryDays: 7 }],
    ['replacement.fee', { replacementFee: 5n * EURO }],
    ['callSurcharge', { callSurcharge: 5n * EURO }],
    ['callSurcharge', { ...voucher, callSurcharge: 1n }],
    ['lowBalanceThreshold', { lowBalanceThreshold: 5n * EURO + 1n }],
    ['maintenanceFee.everyDays', { maintenanceFee: EURO, maintenanceEveryDays: 31 }],
    ['replacement.fee', { replacementAllowed: false, replacementFee: EURO }],
  ])('%s', (field, given) => {
    expect(fieldRefused(given)).toBe(field);
  });

  test.each<[string, Partial<BatchOrder>]>([
    ['unlimited calls for thirty days', { type: 'UNLIMITED' }],
    ['so many minutes a month, for ever', { ...unlimited, fairUseMonthSeconds: 36_000 }],
    [
      'a surcharge on the calls beyond a plan',
      { type: 'UNLIMITED', callSurcharge: 1n, overflowRateGroupId: 'g' },
    ],
    ['grace after the last date of first use', { validityDays: null, firstUseBy: new Date('2027-01-01') }],
    [
      'a fee that recharges keep due',
      {
        ...{ type: 'RECHARGEABLE', rechargeExtendsDays: 30 },
        ...{ maintenanceFee: EURO, maintenanceEveryDays: 60 },
      },
    ],
    ['recharges beyond a plan', { type: 'UNLIMITED', rechargeMax: EURO, overflowRateGroupId: 'g' }],
    ['recharges that extend a plan', { type: 'UNLIMITED', rechargeMin: EURO, rechargeExtendsDays: 30 }],
    ['a disposable card', { type: 'DISPOSABLE' }],
    ['a voucher', voucher],
  ])('but not %s', (_what, given) => {
    expect(fieldRefused(given)).toBeUndefined();
  });

  test('nor an import without validity, whose cards have their own', () => {
    const imported = {
      type: 'RECHARGEABLE',
      validityDays: null,
      graceDays: 7,
      rechargeExtendsDays: 30,
    } as const;
    expect(fieldRefused(imported, { isImport: true })).toBeUndefined();
    expect(fieldRefused({ rechargeMin: EURO }, { isImport: true })).toBe('recharge.min');
  });
});
