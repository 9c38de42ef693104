import { DAY_MS } from '../../../domain/values/calendar.ts';
/** How a number is shown, as far as that changes what it says. */
export interface CellFormat {
  readonly isDate: boolean;
  /** The digits that a number is filled up to with zeros in front, as PINs are; 0 when it is not. */
  readonly digits: number;
}

const PLAIN: CellFormat = { isDate: false, digits: 0 };

/** Formats that every workbook has without saying so (ECMA-376, 18.8.30): those of dates and times. */
const BUILT_IN_DATES: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** @param code the format's code; undefined for a built-in format */
export function cellFormat(id: number, code: string | undefined): CellFormat {
  if (code === undefined) {
    return BUILT_IN_DATES.some(([from, to]) => id >= from && id <= to) ? { ...PLAIN, isDate: true } : PLAIN;
  }
  if (/^0{2,}$/.test(code)) return { isDate: false, digits: code.length };
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '');
  return { ...PLAIN, isDate: /[dmyhs]/i.test(bare) && !/general/i.test(bare) };
}

const DAYS_FROM_1900_TO_1904 = 1_462;

/**
 * The date that a spreadsheet counts in days: "2026-01-31", with its time when it has one. Null when it is none that a
 * calendar has: Excel counts a 29 February 1900.
 */
export function dateOfSerial(serial: number, isFrom1904: boolean): string | null {
  const days = isFrom1904 ? serial + DAYS_FROM_1900_TO_1904 : serial;
  if (days < 61 || days > 2_958_465) return null;
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.round((days * DAY_MS) / 1_000) * 1_000);
  const [day = '', time = ''] = instant.toISOString().split('T');
  return Number.isInteger(serial) ? day : `${day}T${time.slice(0, 8)}`;
}

/** Digits that a spreadsheet keeps of a number; the others are noise of binary floating point. */
const SIGNIFICANT_DIGITS = 15;

/**
 * Writes a stored number as the plain decimal that the spreadsheet shows: 1.2E-2 is 0.012, and 0.28999999999999998 is
 * 0.29. Null when it has more digits than a spreadsheet keeps, so that some were lost.
 */
export function plainNumber(stored: string, digits = 0): string | null {
  if (/^-?\d{16,}$/.test(stored)) return null;
  const number = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(number) || Math.abs(number) >= 1e15) return null;
  const [mantissa = '0', exponent = '0'] = number.toExponential(SIGNIFICANT_DIGITS - 1).split('e');
  const plain = shifted(mantissa.replace(/^-/, ''), Number(exponent)).padStart(digits, '0');
  return number < 0 ? `-${plain}` : plain;
}

/** Moves the point of "1.2345": by -2 it is 0.012345. */
function shifted(mantissa: string, exponent: number): string {
  const [whole = '', fraction = ''] = mantissa.split('.');
  const figures = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? '0'.repeat(1 - point) + figures : figures.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = padded.slice(at).replace(/0+$/, '');
  return decimals === '' ? padded.slice(0, at) : `${padded.slice(0, at)}.${decimals}`;
}
