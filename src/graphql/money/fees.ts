import { CurrencyMismatch } from '../../domain/rejections/input.ts';
import { builder } from '../core/builder.ts';
import { Money, MoneyInput, type MoneyValue, readMoney } from '../core/money.ts';

interface Maintenance {
  readonly amount: MoneyValue;
  readonly everyDays: number;
}

export const MaintenanceFee = builder.objectRef<Maintenance>('MaintenanceFee').implement({
  description: 'A fee that a card pays at the end of each period after its first use, while it is ACTIVE.',
  fields: (t) => ({
    amount: t.expose('amount', {
      type: Money,
      description: 'The fee, or the whole balance if that is less.',
    }),
    everyDays: t.exposeInt('everyDays', { description: 'The length of a period in days of 24 hours.' }),
  }),
});

export const MaintenanceFeeInput = builder.inputType('MaintenanceFeeInput', {
  description: 'A fee that a card pays at the end of each period after its first use, while it is ACTIVE.',
  fields: (t) => ({
    amount: t.field({
      type: MoneyInput,
      required: true,
      description: "The fee in the batch's currency, which must be greater than zero.",
    }),
    everyDays: t.int({
      required: true,
      description: 'The length of a period in days of 24 hours, 1 to 36,500.',
    }),
  }),
});

/**
 * A batch's fee in micro-units; null when there is none.
 *
 * @throws InvalidAmount, CurrencyMismatch if the batch has another currency
 */
export function readFee(
  fee: { amount: string; currency: string } | null | undefined,
  batchCurrency: string,
): bigint | null {
  if (!fee) return null;
  const { micros, currency } = readMoney(fee);
  if (currency !== batchCurrency) throw new CurrencyMismatch({ expected: batchCurrency, given: currency });
  return micros;
}
