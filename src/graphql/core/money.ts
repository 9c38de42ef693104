import { formatMicros, parseMicros } from '../../domain/values/money.ts';
import { builder } from './builder.ts';

export interface MoneyValue {
  /** Micro-units of the currency. */
  readonly micros: bigint;
  readonly currency: string;
}

export const Money = builder.objectRef<MoneyValue>('Money').implement({
  description: 'An exact amount of money in one currency.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description: 'Units of the currency, with two to six decimals.',
      resolve: ({ micros }) => formatMicros(micros),
    }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of the amount.' }),
  }),
});

export const MoneyInput = builder.inputType('MoneyInput', {
  description:
    'An amount of money. Amounts are never converted: the currency must be that of the card or wallet.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      required: true,
      description: 'Units of the currency, at most six decimals.',
    }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'The currency of the amount.' }),
  }),
});

/** @throws InvalidAmount when the amount can't be read. */
export function readMoney({ amount, currency }: { amount: string; currency: string }): MoneyValue {
  return { micros: parseMicros(amount), currency };
}
