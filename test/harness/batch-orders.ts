import type { BatchOrder } from '../../src/domain/batches/batch-order.ts';
import { DEFAULT_PIN_FORMAT } from '../../src/domain/batches/pin-format.ts';

/** An order as the rules take it, with what a test leaves open. */
export function orderLike(changes: Partial<BatchOrder> & Pick<BatchOrder, 'rateGroupId'>): BatchOrder {
  return {
    name: 'Summer',
    type: 'STANDARD',
    quantity: 25_000,
    currency: 'EUR',
    faceValue: 5_000_000n,
    validityDays: 30,
    graceDays: 7,
    firstUseBy: null,
    maxConcurrentCalls: 1,
    callSurcharge: 0n,
    maxCallSeconds: null,
    fairUseDaySeconds: null,
    fairUseMonthSeconds: null,
    overflowRateGroupId: null,
    maxBoundNumbers: 5,
    language: 'en',
    partnerId: null,
    rechargeMin: null,
    rechargeMax: null,
    rechargeExtendsDays: null,
    firstUseFee: null,
    maintenanceFee: null,
    maintenanceEveryDays: null,
    replacementAllowed: true,
    replacementFee: null,
    lowBalanceThreshold: null,
    pinFormat: DEFAULT_PIN_FORMAT,
    serialPrefix: 'T',
    ...changes,
  };
}
