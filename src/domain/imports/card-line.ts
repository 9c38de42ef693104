import type { FileHead } from '../files/file-head.ts';
import type { CardColumns } from './card-columns.ts';
import { readText } from './card-file-cells.ts';
import type { CardColumn } from './card-file-form.ts';
import {
  type CardNoteCode,
  type CardProblem,
  type CardProblemCode,
  cardProblem,
} from './card-file-problem.ts';

/** The columns of a file that are read, and the others. */
export interface CardFileHead extends FileHead<CardColumn>, CardColumns {}

/** The cells of a line, the problems found in them, and what is noted of it without being a problem. */
export class CardLine {
  readonly problems: CardProblem[] = [];
  readonly notes: CardProblem<CardNoteCode>[] = [];
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

  /** The column's head in the file. */
  name(column: CardColumn): string {
    return this.#head[column]?.name ?? column;
  }

  bad(column: CardColumn, code: CardProblemCode, message: string): null {
    this.problems.push(cardProblem(code, { line: this.number, column: this.name(column), message }));
    return null;
  }

  note(column: CardColumn, code: CardNoteCode, message: string): void {
    this.notes.push(cardProblem(code, { line: this.number, column: this.name(column), message }));
  }
}
