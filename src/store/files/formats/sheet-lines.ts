import { type CellFormat, dateOfSerial, plainNumber } from './cell-formats.ts';
import { MAX_LINE_LENGTH } from './text-lines.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { parseXml } from './xml-events.ts';

/** A row of a sheet. */
export interface SheetLine {
  /** As the spreadsheet counts them. */
  readonly number: number;
  readonly cells: readonly string[];
  /** What makes the row unusable: a number that lost digits, or cells that were merged downwards. */
  readonly fault?: 'DIGITS_LOST' | 'MERGED_CELLS';
}

/** What the cells of a sheet refer to. */
export interface SheetTerms {
  readonly texts: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly isFrom1904: boolean;
}

/** Columns beyond this one are not read: no list of cards or rates has as many. */
const MAX_COLUMNS = 500;

/** The rows of a sheet, in groups. Rows that span several rows with one cell come last, as faults. */
export async function* sheetLines(
  chunks: AsyncIterable<Uint8Array>,
  terms: SheetTerms,
): AsyncGenerator<SheetLine[]> {
  const reading = new SheetReading(terms);
  for await (const _ of parseXml(chunks, reading)) {
    const lines = reading.take();
    if (lines.length > 0) yield lines;
  }
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly format: CellFormat | undefined;
  value: string;
  formula: string | undefined;
}

class SheetReading {
  readonly #terms: SheetTerms;
  #lines: SheetLine[] = [];
  #number = 0;
  #cells: string[] = [];
  #length = 0;
  #fault: SheetLine['fault'];
  #cell: OpenCell | undefined;
  #part: 'value' | 'formula' | undefined;
  #isPhonetic = false;

  constructor(terms: SheetTerms) {
    this.#terms = terms;
    this.open = this.open.bind(this);
    this.text = this.text.bind(this);
    this.close = this.close.bind(this);
  }

  take(): SheetLine[] {
    return this.#lines.splice(0);
  }

  open(tag: string, { r, t = 'n', s = '0', ref = '' }: Readonly<Record<string, string>>): void {
    if (tag === 'row') this.#openRow(Number(r ?? this.#number + 1));
    else if (tag === 'c') {
      const column = r === undefined ? this.#cells.length : columnOf(r);
      this.#cell = { column, type: t, format: this.#terms.formats[Number(s)], value: '', formula: undefined };
    } else if (tag === 'f' && this.#cell) {
      this.#cell.formula = '=';
      this.#part = 'formula';
    } else if (tag === 'rPh') this.#isPhonetic = true;
    else if (tag === 'v' || tag === 't') this.#part = this.#isPhonetic ? undefined : 'value';
    else if (tag === 'mergeCell') this.#noteMerged(ref);
  }

  text(content: string): void {
    const cell = this.#cell;
    if (!cell || !this.#part) return;
    if (this.#part === 'value') cell.value += content;
    else cell.formula += content.slice(0, 100);
    this.#length += content.length;
    if (this.#length > MAX_LINE_LENGTH) {
      const message = `The row has more than ${MAX_LINE_LENGTH} characters. Reading stopped here.`;
      throw new UnreadableFile('LINE_TOO_LONG', message, this.#number);
    }
  }

  close(tag: string): void {
    if (tag === 'v' || tag === 't' || tag === 'f') this.#part = undefined;
    else if (tag === 'rPh') this.#isPhonetic = false;
    else if (tag === 'c') this.#closeCell();
    else if (tag === 'row') {
      const fault = this.#fault && { fault: this.#fault };
      this.#lines.push({ number: this.#number, cells: this.#cells, ...fault });
    }
  }

  #openRow(number: number): void {
    this.#number = number;
    this.#cells = [];
    this.#length = 0;
    this.#fault = undefined;
  }

  #closeCell(): void {
    const cell = this.#cell;
    this.#cell = undefined;
    if (!cell) return;
    const text = this.#textOf(cell);
    if (text === '' || cell.column >= MAX_COLUMNS) return;
    while (this.#cells.length < cell.column) this.#cells.push('');
    this.#cells[cell.column] = text;
  }

  /** A formula without a stored result is shown as it is: no reader accepts it, where an empty cell might pass. */
  #textOf({ type, value, formula, format }: OpenCell): string {
    if (value === '') return formula ?? '';
    if (type === 's') return this.#terms.texts[Number(value)] ?? '';
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type !== 'n') return value;
    const date = format?.isDate ? dateOfSerial(Number(value), this.#terms.isFrom1904) : null;
    const text = date ?? plainNumber(value, format?.digits);
    if (text === null) this.#fault = 'DIGITS_LOST';
    return text ?? value;
  }

  /** Merged downwards, the lower cells are empty, and say less than the sheet shows. */
  #noteMerged(ref: string): void {
    const [first = 0, last = first] = [...ref.matchAll(/\d+/g)].map(Number);
    if (last > first) this.#lines.push({ number: last, cells: [], fault: 'MERGED_CELLS' });
  }
}

/** The index of the column of "AB12": 27. */
function columnOf(reference: string): number {
  let index = 0;
  for (const character of reference) {
    const letter = character.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    index = index * 26 + letter;
  }
  return index - 1;
}
