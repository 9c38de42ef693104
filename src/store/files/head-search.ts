import { DELIMITERS, declaredDelimiter, detectDelimiter } from '../../domain/files/file-head.ts';
import { type FileProblem, lineProblem } from '../../domain/files/file-problem.ts';
import { splitCells } from '../../domain/files/line-cells.ts';
import type { FileLine } from './open-file.ts';

/** The lines of a file among which its head must be: above it are titles, addresses and remarks. */
const SEARCHED_LINES = 50;

/** A line split into cells. */
export interface SplitLine {
  readonly number: number;
  readonly cells: readonly string[];
}

export interface HeadSettings {
  /** The number of the head's line. Omitted: the first line that has the columns. */
  readonly headLine?: number;
}

/** Looks for the line with the columns, and for the delimiter with which it has them. */
export class HeadSearch<Head, Code extends string> {
  readonly #read: (line: SplitLine) => Head | FileProblem<Code>[];
  readonly #headLine: number | undefined;
  readonly #above: SplitLine[] = [];
  #declared: string | undefined;
  #delimiter = ',';
  #head: Head | undefined;
  #best: FileProblem<Code>[] | undefined;

  constructor(read: (line: SplitLine) => Head | FileProblem<Code>[], { headLine }: HeadSettings = {}) {
    this.#read = read;
    this.#headLine = headLine;
  }

  get head(): Head | undefined {
    return this.#head;
  }

  get delimiter(): string {
    return this.#delimiter;
  }

  /** The lines above the head that are not blank. */
  get above(): readonly SplitLine[] {
    return this.#above;
  }

  /** Whether the head can't come any more. */
  get hasFailed(): boolean {
    return this.#above.length >= SEARCHED_LINES;
  }

  /** What is missing from the line that comes closest to a head. */
  get problems(): readonly FileProblem<Code>[] {
    return this.#best ?? [];
  }

  /** Takes the next line. @returns whether it is the head */
  take(line: FileLine): boolean {
    if ('text' in line && this.#declared === undefined && this.#above.length === 0) {
      this.#declared = declaredDelimiter(line.text);
      if (this.#declared !== undefined) return false;
    }
    const candidates = this.#candidates(line);
    const [first] = candidates;
    if (!first || isBlank(first.cells)) return false;
    if (this.#headLine === undefined || this.#headLine === line.number) {
      for (const { delimiter, ...split } of candidates) {
        const head = this.#read(split);
        if (Array.isArray(head)) this.#noteProblems(head);
        else {
          this.#head = head;
          this.#delimiter = delimiter;
          return true;
        }
      }
    }
    this.#above.push(first);
    return false;
  }

  /** The line's cells, by the delimiter that makes the most of them first. */
  #candidates(line: FileLine): (SplitLine & { delimiter: string })[] {
    const { number } = line;
    if (!('text' in line)) return [{ number, cells: line.cells, delimiter: '' }];
    const best = this.#declared ?? detectDelimiter(line.text);
    const others = this.#declared === undefined ? DELIMITERS.filter((each) => each !== best) : [];
    return [best, ...others].map((delimiter) => ({
      number,
      cells: splitCells(line.text, delimiter).cells,
      delimiter,
    }));
  }

  #noteProblems(problems: FileProblem<Code>[]): void {
    if (this.#best === undefined || problems.length < this.#best.length) this.#best = problems;
  }
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/**
 * The problem of lines above the head that are as full as rows: a head that is not the file's own would swallow the
 * rows above it.
 */
export function rowsAboveHead(
  above: readonly SplitLine[],
  cellCount: number,
): FileProblem<'ROWS_ABOVE_HEAD'>[] {
  const row = above.find(({ cells }) => cells.filter((cell) => cell.trim() !== '').length >= cellCount);
  if (!row) return [];
  const message = `This line has as many cells as the head below it, and would not be imported: delete it, or name the line of the head.`;
  return [lineProblem('ROWS_ABOVE_HEAD', row.number, message)];
}
