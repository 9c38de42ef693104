import { AmountNotPayable, InvalidAmount } from '../rejections/input.ts';
import { BalanceTooLarge } from '../rejections/recharges.ts';
import { minorDigits } from './currency.ts';

/** Micro-units in one unit of any currency: 10.00 EUR is 10_000_000n. */
export const MICROS_PER_UNIT = 1_000_000n;

/**
 * The most one amount may be, in micro-units: one billion units, so that a balance of thousands of them still fits
 * int8.
 */
export const MAX_AMOUNT_MICROS = 1_000_000_000n * MICROS_PER_UNIT;

/** Micro-units as text, for JSON, whose numbers are floats: units with at least two and at most six decimals. */
export type DecimalAmount = `${number}`;
/**
 * The most a card or a wallet may have, in micro-units: one trillion units. Money that comes in beyond it is refused;
 * money that returns from a call is not, and still fits int8.
 */
export const MAX_BALANCE_MICROS = 1_000n * MAX_AMOUNT_MICROS;

/** A balance after money was added, micro-units. @throws BalanceTooLarge */
export function increased(balance: bigint, amount: bigint, currency: string): bigint {
  const after = balance + amount;
  if (amount <= 0n || after <= MAX_BALANCE_MICROS) return after;
  throw new BalanceTooLarge({ limit: formatMicros(MAX_BALANCE_MICROS), currency });
}

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/;

/**
 * Reads an amount such as "10", "9.95" or "-0.000001" as micro-units.
 *
 * @throws InvalidAmount when it is not a plain decimal, has more than six decimals or is larger than one billion.
 */
export function parseMicros(amount: string): bigint {
  const match = DECIMAL.exec(amount);
  if (!match) throw new InvalidAmount({ amount });
  const [, sign, units = '', fraction = ''] = match;
  const micros = BigInt(units) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0'));
  if (micros > MAX_AMOUNT_MICROS) throw new InvalidAmount({ amount });
  return sign ? -micros : micros;
}

/**
 * Refuses an amount that nobody can pay, such as 10.50 JPY. Prices and charges have more decimals than money; what a
 * person pays or is paid does not.
 *
 * @throws AmountNotPayable
 */
export function refuseUnpayable(micros: bigint, currency: string): void {
  const decimals = minorDigits(currency);
  if (micros % 10n ** BigInt(6 - decimals) === 0n) return;
  throw new AmountNotPayable({ amount: formatMicros(micros), currency, decimals });
}

/** Reads back what formatMicros wrote: a balance may be larger than any one amount. */
export function readMicros(written: DecimalAmount): bigint {
  const [units = '', fraction = ''] = written.replace('-', '').split('.');
  const micros = BigInt(units) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0'));
  return written.startsWith('-') ? -micros : micros;
}

/** Writes micro-units as a decimal with at least two and at most six decimals: 10_500_000n is "10.50". */
export function formatMicros(micros: bigint): DecimalAmount {
  const sign = micros < 0n ? '-' : '';
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${sign}${digits.slice(0, -6)}.${fraction}` as DecimalAmount;
}
