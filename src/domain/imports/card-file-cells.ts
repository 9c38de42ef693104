import { InvalidInput } from '../rejections/input.ts';
import { namesRealDay } from '../values/calendar.ts';
import { readDecimal, scaled } from '../values/decimal-text.ts';
import { MAX_AMOUNT_MICROS } from '../values/money.ts';
import { withoutDecimals } from '../values/whole-number.ts';

/** What databases write for no value and for no end: MySQL's NULL and zero date, VOS3000's largest number. */
const NOTHING = new Set(['', '\\n', 'null', '0', '-1', '9223372036854775807']);

const ISO_INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;
const EPOCH_MS = /^\d{12,14}$/;

/** @returns undefined when it is not a time */
export function readInstant(written: string, utcOffset: string): Date | null | undefined {
  const cell = withoutDecimals(written);
  if (NOTHING.has(cell.toLowerCase()) || cell.startsWith('0000-00-00')) return null;
  if (EPOCH_MS.test(cell)) return new Date(Number(cell));
  const [, day, minutes = '00:00', seconds = ':00', fraction = '', offset = utcOffset] =
    ISO_INSTANT.exec(cell) ?? [];
  if (day === undefined || !namesRealDay(day)) return undefined;
  const instant = new Date(`${day}T${minutes}${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/**
 * Micro-units; null: the cell is empty; undefined: not an amount, or one below zero. It may have been kept in floating
 * point, with or without an exponent: it is rounded half up at the sixth decimal. What is left below zero by less than a
 * micro-unit is the noise of such numbers: 0, like 1.7763568394002505e-15.
 */
export function readBalance(cell: string): bigint | null | undefined {
  if (cell === '' || cell === '\\N' || cell.toUpperCase() === 'NULL') return null;
  const isNegative = cell.startsWith('-');
  const decimal = readDecimal(isNegative ? cell.slice(1) : cell);
  const micros = decimal && scaled(decimal, { decimals: 6, rounding: isNegative ? 'DOWN' : 'HALF_UP' });
  if (micros === null || micros > MAX_AMOUNT_MICROS) return undefined;
  return isNegative && micros > 0n ? undefined : micros;
}

/** The cell's text; empty when it has what databases write for no value. */
export function readText(cell: string): string {
  return cell === '\\N' || cell.toUpperCase() === 'NULL' ? '' : cell;
}

/** @returns undefined when it is neither yes nor no */
export function readFlag(cell: string): boolean | undefined {
  const word = withoutDecimals(cell.toLowerCase());
  if (['', '\\n', 'null', '0', 'no', 'false', 'f', 'n', 'off'].includes(word)) return false;
  if (['yes', 'true', 't', 'y', 'on'].includes(word) || /^[1-9]\d{0,3}$/.test(word)) return true;
  return undefined;
}

/** @throws InvalidInput when it is not an offset such as "+02:00" or "Z". */
export function readUtcOffset(utcOffset: string): string {
  if (/^(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(utcOffset)) return utcOffset;
  throw new InvalidInput({ field: 'utcOffset', problem: 'must be Z or an offset such as +02:00.' });
}
