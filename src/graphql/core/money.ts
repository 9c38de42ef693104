import { formatMicros, parseMicros, refuseUnpayable } from '../../domain/values/money.ts';
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

type Amount<Column extends string, Micros> = { readonly [_ in Column]: Micros } & {
  readonly currency: string;
};

/** A money field: a column of the row, or a value computed from it, in the row's currency. */
export function moneyField<Column extends string>(
  column: Column,
  description: string,
): MoneyOptions<Amount<Column, bigint>>;
export function moneyField<Row>(
  micros: (row: Row) => bigint,
  description: string,
): MoneyOptions<Row & { readonly currency: string }>;
export function moneyField(
  amount: string | ((row: never) => bigint),
  description: string,
): MoneyOptions<Amount<string, bigint>> {
  const micros = typeof amount === 'string' ? (row: never) => row[amount] : amount;
  return {
    type: Money,
    description,
    resolve: (row) => ({ micros: micros(row as never), currency: row.currency }),
  };
}

/** The same for a nullable column or value. */
export function nullableMoneyField<Column extends string>(column: Column, description: string) {
  return {
    type: Money,
    nullable: true as const,
    description,
    resolve: (row: Amount<Column, bigint | null>): MoneyValue | null => {
      const micros = row[column] as bigint | null;
      return micros === null ? null : { micros, currency: row.currency };
    },
  };
}

interface MoneyOptions<Row> {
  readonly type: typeof Money;
  readonly description: string;
  readonly resolve: (row: Row) => MoneyValue;
}

export const MoneyInput = builder.inputType('MoneyInput', {
  description:
    'An amount of money. Amounts are never converted: the currency must match that of the card or wallet.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      required: true,
      description:
        'Units of the currency, with at most six decimals. An amount that is paid has at most those of its currency (ISO 4217): 10.50 EUR, 10 JPY.',
    }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'The currency of the amount.' }),
  }),
});

/**
 * An amount that a person pays or is paid: it has no more decimals than the currency. @throws InvalidAmount
 */
export function readPayment(given: { amount: string; currency: string }): MoneyValue {
  const money = readMoney(given);
  refuseUnpayable(money.micros, money.currency);
  return money;
}

/** @throws InvalidAmount when the amount cannot be parsed */
export function readMoney({ amount, currency }: { amount: string; currency: string }): MoneyValue {
  return { micros: parseMicros(amount), currency };
}
