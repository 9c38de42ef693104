import { unreadableText } from '../../domain/files/file-head.ts';
import {
  type FileProblem,
  type FileShapeCode,
  lineProblem,
  type ProblemSink,
} from '../../domain/files/file-problem.ts';
import { splitCells } from '../../domain/files/line-cells.ts';
import { counted } from '../../domain/rejections/counted.ts';
import type { SheetLine } from './formats/sheet-lines.ts';
import type { TextEncoding } from './formats/text-decoding.ts';
import { UnreadableFile } from './formats/unreadable-file.ts';
import { HeadSearch, type HeadSettings, isBlank, rowsAboveHead, type SplitLine } from './head-search.ts';
import { type Chunks, type FileLine, type FileTable, openFile } from './open-file.ts';

export { MAX_LINE_LENGTH } from './formats/text-lines.ts';
export type { Chunks } from './open-file.ts';

/** How the lines of one kind of file are parsed. */
interface FileForm<Head extends { readonly cellCount: number }, Row, Code extends string> {
  /** Called for one line after another until it returns a head. */
  readHead(line: SplitLine): Head | FileProblem<Code>[];
  /** The row; its problems go into the sink. Undefined: the line is unusable. */
  readRow(line: SplitLine, head: Head): Row | undefined;
  /**
   * Whether a line of another sheet may say something of the list: then no sheet is chosen without being named. Omitted:
   * other sheets say nothing of it.
   */
  bearsOnList?(cells: readonly string[]): boolean;
  readonly maxRows: number;
  /** The problem reported for a file without rows. */
  readonly empty: FileProblem<Code>;
  /** What messages call the file, such as "A deck". */
  readonly name: string;
}

/** Where the list is within its file, when it should not be looked for. */
export interface FileSettings extends HeadSettings {
  /** The name of the sheet. Omitted: the only visible one that has the columns. */
  readonly sheet?: string;
}

/** How a file turned out to be made. */
export interface FileFound {
  /** Null in a text file. */
  readonly sheet: string | null;
  /** The other sheets with rows, hidden ones too, which were not read. */
  readonly otherSheets: readonly string[];
  /** Null in a workbook. */
  readonly encoding: TextEncoding | null;
  /** Lines above the head that were skipped, without blank ones. */
  readonly skippedLines: number;
}

const SHEET_FAULTS = {
  DIGITS_LOST: [
    'DIGITS_LOST',
    'A number here has more digits than a spreadsheet keeps: format the column as text and enter it again.',
  ],
  MERGED_CELLS: [
    'MERGED_CELLS',
    'Cells are merged over several rows here, so that all but the first are empty: unmerge them and fill each.',
  ],
} as const satisfies Record<NonNullable<SheetLine['fault']>, readonly [FileShapeCode, string]>;

/**
 * Reads a file with a head from top to bottom: CSV with any usual delimiter and encoding, the same packed with gzip, or
 * a sheet of a workbook. Text needs the memory of one chunk, whatever its size. Rows are yielded in groups. Problems are
 * collected in the sink, and reading continues so as to find them all; only a problem that makes the rest unreadable
 * ends it early.
 */
export class FileReader<Head extends { readonly cellCount: number }, Row, Code extends string> {
  readonly #form: FileForm<Head, Row, Code | FileShapeCode>;
  readonly #problems: ProblemSink<Code | FileShapeCode>;
  readonly #settings: FileSettings;
  #search: HeadSearch<Head, Code | FileShapeCode>;
  #table: FileTable | undefined;
  #otherSheets: readonly string[] = [];
  #headLine = 0;
  #rowCount = 0;
  #ended = false;
  #isBroken = false;

  constructor(
    form: FileForm<Head, Row, Code | FileShapeCode>,
    problems: ProblemSink<Code | FileShapeCode>,
    settings: FileSettings = {},
  ) {
    this.#form = form;
    this.#problems = problems;
    this.#settings = settings;
    this.#search = this.#newSearch();
  }

  get head(): Head | undefined {
    return this.#search.head;
  }

  /** The lines above the head that are not blank. */
  get above(): readonly SplitLine[] {
    return this.#search.above;
  }

  /** Rows read so far, valid and invalid. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Whether the file breaks off or is damaged, so that nothing can be said of it as a whole. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get found(): FileFound {
    return {
      sheet: this.#table?.sheet ?? null,
      otherSheets: this.#otherSheets,
      encoding: this.#table?.encoding() ?? null,
      skippedLines: this.#search.head === undefined ? 0 : this.#search.above.length,
    };
  }

  /** Yields one group for each chunk, even an empty one. */
  async *groups(chunks: Chunks): AsyncGenerator<Row[]> {
    try {
      const tables = await openFile(chunks);
      this.#table = await this.#chooseTable(tables);
      await this.#noteOthers(tables, this.#table);
      for await (const lines of this.#table.lines()) {
        yield this.#read(lines);
        if (this.#ended) return;
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#isBroken = true;
      if (error.problem.code === 'NOT_READABLE') this.#problems.replace(error.problem);
      else this.#problems.add([error.problem]);
      return;
    }
    this.#finish();
  }

  #finish(): void {
    if (this.#problems.total > 0 || this.#rowCount > 0) return;
    if (this.#search.head === undefined && this.#search.problems.length > 0) {
      this.#problems.add(this.#search.problems);
    } else this.#problems.add([this.#form.empty]);
  }

  #read(lines: readonly FileLine[]): Row[] {
    const rows: Row[] = [];
    for (const line of lines) {
      if (this.#ended) break;
      if (this.#search.head === undefined) this.#searchHead(line);
      else this.#readRow(line, this.#search.head, rows);
    }
    return rows;
  }

  #searchHead(line: FileLine): void {
    if (this.#search.take(line)) {
      this.#headLine = line.number;
      const { head, above } = this.#search;
      if (this.#settings.headLine !== undefined || !head) return;
      const problems = rowsAboveHead(above, head.cellCount);
      this.#problems.add(problems);
      this.#ended = problems.length > 0;
    } else if (this.#search.hasFailed) {
      this.#problems.add(this.#search.problems);
      this.#ended = true;
    }
  }

  #readRow(line: FileLine, head: Head, rows: Row[]): void {
    const { maxRows, name } = this.#form;
    const split = this.#split(line, head);
    if (split === 'BLANK') return;
    if (this.#rowCount === maxRows) {
      const message = `${name} may have ${counted(maxRows, 'row')}: split it. Reading stopped here.`;
      this.#problems.add([lineProblem('TOO_MANY_ROWS', line.number, message)]);
      this.#ended = true;
      return;
    }
    this.#rowCount += 1;
    if (split === 'FAULTY') return;
    const row = this.#form.readRow(split, head);
    if (row !== undefined) rows.push(row);
  }

  /** The cells of a line, or the reason why it is no row; a fault has become a problem. */
  #split(line: FileLine, { cellCount }: Head): SplitLine | 'BLANK' | 'FAULTY' {
    const { number } = line;
    if ('text' in line) {
      const { cells, isOpen } = splitCells(line.text, this.#search.delimiter);
      if (isOpen) return this.#fault('QUOTE_NOT_CLOSED', number, OPEN_QUOTE);
      if (line.text.includes('\ufffd')) {
        this.#problems.add([unreadableText(number)]);
        return 'FAULTY';
      }
      return isBlank(cells) ? 'BLANK' : { number, cells };
    }
    if (line.fault) return this.#sheetFault(line.fault, number);
    if (isBlank(line.cells)) return 'BLANK';
    if (line.cells.some((cell) => /[\r\n]/.test(cell))) return this.#fault('LINE_BREAK', number, LINE_BREAK);
    const missing = Math.max(0, cellCount - line.cells.length);
    return { number, cells: [...line.cells, ...Array<string>(missing).fill('')] };
  }

  #sheetFault(fault: NonNullable<SheetLine['fault']>, number: number): 'BLANK' | 'FAULTY' {
    if (number <= this.#headLine) return 'BLANK';
    const [code, message] = SHEET_FAULTS[fault];
    return this.#fault(code, number, message);
  }

  #fault(code: FileShapeCode, number: number, message: string): 'FAULTY' {
    this.#problems.add([lineProblem(code, number, message)]);
    return 'FAULTY';
  }

  #newSearch(): HeadSearch<Head, Code | FileShapeCode> {
    return new HeadSearch((line) => this.#form.readHead(line), this.#settings);
  }

  /** @throws UnreadableFile when several sheets have the columns, or there is no such sheet. */
  async #chooseTable(tables: readonly FileTable[]): Promise<FileTable> {
    const named = this.#settings.sheet?.trim().toLowerCase();
    if (named !== undefined && tables[0]?.sheet !== null) {
      const table = tables.find(({ sheet }) => sheet?.trim().toLowerCase() === named);
      if (table) return table;
      throw new UnreadableFile(
        'NO_SUCH_SHEET',
        `There is no such sheet. The sheets are ${quotedNames(tables)}.`,
      );
    }
    const visible = tables.filter(({ isHidden }) => !isHidden);
    const [only] = visible;
    if (only && visible.length === 1) return only;
    const fitting: FileTable[] = [];
    for (const table of visible) if (await this.#hasHead(table)) fitting.push(table);
    const [table = only] = fitting;
    if (!table) throw new UnreadableFile('NOT_READABLE', 'The workbook has no visible sheet.');
    if (fitting.length > 1) {
      const message = `Several sheets have the columns: ${quotedNames(fitting)}. Name the one to read.`;
      throw new UnreadableFile('SEVERAL_SHEETS', message);
    }
    const bearing: FileTable[] = [];
    for (const each of visible) if (each !== table && (await this.#bears(each))) bearing.push(each);
    if (bearing.length === 0) return table;
    const message = `The sheet "${table.sheet}" would be read, and ${quotedNames(bearing)} would not, which may say what is not sold or costs something else. Name the one to read.`;
    throw new UnreadableFile('SEVERAL_SHEETS', message);
  }

  async #bears(table: FileTable): Promise<boolean> {
    const { bearsOnList } = this.#form;
    if (!bearsOnList) return false;
    return hasLine(table, (cells) => bearsOnList([table.sheet ?? '', ...cells]));
  }

  async #noteOthers(tables: readonly FileTable[], chosen: FileTable): Promise<void> {
    const others: string[] = [];
    for (const table of tables) {
      if (table !== chosen && (await hasLine(table, () => true))) others.push(table.sheet ?? '');
    }
    this.#otherSheets = others;
  }

  async #hasHead(table: FileTable): Promise<boolean> {
    const search = this.#newSearch();
    for await (const lines of table.lines()) {
      for (const line of lines) {
        if (search.take(line)) return true;
        if (search.hasFailed) return false;
      }
    }
    return false;
  }
}

/** Whether one of the first lines that are not blank is such a one. */
async function hasLine(table: FileTable, test: (cells: readonly string[]) => boolean): Promise<boolean> {
  let seen = 0;
  for await (const lines of table.lines()) {
    for (const line of lines) {
      const cells = 'text' in line ? [line.text] : line.cells;
      if (isBlank(cells)) continue;
      if (test(cells)) return true;
      seen += 1;
      if (seen === SCANNED_LINES) return false;
    }
  }
  return false;
}

function quotedNames(tables: readonly FileTable[]): string {
  return tables.map(({ sheet }) => `"${sheet}"`).join(', ');
}

/** How far another sheet is looked at: a list shows within its first lines what it is. */
const SCANNED_LINES = 1_000;

const OPEN_QUOTE =
  'A quoted cell is not closed on this line: close it, and write each cell without line breaks.';
const LINE_BREAK = 'A cell has a line break: write it on one line.';
