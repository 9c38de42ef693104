import { cellCountProblem } from '../../files/file-head.ts';
import type { DeckProblem } from '../../files/rate-deck-problem.ts';
import { DAY_MS } from '../../values/calendar.ts';
import type { DecimalMarks } from '../../values/decimal-marks.ts';
import { normalizeDestination } from '../destination.ts';
import type { Rate } from '../rating.ts';
import { DeckCells } from './deck-cells.ts';
import type { DeckHead } from './deck-head.ts';
import { DECK_PRESETS } from './deck-preset.ts';
import type { DeckReading } from './deck-reading.ts';
import { readDestinationMark } from './destination-mark.ts';
import { atLeastOne, type Increments, readIncrements, readSeconds } from './increment-cell.ts';
import { type Offer, readBarred, readOffer } from './offer-cell.ts';
import { readPrefixes } from './prefix-cell.ts';
import { bareNumber, readFee, readRatePerMinute, unsigned } from './price-cell.ts';

/** The most rates one deck may have. The longest retail lists have several hundred thousand. */
export const MAX_DECK_ROWS = 1_000_000;

/** A valid rate. A row may give several, one for each of its prefixes. */
export interface DeckRate extends Rate {
  line: number;
  /** The date in the file, before it was moved to the deck's: the later of two that were moved applies. */
  datedFrom: Date;
}

export interface DeckDates {
  /** For rows without a date. */
  effectiveFrom: Date;
  /** Rows dated earlier take effect here: a deck that replaces another does not change the time before it. */
  notBefore: Date | null;
}

/** Everything a row is read by. */
export interface DeckRules {
  readonly reading: DeckReading;
  readonly dates: DeckDates;
  readonly marks: DecimalMarks;
}

/** Reads one row: the rates it gives, or everything that is wrong with it. */
export function readDeckRow(
  cells: readonly string[],
  { line, head, rules }: { line: number; head: DeckHead; rules: DeckRules },
): DeckRate[] | DeckProblem[] {
  const shapeProblem = cellCountProblem(cells, head, line);
  if (shapeProblem) return [shapeProblem];
  for (const column of head.unread) column.see(cells[column.index] ?? '', line);
  const row = new DeckCells(cells, line, head);
  const prefixes = prefixesOf(row);
  const offer = offerOf(row);
  checkCurrency(row, rules.reading);
  const destination = destinationOf(row);
  const increments = incrementsOf(row, rules.reading);
  const prices = pricesOf(row, { rules, offer, increments });
  const dates = datesOf(row, rules);
  if (row.problems.length > 0) return row.problems;
  const terms = {
    line,
    ...prices,
    initialIncrementSeconds: increments.initial,
    incrementSeconds: increments.next,
    effectiveFrom: dates.from,
    effectiveTo: dates.hasEnded ? null : dates.to,
    datedFrom: dates.datedFrom,
    withdrawn: offer === 'WITHDRAWN',
    barred: offer === 'BARRED' || (dates.hasEnded && offer !== 'WITHDRAWN'),
  };
  return prefixes.map((prefix) => ({ prefix, destination: destination || `+${prefix}`, ...terms }));
}

function prefixesOf(row: DeckCells): string[] {
  if (row.has('areaCodes')) {
    const country = row.text('countryCode').replace(/^(?:\+|00)/, '');
    if (!/^[1-9]\d{0,6}$/.test(country)) {
      row.bad('countryCode', 'BAD_COUNTRY_CODE', 'Write a country code in digits: 39.');
      return [];
    }
    return readPrefixes(row.text('areaCodes'), country) ?? badPrefixes(row, 'areaCodes');
  }
  const prefixes = readPrefixes(row.text('prefix')) ?? badPrefixes(row, 'prefix');
  const [, country] = /^(?:\+|00)?([1-9]\d{0,6})$/.exec(row.text('countryCode')) ?? [];
  if (country !== undefined && prefixes.some((prefix) => !prefix.startsWith(country))) {
    const message = `The prefix does not begin with the country code ${country}: map its column as areaCodes when it lacks it.`;
    row.bad('prefix', 'BAD_COUNTRY_CODE', message);
  }
  return prefixes;
}

function badPrefixes(row: DeckCells, column: 'prefix' | 'areaCodes'): string[] {
  const message =
    'Write 1 to 15 digits that begin with the country code, such as 39 or +39; several as 1201;1202 or 1201-1205.';
  row.bad(column, 'BAD_PREFIX', message);
  return [];
}

const MAYBE_NOT_SOLD =
  'The name has a word that may say that the prefix is not sold: rename it, or say in a column "status" whether it is open or blocked.';

/** The first that a column says is meant. */
const OFFERS: readonly Offer[] = ['BARRED', 'WITHDRAWN', 'OFFERED'];

/** What the row is barred by wins, whichever column says it. */
function offerOf(row: DeckCells): Offer {
  const status = readOffer(row.text('status'), row.name('status'));
  if (status === null) {
    const message =
      'Write Blocked or Closed for a prefix that is not sold, Deleted for one no longer listed, or nothing.';
    row.bad('status', 'BAD_STATUS', message);
  }
  const flag = readBarred(row.text('barred'));
  if (flag === null)
    row.bad('barred', 'BAD_STATUS', 'Write 1 or yes for a prefix that is not sold, 0 or no.');
  const mark = readDestinationMark(row.text('destination'));
  const isToldSold = row.text('status') !== '' || row.text('barred') !== '';
  if (mark === null && !isToldSold) row.bad('destination', 'BAD_DESTINATION', MAYBE_NOT_SOLD);
  const said = [flag ?? 'OFFERED', status ?? 'OFFERED', mark ?? 'OFFERED'];
  return OFFERS.find((offer) => said.includes(offer)) ?? 'OFFERED';
}

function checkCurrency(row: DeckCells, { currency }: DeckReading): void {
  const written = row.text('currency').toUpperCase();
  if (written === '' || written === currency) return;
  row.bad(
    'currency',
    'BAD_CURRENCY',
    `The rate group is in ${currency}: import prices of another currency into one of their own.`,
  );
}

/** Empty: the prefix stands for it. */
function destinationOf(row: DeckCells): string {
  const written = row.text('destination');
  const destination = written === '' ? '' : normalizeDestination(written);
  if (destination === null)
    row.bad(
      'destination',
      'BAD_DESTINATION',
      'Write the name in up to 500 characters, without control characters.',
    );
  return destination ?? '';
}

const BAD_SECONDS = 'Write whole seconds up to 86400: 30.';

function incrementsOf(row: DeckCells, reading: DeckReading): Increments {
  const whole = reading.increments ?? { initial: 1, next: 1 };
  const both = row.has('increments') ? readIncrements(row.text('increments')) : whole;
  if (both === null) row.bad('increments', 'BAD_INCREMENT', 'Write both increments in seconds: 30/6.');
  if (!row.has('initialIncrement') && !row.has('increment')) return both ?? whole;
  const seconds = (column: 'initialIncrement' | 'increment', otherwise: number) => {
    if (!row.has(column)) return otherwise;
    const read = readSeconds(row.text(column));
    if (read === null) row.bad(column, 'BAD_INCREMENT', BAD_SECONDS);
    return read ?? otherwise;
  };
  const initial = seconds('initialIncrement', both?.initial ?? 1);
  const increments = atLeastOne({ initial, next: seconds('increment', both?.next ?? 1) });
  const isOther = both && (both.initial !== increments.initial || both.next !== increments.next);
  if (row.has('increments') && isOther) {
    row.bad(
      'increments',
      'BAD_INCREMENT',
      'The other columns have other increments: correct one, or ignore this one.',
    );
  }
  return increments;
}

const BAD_PRICES = {
  ratePerMinute: ['BAD_RATE', 'Write a decimal up to a million: 0.0124416.'],
  connectionFee: ['BAD_CONNECTION_FEE', 'Write a decimal up to a million, or nothing: 0.05.'],
} as const;
const NEGATIVE = 'A price must not be negative: write what is sold as 0 or more, and what is not as blocked.';
const OTHER_CURRENCY = 'This is in another currency than the rate group.';

function pricesOf(
  row: DeckCells,
  { rules, offer, increments }: { rules: DeckRules; offer: Offer; increments: Increments },
): { ratePer1e8Minute: bigint; connectionFee: bigint } {
  const { reading, marks } = rules;
  const { hasOpenUnit } = DECK_PRESETS[reading.preset];
  const unit = reading.priceUnit ?? 'MINUTE';
  if (hasOpenUnit && reading.priceUnit === null && (increments.initial !== 60 || increments.next !== 60)) {
    const message =
      'Declare the unit of prices: such systems may keep them for each minute or for each period.';
    row.bad('ratePerMinute', 'BAD_RATE', message);
    return { ratePer1e8Minute: 0n, connectionFee: 0n };
  }
  const number = (column: 'ratePerMinute' | 'connectionFee', read: (text: string) => bigint | null) => {
    const cell = row.text(column);
    if (cell === '' && (column === 'connectionFee' || offer !== 'OFFERED')) return 0n;
    const bare = bareNumber(cell, reading.currency);
    if (bare === 'CURRENCY') return row.bad(column, 'BAD_CURRENCY', OTHER_CURRENCY);
    const plain = bare && marks.normalize(bare, { line: row.line, column: row.name(column), value: cell });
    const number = plain && unsigned(plain);
    const value = number ? read(number) : null;
    if (value !== null) return value;
    const [code, message] = BAD_PRICES[column];
    return row.bad(column, code, plain && number === null ? NEGATIVE : message);
  };
  return {
    ratePer1e8Minute: number('ratePerMinute', (text) => readRatePerMinute(text, unit, increments.next)) ?? 0n,
    connectionFee: number('connectionFee', (text) => readFee(text, unit)) ?? 0n,
  };
}

/** Dates from here on say "without end". */
const NO_END = new Date('2100-01-01T00:00:00Z');
const BAD_DATE =
  'Write 2026-01-31 (midnight UTC), 2026-01-31T00:00:00+01:00 or 31-Jan-2026; for 31/01/2026, declare the order of day and month.';

function datesOf(row: DeckCells, { reading, dates }: DeckRules) {
  const { effectiveFrom, notBefore } = dates;
  const start = row.date('effectiveFrom', reading.dateOrder);
  if (start === undefined || (start && start.instant >= NO_END))
    row.bad('effectiveFrom', 'BAD_EFFECTIVE_FROM', BAD_DATE);
  const end = row.date('effectiveTo', reading.dateOrder);
  if (end === undefined) row.bad('effectiveTo', 'BAD_EFFECTIVE_TO', BAD_DATE);
  const datedFrom = start?.instant ?? effectiveFrom;
  const from = notBefore !== null && datedFrom < notBefore ? notBefore : datedFrom;
  // A rate that is valid until a day is valid on that day.
  const last = end && end.instant < NO_END ? end : null;
  const to = last && new Date(last.instant.getTime() + (last.isDay ? DAY_MS : 0));
  const hasEnded = to !== null && to <= from;
  if (hasEnded && start && to <= start.instant) {
    row.bad('effectiveTo', 'BAD_EFFECTIVE_TO', 'The rate ends before it takes effect.');
  }
  return { from, to, datedFrom, hasEnded };
}
