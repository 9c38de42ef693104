import type { BatchOrder } from '../batches/batch-order.ts';
import { normalisePin } from '../batches/pin-format.ts';
import type { LockReason } from '../cards/card.ts';
import { addDays } from '../cards/validity.ts';
import { cellCountProblem, type FileHead, readFileHead } from '../files/file-head.ts';
import { readLine } from '../values/line.ts';
import { readBalance, readFlag, readInstant, readText } from './card-file-cells.ts';
import {
  CARD_FILE_FORMS,
  type CardColumn,
  type CardFileForm,
  type CardFileReading,
  type CardFileState,
} from './card-file-form.ts';
import { type CardProblem, type CardProblemCode, cardProblem } from './card-file-problem.ts';

/** The most cards one file may have. */
export const MAX_CARD_ROWS = 2_000_000;

export type CardFileHead = FileHead<CardColumn>;

/** What a line says about a card. Null: the line has no value, or one that can't be read and is a problem. */
export interface FileCard {
  readonly line: number;
  readonly serial: string | null;
  readonly pin: string | null;
  /** Micro-units. */
  readonly balance: bigint | null;
  readonly state: CardFileState;
  readonly lockReason: LockReason | null;
  readonly activatedAt: Date | null;
  readonly firstUsedAt: Date | null;
  readonly expiresAt: Date | null;
  /** E.164, with their plus. */
  readonly boundNumbers: readonly string[];
}

/** How to read every line of a file. */
export interface CardFileRules {
  readonly reading: CardFileReading;
  readonly terms: Pick<BatchOrder, 'currency' | 'maxBoundNumbers' | 'type' | 'serialPrefix'>;
  readonly now: Date;
}

const SERIAL = /^[0-9A-Za-z][0-9A-Za-z._/-]{0,39}$/;
/** Shorter than the PINs made here: these are already printed. The density rule limits them. */
const PIN = /^[0-9A-Z]{4,32}$/;
const LOCK_REASONS: readonly string[] = [
  'OPERATOR',
  'SUSPECTED_FRAUD',
  'REPORTED_LOST',
] satisfies LockReason[];

/** A2Billing's modes of expiry: none, by date, in days since the first use, in days since creation. */
const EXPIRY_MODES = ['0', '1', '2', '3'];

/** Finds the columns. Problems don't show the head line: in a file without one it contains a PIN. */
export function readCardHead(
  cells: readonly string[],
  { preset, columns }: CardFileReading,
  line: number,
): CardFileHead | CardProblem[] {
  const { heads } = CARD_FILE_FORMS[preset];
  const optional = (Object.keys(heads) as CardColumn[]).filter((column) => column !== 'pin');
  return readFileHead<CardColumn>(cells, line, { heads, given: columns, optional, isShown: false });
}

/** Reads one line. The card has all that could be read, even when there are problems. */
export function readCardLine(
  cells: readonly string[],
  { line, head, rules }: { line: number; head: CardFileHead; rules: CardFileRules },
): { card: FileCard; problems: readonly CardProblem[] } {
  const shapeProblem = cellCountProblem(cells, head, line);
  if (shapeProblem) return { card: unreadable(line), problems: [shapeProblem] };
  const cardLine = new CardLine(cells, line, head);
  return { card: readCard(cardLine, rules), problems: cardLine.problems };
}

/** The cells of a line, and the problems found in them. */
class CardLine {
  readonly problems: CardProblem[] = [];
  readonly number: number;
  readonly #cells: readonly string[];
  readonly #head: CardFileHead;

  constructor(cells: readonly string[], number: number, head: CardFileHead) {
    this.#cells = cells;
    this.number = number;
    this.#head = head;
  }

  /** The text of a cell; also empty when there is no such column. */
  text(column: CardColumn): string {
    const header = this.#head[column];
    return header ? readText(this.#cells[header.index]?.trim() ?? '') : '';
  }

  has(column: CardColumn): boolean {
    return this.#head[column] !== undefined;
  }

  bad(column: CardColumn, code: CardProblemCode, message: string): null {
    const name = this.#head[column]?.name ?? column;
    this.problems.push(cardProblem(code, { line: this.number, column: name, message }));
    return null;
  }
}

function readCard(line: CardLine, { reading, terms, now }: CardFileRules): FileCard {
  const form: CardFileForm = CARD_FILE_FORMS[reading.preset];
  refuseOtherCurrency(line, terms.currency);
  const activatedAt = instantIn(line, 'activatedAt', reading, now);
  const firstUsedAt = instantIn(line, 'firstUsedAt', reading, now);
  const state = stateOf(line, form, activatedAt ?? firstUsedAt);
  return {
    line: line.number,
    serial: serialOf(line, terms.serialPrefix),
    pin: pinOf(line),
    balance: balanceOf(line, form),
    state,
    lockReason: lockReasonOf(line, state),
    activatedAt,
    firstUsedAt: unlessInactive(line, state, firstUsedAt),
    expiresAt: expiryOf(line, reading, firstUsedAt),
    boundNumbers: numbersOf(line, { reading, terms, state }),
  };
}

function unreadable(line: number): FileCard {
  return {
    line,
    serial: null,
    pin: null,
    balance: null,
    state: 'INACTIVE',
    lockReason: null,
    activatedAt: null,
    firstUsedAt: null,
    expiresAt: null,
    boundNumbers: [],
  };
}

function refuseOtherCurrency(line: CardLine, currency: string): void {
  const written = line.text('currency').toUpperCase();
  if (written === '' || written === currency) return;
  line.bad(
    'currency',
    'BAD_CURRENCY',
    `The batch is in ${currency}: import cards of another currency into one of their own.`,
  );
}

function serialOf(line: CardLine, prefix: string): string | null {
  if (!line.has('serial')) return null;
  const serial = prefix + line.text('serial');
  if (SERIAL.test(serial) && line.text('serial') !== '') return serial;
  return line.bad(
    'serial',
    'BAD_SERIAL',
    'Write 1 to 40 letters, digits and . _ / - that begin with a letter or a digit.',
  );
}

/** A system that asks for a card number and then a password: here the caller enters both as one PIN. */
function pinOf(line: CardLine): string | null {
  const pin = normalisePin(line.text('pin') + line.text('password'));
  if (line.text('pin') !== '' && PIN.test(pin)) return pin;
  return line.bad(
    'pin',
    'BAD_PIN',
    'Write 4 to 32 digits and letters, as callers key them: with the password, if cards have one.',
  );
}

function balanceOf(line: CardLine, { hasFloatingMoney }: CardFileForm): bigint | null {
  const balance = readBalance(line.text('balance'), hasFloatingMoney);
  if (balance !== undefined) return balance;
  return line.bad(
    'balance',
    'BAD_BALANCE',
    'Write a plain decimal that is not below zero, with a point and at most six decimals, up to a thousand million: 9.95.',
  );
}

function stateOf(line: CardLine, form: CardFileForm, since: Date | null): CardFileState {
  if (line.text('usedAt') !== '' && readInstant(line.text('usedAt'), 'Z') !== null) {
    line.bad(
      'usedAt',
      'BAD_STATE',
      'This card was used and its money is on an account: export it with the cards in use.',
    );
  }
  const word = line.text('state').toLowerCase();
  const written = word === '' ? (form.state ?? (since === null ? 'INACTIVE' : 'ACTIVE')) : form.states[word];
  if (written === undefined) {
    line.bad('state', 'BAD_STATE', `Write one of ${Object.keys(form.states).join(', ')}.`);
    return 'INACTIVE';
  }
  const locked = readFlag(line.text('locked'));
  if (locked === undefined) line.bad('locked', 'BAD_LOCK', 'Write 1 for a card that is locked, else 0.');
  return locked && written === 'ACTIVE' ? 'LOCKED' : written;
}

function lockReasonOf(line: CardLine, state: CardFileState): LockReason | null {
  const reason = line.text('lockReason').toUpperCase();
  if (state !== 'LOCKED') return null;
  if (reason === '') return 'OPERATOR';
  if (LOCK_REASONS.includes(reason)) return reason as LockReason;
  return line.bad('lockReason', 'BAD_LOCK', `Write one of ${LOCK_REASONS.join(', ')}.`);
}

function unlessInactive(line: CardLine, state: CardFileState, firstUsedAt: Date | null): Date | null {
  if (state !== 'INACTIVE' || firstUsedAt === null) return firstUsedAt;
  return line.bad(
    'firstUsedAt',
    'BAD_STATE',
    'A card that is inactive has not been used: correct its state or leave this out.',
  );
}

const TIME = 'Write 2026-01-31, 2026-01-31 18:30:00, 2026-01-31T18:30:00+01:00 or milliseconds since 1970.';

function instantIn(
  line: CardLine,
  column: 'activatedAt' | 'firstUsedAt' | 'createdAt',
  { utcOffset }: CardFileReading,
  now: Date,
): Date | null {
  const instant = readInstant(line.text(column), utcOffset);
  if (instant === undefined) return line.bad(column, 'BAD_TIME', TIME);
  if (instant !== null && instant > now)
    return line.bad(column, 'BAD_TIME', 'This is in the future: correct it.');
  return instant;
}

function expiryOf(line: CardLine, { utcOffset }: CardFileReading, firstUsedAt: Date | null): Date | null {
  const mode = line.text('expiryMode');
  if (mode === '' || mode === '1') {
    const instant = readInstant(line.text('expiresAt'), utcOffset);
    return instant === undefined ? line.bad('expiresAt', 'BAD_TIME', TIME) : instant;
  }
  if (!EXPIRY_MODES.includes(mode)) return line.bad('expiryMode', 'BAD_EXPIRY', 'Write 0, 1, 2 or 3.');
  if (mode === '0') return null;
  const days = line.text('expiryDays');
  if (!/^\d{1,5}$/.test(days)) return line.bad('expiryDays', 'BAD_EXPIRY', 'Write whole days, such as 30.');
  const from = mode === '2' ? firstUsedAt : readInstant(line.text('createdAt'), utcOffset);
  if (from === undefined) return line.bad('createdAt', 'BAD_TIME', TIME);
  return from && addDays(from, Number(days));
}

function numbersOf(
  line: CardLine,
  { reading, terms, state }: Pick<CardFileRules, 'reading' | 'terms'> & { state: CardFileState },
): string[] {
  const cells = line
    .text('boundNumbers')
    .split(/[;|,]/)
    .map((number) => number.trim());
  const written = cells.filter((number) => number !== '');
  if (written.length === 0) return [];
  if (state === 'INACTIVE' || terms.type === 'VOUCHER') {
    line.bad('boundNumbers', 'BAD_NUMBER', 'No number stands for a card that is inactive, or for a voucher.');
    return [];
  }
  const numbers = new Set(written.flatMap((number) => numberIn(line, number, reading) ?? []));
  if (numbers.size <= terms.maxBoundNumbers) return [...numbers];
  line.bad(
    'boundNumbers',
    'TOO_MANY_NUMBERS',
    `At most ${terms.maxBoundNumbers} numbers may stand for a card of this batch.`,
  );
  return [];
}

function numberIn(
  line: CardLine,
  number: string,
  { country, hasBareNumbers }: CardFileReading,
): string | null {
  try {
    return readLine(number, { country, form: hasBareNumbers ? 'E164' : 'AS_DIALED' });
  } catch {
    return line.bad(
      'boundNumbers',
      'BAD_NUMBER',
      'Write telephone numbers that are in use, with their country codes, separated by semicolons: +39 06 1234567.',
    );
  }
}
