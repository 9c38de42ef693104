import { InvalidInput } from '../rejections/input.ts';
import { namesRealDay } from '../values/calendar.ts';
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
