import { cellCountProblem, type FileHead, readFileHead } from '../files/file-head.ts';
import { type FileProblem, type FileShapeCode, lineProblem } from '../files/file-problem.ts';
import { AmountNotPayable } from '../rejections/input.ts';
import { currencyCode } from '../values/currency.ts';
import type { DecimalMarks } from '../values/decimal-marks.ts';
import { readAnyLine } from '../values/line.ts';
import { refuseUnpayable } from '../values/money.ts';
import { readMoneyCell } from '../values/money-cell.ts';
import { withoutDecimals } from '../values/whole-number.ts';

/**
 * A file of cards to recharge or change: each line names an existing card by its serial or by a number bound to it, and
 * may have its own key. It brings no new cards: a card file does that.
 */
export interface BulkRow {
  readonly line: number;
  /** The row's own idempotency key; null: the file has no column of keys. */
  readonly key: string | null;
  readonly serial: string | null;
  /** E.164, with its plus. */
  readonly number: string | null;
}

export interface BulkRecharge extends BulkRow {
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
}

/** What can be wrong with such a file. A code never changes its meaning. */
export type BulkProblemCode =
  | FileShapeCode
  | 'EMPTY_FILE'
  | 'BAD_KEY'
  | 'DOUBLE_KEY'
  | 'NO_CARD'
  | 'BAD_SERIAL'
  | 'BAD_NUMBER'
  | 'BAD_AMOUNT'
  | 'MIXED_DECIMALS'
  | 'AMBIGUOUS_DECIMAL'
  | 'BAD_CURRENCY';

/** Its value is never shown: somebody may upload the wrong file, and that one may contain PINs. */
export type BulkProblem = FileProblem<BulkProblemCode>;

/** The whole list is in memory while it is sent. */
export const MAX_BULK_ROWS = 250_000;

export const NO_BULK_ROWS = lineProblem('EMPTY_FILE', 1, 'The file has no rows below its head.');

export const BULK_CHANGE_HEADS = { key: 'key', serial: 'serial', number: 'number' } as const;
export const BULK_RECHARGE_HEADS = { ...BULK_CHANGE_HEADS, amount: 'amount', currency: 'currency' } as const;

type Column = keyof typeof BULK_RECHARGE_HEADS;
export type CardListHead = FileHead<Column>;

const OPTIONAL: readonly Column[] = ['key', 'serial', 'number'];
/** The API limits serials and keys to the same length. */
const MAX_SERIAL = 100;
const MAX_KEY = 255;

/** Finds the columns: a column of keys is optional, and one of serials or numbers is required. */
export function readCardListHead(
  cells: readonly string[],
  heads: Readonly<Partial<Record<Column, string>>>,
  line: number,
): CardListHead | BulkProblem[] {
  const head = readFileHead<Column>(cells, line, { heads, given: {}, optional: OPTIONAL, isShown: false });
  if (Array.isArray(head) || head.serial || head.number) return head;
  const message = 'No column names the cards: add one with the head "serial" or "number".';
  return [{ line, column: BULK_CHANGE_HEADS.serial, value: null, code: 'MISSING_COLUMN', message }];
}

export interface ListRules {
  /** The country whose numbering plan national numbers follow; null: only international forms. */
  readonly country: string | null;
}

/** How each line of a list is read. */
export interface ListLineRules extends ListRules {
  /** Of all amounts of the list. */
  readonly marks: DecimalMarks;
}

type Read<Row> = { readonly row: Row; readonly problems: readonly BulkProblem[] };

/** Reads a line that only names a card. Use the row only when there are no problems. */
export function readBulkRow(
  cells: readonly string[],
  { line, head, rules }: { line: number; head: CardListHead; rules: ListRules },
): Read<BulkRow> {
  const listLine = new ListLine(cells, line, head);
  return { row: cardOf(listLine, rules), problems: listLine.problems };
}

/** Reads a line that also says how much to add to a card. */
export function readBulkRecharge(
  cells: readonly string[],
  { line, head, rules }: { line: number; head: CardListHead; rules: ListLineRules },
): Read<BulkRecharge> {
  const listLine = new ListLine(cells, line, head);
  const row = {
    ...cardOf(listLine, rules),
    amount: amountOf(listLine, rules),
    currency: currencyOf(listLine),
  };
  return { row, problems: listLine.problems };
}

/** The keys of the lines so far. A second line with the same key is an error, whatever else it says. */
export class ListKeys {
  readonly #lineOf = new Map<string, number>();

  /** @returns the problem when an earlier line has the row's key */
  take({ key, line }: BulkRow): BulkProblem | undefined {
    if (key === null || key === '') return undefined;
    const earlier = this.#lineOf.get(key);
    if (earlier === undefined) {
      this.#lineOf.set(key, line);
      return undefined;
    }
    const message = `Line ${earlier} has the same key: give each row its own.`;
    return { line, column: BULK_CHANGE_HEADS.key, value: null, code: 'DOUBLE_KEY', message };
  }
}

/** The cells of a line, and the problems found in them. */
class ListLine {
  readonly problems: BulkProblem[] = [];
  readonly number: number;
  readonly #cells: readonly string[];
  readonly #head: CardListHead;

  constructor(cells: readonly string[], number: number, head: CardListHead) {
    this.#cells = cells;
    this.#head = head;
    this.number = number;
    const shapeProblem = cellCountProblem(cells, head, number);
    if (shapeProblem) this.problems.push(shapeProblem);
  }

  /** The text of a cell; null when there is no such column. */
  text(column: Column): string | null {
    const header = this.#head[column];
    return header ? (this.#cells[header.index]?.trim() ?? '') : null;
  }

  /** The column's head in the file. */
  name(column: Column): string {
    return this.#head[column]?.name ?? column;
  }

  /** When a line has the wrong number of cells, only that problem is reported. */
  bad(column: Column, code: BulkProblemCode, message: string): null {
    const name = this.name(column);
    if (this.problems[0]?.code !== 'CELL_COUNT') {
      this.problems.push({ line: this.number, column: name, value: null, code, message });
    }
    return null;
  }
}

function cardOf(line: ListLine, { country }: ListRules): BulkRow {
  const key = line.text('key');
  if (key !== null && (key === '' || key.length > MAX_KEY)) {
    line.bad('key', 'BAD_KEY', `Give each row a key of 1 to ${MAX_KEY} characters, or leave the column out.`);
  }
  const [serial, number] = [withoutDecimals(line.text('serial') ?? '') || null, line.text('number') || null];
  if ((serial === null) === (number === null)) {
    const column = serial === null && line.text('serial') === null ? 'number' : 'serial';
    line.bad(
      column,
      'NO_CARD',
      'Name the card by its serial or by a number that stands for it, not by both.',
    );
  }
  if (serial !== null && serial.length > MAX_SERIAL) {
    line.bad('serial', 'BAD_SERIAL', `A serial has at most ${MAX_SERIAL} characters.`);
  }
  return { line: line.number, key, serial, number: number && numberIn(line, number, country) };
}

function numberIn(line: ListLine, number: string, country: string | null): string | null {
  try {
    return readAnyLine(number, { country });
  } catch {
    return line.bad(
      'number',
      'BAD_NUMBER',
      'Write a telephone number with its country code, such as +39 06 1234567.',
    );
  }
}

function amountOf(line: ListLine, { marks }: ListLineRules): bigint {
  const text = line.text('amount') ?? '';
  const written = marks.normalize(text, { line: line.number, column: line.name('amount'), value: text });
  const micros = written === null ? null : readMoneyCell(written);
  if (!micros || micros < 0n) {
    line.bad('amount', 'BAD_AMOUNT', 'Write an amount above zero, such as 9.95.');
    return 0n;
  }
  try {
    refuseUnpayable(micros, line.text('currency') ?? '');
    return micros;
  } catch (error) {
    if (!(error instanceof AmountNotPayable)) throw error;
    line.bad('amount', 'BAD_AMOUNT', `Write an amount with ${error.allowed}, as its currency has.`);
    return 0n;
  }
}

function currencyOf(line: ListLine): string {
  const code = line.text('currency') ?? '';
  try {
    return currencyCode('currency', code);
  } catch {
    line.bad('currency', 'BAD_CURRENCY', 'Write an ISO 4217 code in capitals, such as EUR.');
    return code;
  }
}
