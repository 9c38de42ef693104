import type { BatchOrder } from '../batches/batch-order.ts';
import { normalizePin } from '../batches/pin-format.ts';
import type { LockReason } from '../cards/card.ts';
import { NO_OWN_TERMS } from '../cards/card-terms.ts';
import { cellCountProblem, plainHead, readFileHead } from '../files/file-head.ts';
import type { DecimalMarks } from '../values/decimal-marks.ts';
import { readLine } from '../values/line.ts';
import { readMoneyCell } from '../values/money-cell.ts';
import { withoutDecimals } from '../values/whole-number.ts';
import { unreadColumns } from './card-columns.ts';
import { readFlag, readInstant } from './card-file-cells.ts';
import {
  CARD_FILE_FORMS,
  type CardColumn,
  type CardFileForm,
  type CardFileReading,
  type CardFileState,
} from './card-file-form.ts';
import type { CardNoteCode, CardProblem } from './card-file-problem.ts';
import { type CardLife, expiryAndTerms, instantIn, type TermsOfBatch } from './card-file-terms.ts';
import { type CardFileHead, CardLine } from './card-line.ts';
import type { CardSorting } from './card-sorting.ts';

/** The most cards one file may have. */
export const MAX_CARD_ROWS = 2_000_000;

/** What a line says about a card. Null: the line has no value, or one that can't be read and is a problem. */
export interface FileCard extends CardLife {
  readonly line: number;
  readonly serial: string | null;
  readonly pin: string | null;
  /** Micro-units. */
  readonly balance: bigint | null;
  readonly state: CardFileState;
  readonly lockReason: LockReason | null;
  readonly activatedAt: Date | null;
  readonly firstUsedAt: Date | null;
  /** E.164, with their plus. */
  readonly boundNumbers: readonly string[];
  /** Micro-units below zero that its balance of 0 stands for. */
  readonly overdrawn: bigint;
  /** How many numbers of the line are not bound, because they were out of use. */
  readonly numbersLeft: number;
}

/** How to read every line of a file. */
export interface CardFileRules {
  readonly reading: CardFileReading;
  readonly terms: TermsOfBatch & Pick<BatchOrder, 'currency' | 'type' | 'serialPrefix'>;
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

/**
 * Finds the columns. A column that is ignored as ordered is as good as without a head. Problems don't show the head
 * line: in a file without one it contains a PIN.
 */
export function readCardHead(
  cells: readonly string[],
  reading: CardFileReading,
  line: number,
): CardFileHead | CardProblem[] {
  const { heads } = CARD_FILE_FORMS[reading.preset];
  const { columns: given, ignored } = reading;
  const skipped = ignored.map(plainHead);
  const read = cells.map((cell) => (skipped.includes(plainHead(cell)) ? '' : cell));
  const optional = (Object.keys(heads) as CardColumn[]).filter((column) => column !== 'pin');
  const head = readFileHead<CardColumn>(read, line, { heads, given, optional, isShown: false });
  if (Array.isArray(head)) return head;
  // A2Billing has `activated` of cards and of their numbers: with numbers in the file it is theirs.
  if (head.enabled?.index === head.numbersActive?.index)
    delete head[head.boundNumbers ? 'enabled' : 'numbersActive'];
  return { ...head, ...unreadColumns(cells, reading, { head, line }) };
}

/** What one line says. The card has all that could be read, even when there are problems. */
export interface ReadCardLine {
  readonly card: FileCard;
  /** Whether it is of a kind that this import does not take. */
  readonly isLeftOut: boolean;
  readonly problems: readonly CardProblem[];
  readonly notes: readonly CardProblem<CardNoteCode>[];
}

export function readCardLine(
  cells: readonly string[],
  {
    line,
    head,
    rules,
    sorting,
    marks,
  }: {
    line: number;
    head: CardFileHead;
    rules: CardFileRules;
    sorting: CardSorting;
    marks: DecimalMarks;
  },
): ReadCardLine {
  const shapeProblem = cellCountProblem(cells, head, line);
  if (shapeProblem) return { card: unreadable(line), isLeftOut: false, problems: [shapeProblem], notes: [] };
  const cardLine = new CardLine(cells, line, head);
  const { problems, notes } = cardLine;
  if (sorting.takes(cardLine)) {
    for (const column of head.unread) column.see(cells[column.index] ?? '', line);
    return { card: readCard(cardLine, rules, marks), isLeftOut: false, problems, notes };
  }
  // Of a card that is left out only the money counts, so that nothing is missing from the totals.
  const money = balanceOf(cardLine, rules.reading, marks);
  return { card: { ...unreadable(line), ...money }, isLeftOut: true, problems, notes: [] };
}

function readCard(line: CardLine, { reading, terms, now }: CardFileRules, marks: DecimalMarks): FileCard {
  const form: CardFileForm = CARD_FILE_FORMS[reading.preset];
  refuseOtherCurrency(line, terms.currency);
  const activatedAt = pastIn(line, 'activatedAt', reading, now);
  const firstUsedAt = pastIn(line, 'firstUsedAt', reading, now);
  const state = stateOf(line, form, activatedAt ?? firstUsedAt);
  const life = expiryAndTerms(line, { reading, terms, firstUsedAt });
  return {
    line: line.number,
    serial: serialOf(line, terms.serialPrefix),
    pin: pinOf(line),
    ...balanceOf(line, reading, marks),
    state,
    lockReason: lockReasonOf(line, state),
    activatedAt,
    firstUsedAt: unlessInactive(line, state, firstUsedAt),
    ...life,
    ...numbersOf(line, {
      reading,
      state,
      limit: terms.type === 'VOUCHER' ? null : (life.ownMaxBoundNumbers ?? terms.maxBoundNumbers),
    }),
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
    ...NO_OWN_TERMS,
    boundNumbers: [],
    overdrawn: 0n,
    numbersLeft: 0,
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
  const serial = prefix + withoutDecimals(line.text('serial'));
  if (SERIAL.test(serial) && line.text('serial') !== '') return serial;
  return line.bad(
    'serial',
    'BAD_SERIAL',
    'Write 1 to 40 letters, digits and . _ / - that begin with a letter or a digit.',
  );
}

/** A system that asks for a card number and then a password: here the caller enters both as one PIN. */
function pinOf(line: CardLine): string | null {
  const pin = normalizePin(withoutDecimals(line.text('pin')) + withoutDecimals(line.text('password')));
  if (line.text('pin') !== '' && PIN.test(pin)) return pin;
  return line.bad(
    'pin',
    'BAD_PIN',
    'Write 4 to 32 digits and letters, as callers key them: with the password, if cards have one.',
  );
}

function balanceOf(
  line: CardLine,
  { negativeAsZero }: CardFileReading,
  marks: DecimalMarks,
): Pick<FileCard, 'balance' | 'overdrawn'> {
  const text = line.text('balance');
  const isNegative = text.startsWith('-');
  const place = { line: line.number, column: line.name('balance'), value: text };
  // With text that is written in neither way the amount can't be read either.
  const amount = marks.normalize(isNegative ? text.slice(1) : text, place) ?? text;
  const balance = readMoneyCell(isNegative ? `-${amount}` : amount);
  if (balance !== undefined) return { balance, overdrawn: 0n };
  const overdrawn = isNegative ? readMoneyCell(amount) : undefined;
  if (overdrawn && negativeAsZero) {
    line.note('balance', 'NEGATIVE_AS_ZERO', 'The balance is below zero and is taken over as 0.');
    return { balance: 0n, overdrawn };
  }
  const problem = overdrawn
    ? 'This is below zero: settle it first, or say that balances below zero are taken over as 0.'
    : 'Write a plain decimal that is not below zero, up to a thousand million: 9.95.';
  return { balance: line.bad('balance', 'BAD_BALANCE', problem), overdrawn: overdrawn ?? 0n };
}

function stateOf(line: CardLine, form: CardFileForm, since: Date | null): CardFileState {
  if (line.text('usedAt') !== '' && readInstant(line.text('usedAt'), 'Z') !== null) {
    line.bad(
      'usedAt',
      'BAD_STATE',
      'This card was used and its money is on an account: export it with the cards in use.',
    );
  }
  const word = withoutDecimals(line.text('state').toLowerCase());
  const written = word === '' ? (form.state ?? (since === null ? 'INACTIVE' : 'ACTIVE')) : form.states[word];
  if (written === undefined) {
    line.bad('state', 'BAD_STATE', `Write one of ${Object.keys(form.states).join(', ')}.`);
    return 'INACTIVE';
  }
  const locked = readFlag(line.text('locked'));
  if (locked === undefined) line.bad('locked', 'BAD_LOCK', 'Write 1 for a card that is locked, else 0.');
  // Its activation would put it in service: a lock is of cards in service.
  if (locked && written === 'INACTIVE') {
    line.bad(
      'locked',
      'BAD_LOCK',
      'A card in stock is not locked here: leave it out, or write a state in which it is out of service.',
    );
  }
  if (written !== 'ACTIVE') return written;
  if (line.text('enabled') !== '' && !isEnabled(line)) return 'DEACTIVATED';
  return locked ? 'LOCKED' : 'ACTIVE';
}

/** A card in service that is not enabled there is out of service here. */
function isEnabled(line: CardLine): boolean {
  const enabled = readFlag(line.text('enabled'));
  if (enabled === undefined) line.bad('enabled', 'BAD_STATE', 'Write 1 for a card that is enabled, else 0.');
  return enabled ?? false;
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

function pastIn(
  line: CardLine,
  column: 'activatedAt' | 'firstUsedAt',
  { utcOffset }: CardFileReading,
  now: Date,
): Date | null {
  const instant = instantIn(line, column, utcOffset);
  if (instant !== null && instant > now)
    return line.bad(column, 'BAD_TIME', 'This is in the future: correct it.');
  return instant;
}

function numbersOf(
  line: CardLine,
  { reading, state, limit }: { reading: CardFileReading; state: CardFileState; limit: number | null },
): Pick<FileCard, 'boundNumbers' | 'numbersLeft'> {
  const written = cellsOf(line.text('boundNumbers')).filter((number) => number !== '');
  const inUse = line.has('numbersActive') ? numbersInUse(line, written) : written;
  const numbersLeft = written.length - inUse.length;
  if (inUse.length === 0) return { boundNumbers: [], numbersLeft };
  if (state === 'INACTIVE' || limit === null) {
    line.bad('boundNumbers', 'BAD_NUMBER', 'No number stands for a card that is inactive, or for a voucher.');
    return { boundNumbers: [], numbersLeft };
  }
  const numbers = new Set(inUse.flatMap((number) => numberIn(line, number, reading) ?? []));
  if (numbers.size <= limit) return { boundNumbers: [...numbers], numbersLeft };
  line.bad('boundNumbers', 'TOO_MANY_NUMBERS', `At most ${limit} numbers may stand for this card.`);
  return { boundNumbers: [], numbersLeft };
}

const cellsOf = (text: string) => text.split(/[;|,]/).map((part) => part.trim());

/** The numbers that the other column says are in use, in the same order. */
function numbersInUse(line: CardLine, numbers: readonly string[]): string[] {
  const flags = cellsOf(line.text('numbersActive')).slice(0, numbers.length);
  const inUse = flags.map(readFlag);
  if (numbers.length > 0 && (flags.length < numbers.length || inUse.includes(undefined))) {
    line.bad('numbersActive', 'BAD_NUMBER', 'Write 1 or 0 for each of the numbers, in their order: 1;0.');
    return [];
  }
  const taken = numbers.filter((_number, index) => inUse[index]);
  if (taken.length < numbers.length) {
    line.note('boundNumbers', 'NUMBER_NOT_TAKEN', 'A number that is not in use there is not bound here.');
  }
  return taken;
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
