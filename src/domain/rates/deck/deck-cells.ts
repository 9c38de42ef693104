import { cellProblem } from '../../files/file-problem.ts';
import type { DeckProblem, DeckProblemCode } from '../../files/rate-deck-problem.ts';
import { type CellDate, type DateOrder, readDate } from './date-cell.ts';
import type { DeckHead } from './deck-head.ts';
import { DECK_HEADS, type DeckColumn } from './deck-preset.ts';

/** The cells of a row by their columns, and the problems found in them. */
export class DeckCells {
  readonly problems: DeckProblem[] = [];
  readonly line: number;
  readonly #cells: readonly string[];
  readonly #head: DeckHead;

  constructor(cells: readonly string[], line: number, head: DeckHead) {
    this.#cells = cells;
    this.line = line;
    this.#head = head;
  }

  has(column: DeckColumn): boolean {
    return this.#head[column] !== undefined;
  }

  /** The column's head in the file. */
  name(column: DeckColumn): string {
    return this.#head[column]?.name ?? DECK_HEADS[column];
  }

  /** The text of a cell; also empty when there is no such column. */
  text(column: DeckColumn): string {
    const header = this.#head[column];
    return header ? (this.#cells[header.index]?.trim() ?? '') : '';
  }

  /** The cell's date; null when it has none, undefined when it can't be read. */
  date(column: DeckColumn, order: DateOrder | null): CellDate | null | undefined {
    return readDate(this.text(column), order);
  }

  bad(column: DeckColumn, code: DeckProblemCode, message: string): null {
    const place = { line: this.line, column: this.name(column), value: this.text(column), message };
    this.problems.push(cellProblem(code, place));
    return null;
  }
}
