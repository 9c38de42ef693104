import { cellCountProblem } from '../files/file-head.ts';
import { cellProblem } from '../files/file-problem.ts';
import type { DeckProblem, DeckProblemCode } from '../files/rate-deck-problem.ts';
import { MICROS_PER_UNIT, parseMicros } from '../values/money.ts';
import { MAX_DESTINATION_LENGTH, normaliseDestination, normalisePrefix } from './destination.ts';
import { readRatePer1e8Minute } from './rate-decimal.ts';
import type { DeckColumn, DeckHead } from './rate-deck-head.ts';
import type { Rate } from './rating.ts';

/** The most rows one deck may have. The longest retail lists have several hundred thousand. */
export const MAX_DECK_ROWS = 1_000_000;

/** An increment longer than a day is a typing error. */
const MAX_INCREMENT_SECONDS = 86_400;

/** The most a connection may cost, in micro-units: as much as a minute. */
const MAX_CONNECTION_FEE = 1_000_000n * MICROS_PER_UNIT;

const WHOLE_NUMBER = /^[0-9]{1,6}$/;
const ISO_DATE =
  /^((?:19|20|21)\d{2}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** A valid row. */
export interface DeckRate extends Omit<Rate, 'withdrawn'> {
  line: number;
}

export interface DeckDates {
  /** For rows without a date. */
  effectiveFrom: Date;
  /** Rows dated earlier take effect here: a deck that replaces another does not change the time before it. */
  notBefore: Date | null;
}

const EXPECTED = {
  prefix: ['BAD_PREFIX', 'Write 1 to 15 digits that begin with the country code, such as 39 or +39.'],
  destination: ['BAD_DESTINATION', `Write the name in 1 to ${MAX_DESTINATION_LENGTH} characters, in UTF-8.`],
  ratePerMinute: [
    'BAD_RATE',
    'Write a plain decimal with a point, up to eight decimals, up to a million: 0.0124416.',
  ],
  connectionFee: [
    'BAD_CONNECTION_FEE',
    'Write a plain decimal with a point, up to six decimals, up to a million, or nothing: 0.05.',
  ],
  initialIncrement: ['BAD_INCREMENT', 'Write whole seconds from 1 to 86400: 30.'],
  increment: ['BAD_INCREMENT', 'Write whole seconds from 1 to 86400: 6.'],
  effectiveFrom: ['BAD_EFFECTIVE_FROM', 'Write 2026-01-31 (midnight UTC) or 2026-01-31T00:00:00+01:00.'],
} as const satisfies Record<DeckColumn, readonly [DeckProblemCode, string]>;

/** Reads one row: the rate it gives, or everything that is wrong with it. */
export function readDeckRow(
  cells: readonly string[],
  { line, head, dates }: { line: number; head: DeckHead; dates: DeckDates },
): DeckRate | DeckProblem[] {
  const shapeProblem = cellCountProblem(cells, head, line);
  if (shapeProblem) return [shapeProblem];
  const problems: DeckProblem[] = [];
  const take = <Value>(column: DeckColumn, read: (cell: string) => Value | null, absent: Value): Value => {
    const header = head[column];
    if (!header) return absent;
    const cell = cells[header.index]?.trim() ?? '';
    const value = read(cell);
    if (value !== null) return value;
    const [code, message] = EXPECTED[column];
    problems.push(cellProblem(code, { line, column: header.name, value: cell, message }));
    return absent;
  };
  const row: DeckRate = {
    line,
    prefix: take('prefix', normalisePrefix, ''),
    destination: take('destination', readDestination, ''),
    ratePer1e8Minute: take('ratePerMinute', readRatePer1e8Minute, 0n),
    connectionFee: take('connectionFee', readConnectionFee, 0n),
    initialIncrementSeconds: take('initialIncrement', readIncrementSeconds, 1),
    incrementSeconds: take('increment', readIncrementSeconds, 1),
    effectiveFrom: take('effectiveFrom', (cell) => readEffectiveFrom(cell, dates), dates.effectiveFrom),
  };
  return problems.length > 0 ? problems : row;
}

/** Bytes that are not UTF-8 arrive as the replacement character: refused rather than stored. */
function readDestination(cell: string): string | null {
  return cell.includes('\ufffd') ? null : normaliseDestination(cell);
}

function readConnectionFee(cell: string): bigint | null {
  if (cell === '') return 0n;
  try {
    const fee = parseMicros(cell);
    return fee >= 0n && fee <= MAX_CONNECTION_FEE ? fee : null;
  } catch {
    return null;
  }
}

function readIncrementSeconds(cell: string): number | null {
  if (!WHOLE_NUMBER.test(cell)) return null;
  const seconds = Number(cell);
  return seconds >= 1 && seconds <= MAX_INCREMENT_SECONDS ? seconds : null;
}

function readEffectiveFrom(cell: string, { effectiveFrom, notBefore }: DeckDates): Date | null {
  if (cell === '') return effectiveFrom;
  const [, day] = ISO_DATE.exec(cell) ?? [];
  if (day === undefined || !isCalendarDay(day)) return null;
  const date = new Date(cell);
  if (Number.isNaN(date.getTime())) return null;
  return notBefore !== null && date < notBefore ? notBefore : date;
}

/** JavaScript reads 30 February as 2 March. */
function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
