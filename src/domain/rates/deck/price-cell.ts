import { readDecimal, scaled, type WrittenDecimal } from '../../values/decimal-text.ts';
import { MICROS_PER_UNIT } from '../../values/money.ts';
import { MAX_RATE_PER_1E8_MINUTE } from '../rate-decimal.ts';

/**
 * What a price is for: a minute in units of the currency, a minute in hundredths of it, or each increment. Connection
 * fees are in units or in hundredths too.
 */
export type PriceUnit = 'MINUTE' | 'CENTS_PER_MINUTE' | 'INCREMENT';

/** The most a connection may cost, in micro-units: as much as a minute. */
const MAX_CONNECTION_FEE = 1_000_000n * MICROS_PER_UNIT;

const RATE_DECIMALS = 8;
const MICRO_DECIMALS = 6;

/** The currencies that write themselves with a sign. */
const SIGNS: Readonly<Record<string, RegExp>> = {
  $: /^(USD|AUD|CAD|NZD|SGD|HKD|MXN|ARS|CLP|COP|TWD|JMD|BBD|BSD|BZD|TTD|XCD|FJD|GYD|LRD|NAD|SRD)$/,
  '€': /^EUR$/,
  '£': /^(GBP|EGP|LBP|SYP|SDG|SSP|FKP|GIP|SHP)$/,
  '¥': /^(JPY|CNY)$/,
  '₹': /^INR$/,
  '₦': /^NGN$/,
  '₱': /^PHP$/,
};

/** A pattern of a currency's sign. */
export const SIGN = `[${Object.keys(SIGNS).join('')}]`;
const PRICE = new RegExp(`^(${SIGN}|[A-Za-z]{3})?([+-]?[0-9.,]+(?:[eE][+-]?[0-9]+)?)(${SIGN}|[A-Za-z]{3})?$`);

/**
 * The number of a price such as "$0.0120", "0,012 €" or "USD 1.2E-2", as it is written; null when there is something
 * else, and 'CURRENCY' when its sign is that of another currency.
 */
export function bareNumber(cell: string, currency: string): string | 'CURRENCY' | null {
  const [match, before, number = '', behind] = PRICE.exec(cell.replace(/[\s\u00a0\u202f]+/g, '')) ?? [];
  if (match === undefined || (before !== undefined && behind !== undefined)) return null;
  const sign = before ?? behind;
  if (sign === undefined) return number;
  return isOwnSign(sign, currency) ? number : 'CURRENCY';
}

/** Whether a sign, or a code, may be that of the currency. */
export function isOwnSign(sign: string, currency: string): boolean {
  return SIGNS[sign] ? SIGNS[sign].test(currency) : sign.toUpperCase() === currency;
}

/**
 * The number without its sign; null when it is negative. What is below zero by less than a micro-unit is the noise of
 * numbers that were kept in floating point: 0.
 */
export function unsigned(number: string): string | null {
  if (!number.startsWith('-')) return number;
  const decimal = readDecimal(number.slice(1));
  return decimal && scaled(decimal, { decimals: MICRO_DECIMALS, rounding: 'DOWN' }) === 0n ? '0' : null;
}

/** 10^-8 of a unit per minute, rounded half up; null when it is no price or is above a million. */
export function readRatePerMinute(number: string, unit: PriceUnit, incrementSeconds: number): bigint | null {
  const decimal = readDecimal(number);
  if (!decimal) return null;
  const rate =
    unit === 'INCREMENT'
      ? perMinute(decimal, incrementSeconds)
      : rounded(inUnit(decimal, unit), RATE_DECIMALS);
  return rate !== null && rate <= MAX_RATE_PER_1E8_MINUTE ? rate : null;
}

/** Micro-units, rounded half up; null when it is no fee or is above a million. */
export function readFee(number: string, unit: PriceUnit): bigint | null {
  const decimal = readDecimal(number);
  const fee = decimal && rounded(inUnit(decimal, unit), MICRO_DECIMALS);
  return fee !== null && fee <= MAX_CONNECTION_FEE ? fee : null;
}

function inUnit({ figures, exponent }: WrittenDecimal, unit: PriceUnit): WrittenDecimal {
  return { figures, exponent: unit === 'CENTS_PER_MINUTE' ? exponent - 2 : exponent };
}

/** In floating point, 0.3 may be 0.30000000000000004, and 0 may be 1.7763568394002505e-15: less than a step is nothing. */
function rounded(decimal: WrittenDecimal, decimals: number): bigint | null {
  if (scaled(decimal, { decimals, rounding: 'DOWN' }) === 0n) return 0n;
  return scaled(decimal, { decimals, rounding: 'HALF_UP' });
}

/** Further decimals with which a price of an increment is divided before it is rounded. */
const GUARD_DECIMALS = 6;

function perMinute({ figures, exponent }: WrittenDecimal, incrementSeconds: number): bigint | null {
  const decimals = RATE_DECIMALS + GUARD_DECIMALS;
  const minute = scaled({ figures: figures * 60n, exponent }, { decimals, rounding: 'DOWN' });
  const divisor = BigInt(incrementSeconds) * 10n ** BigInt(GUARD_DECIMALS);
  return minute === null ? null : (minute + divisor / 2n) / divisor;
}
