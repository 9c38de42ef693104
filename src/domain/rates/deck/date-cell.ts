/** In which order a file writes day, month and year in numbers. */
export type DateOrder = 'DMY' | 'MDY' | 'YMD';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAMES = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const TIME =
  /^(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(am|pm)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/;
const SHORT_YEAR_FIRST = /^(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/;
const DAY_NAME = /^(\d{1,2})[ /-]*([a-z]{3,9})\.?,?[ /-]*(\d{4}|\d{2})(?!\d)/i;
const NAME_DAY = /^([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})(?!\d)/i;

/** What stands for no date. */
const NO_DATE = /^(?:|-|n\/?a|null|\\n|none|0000-00-00.*|0001-01-01.*)$/i;

/** What an instant in a cell says. */
export interface CellDate {
  readonly instant: Date;
  /** Whether it has no time of day, and so stands for a whole day. */
  readonly isDay: boolean;
}

/**
 * Reads a date as spreadsheets write it: 2026-01-31, 31/01/2026 with a declared order, 31-Jan-2026, each with a time or
 * without; without an offset it is in UTC. Null: none is written. Undefined: it can't be read, or not without knowing
 * the order.
 */
export function readDate(cell: string, order: DateOrder | null): CellDate | null | undefined {
  if (NO_DATE.test(cell)) return null;
  const day = readDay(cell, order);
  if (!day) return undefined;
  const [year, month, date] = day.numbers;
  const midnight = Date.UTC(year, month - 1, date);
  const isReal = new Date(midnight).getUTCMonth() === month - 1 && new Date(midnight).getUTCDate() === date;
  const offset = isReal && year >= 1900 ? readTime(cell.slice(day.length)) : undefined;
  if (offset === undefined) return undefined;
  return { instant: new Date(midnight + (offset ?? 0)), isDay: offset === null };
}

type DayNumbers = readonly [year: number, month: number, date: number];

function readDay(cell: string, order: DateOrder | null): { numbers: DayNumbers; length: number } | null {
  const found = (match: RegExpExecArray, year: string, month: number, date: string) => ({
    numbers: [fullYear(year), month, Number(date)] as const,
    length: match[0].length,
  });
  const first = YEAR_FIRST.exec(cell);
  if (first) return found(first, first[1] ?? '', Number(first[3]), first[4] ?? '');
  const named = DAY_NAME.exec(cell);
  if (named) return found(named, named[3] ?? '', monthOf(named[2] ?? ''), named[1] ?? '');
  const american = NAME_DAY.exec(cell);
  if (american) return found(american, american[3] ?? '', monthOf(american[1] ?? ''), american[2] ?? '');
  if (order === 'YMD') {
    const short = SHORT_YEAR_FIRST.exec(cell);
    if (short) return found(short, short[1] ?? '', Number(short[3]), short[4] ?? '');
    const compact = COMPACT.exec(cell);
    return compact && found(compact, compact[1] ?? '', Number(compact[2]), compact[3] ?? '');
  }
  const numbers = order === null ? null : NUMBERS.exec(cell);
  if (!numbers) return null;
  const [, one = '', , two = '', year = ''] = numbers;
  return order === 'DMY' ? found(numbers, year, Number(two), one) : found(numbers, year, Number(one), two);
}

/** Zero for a word that is no month. */
function monthOf(word: string): number {
  const lower = word.toLowerCase();
  if (lower.length > 4 && !MONTH_NAMES.includes(lower)) return 0;
  return MONTHS.indexOf(lower.slice(0, 3)) + 1;
}

/** Two digits are a year from 1969 to 2068, as in POSIX (strptime, %y). */
function fullYear(year: string): number {
  if (year.length > 2) return Number(year);
  return Number(year) + (Number(year) < 69 ? 2000 : 1900);
}

/** The time of day in milliseconds, in UTC; null when there is none, undefined when it can't be read. */
function readTime(rest: string): number | null | undefined {
  const match = TIME.exec(rest);
  if (!match) return undefined;
  const [, hours, minutes = '0', seconds = '0', fraction = '', half, zone] = match;
  if (hours === undefined) return zone === undefined ? null : undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/pm/i.test(half) ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + milliseconds - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
