import type { BatchOrder } from '../batches/batch-order.ts';
import type { OwnTerms } from '../cards/card-terms.ts';
import { addDays, MAX_TERM_DAYS } from '../values/calendar.ts';
import { readWholeNumber, withoutDecimals } from '../values/whole-number.ts';
import { readFlag, readInstant } from './card-file-cells.ts';
import type { CardColumn, CardFileReading } from './card-file-form.ts';
import type { CardLine } from './card-line.ts';

/** What databases write for a term that has no end. */
const ENDLESS = new Set(['0', '-1', '9223372036854775807']);
/** The same limits as for the terms of a batch. */
const MAX_COUNT = 1_000;

/** A2Billing's modes of expiry: none, by date, in days since the first use, in days since creation. */
const EXPIRY_MODES = ['0', '1', '2', '3'];

/** No calling card is older: an earlier date is a century, or an epoch, that was taken wrong. */
const EARLIEST = new Date('1990-01-01T00:00:00Z');

const TIME = 'Write 2026-01-31, 2026-01-31 18:30:00, 2026-01-31T18:30:00+01:00 or milliseconds since 1970.';

export interface CardLife extends OwnTerms {
  /** The end of the validity; for an unused card, the last date of first use. Null: the line has none. */
  readonly expiresAt: Date | null;
}

/** The terms of the batch that the card goes into. */
export type TermsOfBatch = Pick<
  BatchOrder,
  'validityDays' | 'graceDays' | 'maxBoundNumbers' | 'maxConcurrentCalls' | 'firstUseBy'
>;

/**
 * The end of a card's validity, and the terms that it was sold under where they differ from those of the batch: it keeps
 * them.
 */
export function expiryAndTerms(
  line: CardLine,
  {
    reading,
    terms,
    firstUsedAt,
  }: { reading: CardFileReading; terms: TermsOfBatch; firstUsedAt: Date | null },
): CardLife {
  const mode = withoutDecimals(line.text('expiryMode'));
  const { expiresAt, days } =
    mode === '' ? byColumns(line, reading) : byMode(line, mode, { reading, firstUsedAt });
  return {
    expiresAt,
    ownValidityDays: isAsInBatch(days, expiresAt, terms) ? null : days,
    ownGraceDays: unlessSame(countIn(line, 'graceDays', 0, MAX_TERM_DAYS), terms.graceDays),
    ownMaxBoundNumbers: unlessSame(countIn(line, 'maxNumbers', 0, MAX_COUNT), terms.maxBoundNumbers),
    ownMaxConcurrentCalls: unlessSame(callsAtOnce(line), terms.maxConcurrentCalls),
  };
}

/** An end, and days of validity from the first use: 0 if the first use begins none, null if the line says nothing. */
interface Validity {
  readonly expiresAt: Date | null;
  readonly days: number | null;
}

function byColumns(line: CardLine, { utcOffset }: CardFileReading): Validity {
  const text = withoutDecimals(line.text('validityDays'));
  const days = ENDLESS.has(text) ? 0 : countIn(line, 'validityDays', 1, MAX_TERM_DAYS);
  return { expiresAt: instantIn(line, 'expiresAt', utcOffset), days };
}

/** A mode says everything: a card without an end there has none here, whatever the batch says. */
function byMode(
  line: CardLine,
  mode: string,
  { reading: { utcOffset }, firstUsedAt }: { reading: CardFileReading; firstUsedAt: Date | null },
): Validity {
  if (!EXPIRY_MODES.includes(mode)) {
    return { expiresAt: line.bad('expiryMode', 'BAD_EXPIRY', 'Write 0, 1, 2 or 3.'), days: null };
  }
  if (mode === '0') return { expiresAt: null, days: 0 };
  if (mode === '1') return { expiresAt: instantIn(line, 'expiresAt', utcOffset), days: 0 };
  const written = readWholeNumber(line.text('expiryDays'));
  if (written === null) {
    return { expiresAt: line.bad('expiryDays', 'BAD_EXPIRY', 'Write whole days, such as 30.'), days: null };
  }
  const days = Math.min(written, MAX_TERM_DAYS);
  // A2Billing checks its days only when they are above zero.
  if (days === 0) return { expiresAt: null, days: 0 };
  if (mode === '2') return { expiresAt: firstUsedAt && addDays(firstUsedAt, days), days };
  const createdAt = instantIn(line, 'createdAt', utcOffset);
  return { expiresAt: createdAt && addDays(createdAt, days), days: 0 };
}

/** The instant in a cell; null when there is none, or when it is a problem. */
export function instantIn(
  line: CardLine,
  column: 'activatedAt' | 'firstUsedAt' | 'expiresAt' | 'createdAt',
  utcOffset: string,
): Date | null {
  const instant = readInstant(line.text(column), utcOffset);
  if (instant === undefined) return line.bad(column, 'BAD_TIME', TIME);
  if (instant !== null && instant < EARLIEST) {
    return line.bad(
      column,
      'BAD_TIME',
      'This is before 1990: correct it, or leave it empty if there is no date.',
    );
  }
  return instant;
}

function countIn(line: CardLine, column: CardColumn, least: number, most: number): number | null {
  const text = line.text(column);
  if (text === '') return null;
  const count = readWholeNumber(text);
  if (count !== null && count >= least && count <= most) return count;
  return line.bad(column, 'BAD_TERMS', `Write a whole number from ${least} to ${most}, or leave it empty.`);
}

/** A card that may not have many calls has one, whatever the limit of those that may. */
function callsAtOnce(line: CardLine): number | null {
  const limit = countIn(line, 'maxCalls', 1, MAX_COUNT);
  if (line.text('manyCalls') === '') return limit;
  const hasMany = readFlag(line.text('manyCalls'));
  if (hasMany === undefined) {
    return line.bad(
      'manyCalls',
      'BAD_TERMS',
      'Write 1 for a card that may have several calls at once, else 0.',
    );
  }
  return hasMany ? limit : 1;
}

function unlessSame(own: number | null, ofBatch: number): number | null {
  return own === ofBatch ? null : own;
}

function isAsInBatch(
  days: number | null,
  expiresAt: Date | null,
  { validityDays, firstUseBy }: TermsOfBatch,
): boolean {
  if (days !== 0) return days === validityDays;
  return validityDays === null && expiresAt === null && firstUseBy === null;
}
