/** What can be wrong with a deck. A code never changes its meaning. */
export type DeckProblemCode =
  | 'EMPTY_DECK'
  | 'NOT_UTF8'
  | 'MISSING_COLUMN'
  | 'DOUBLE_COLUMN'
  | 'CELL_COUNT'
  | 'BAD_PREFIX'
  | 'BAD_DESTINATION'
  | 'BAD_RATE'
  | 'BAD_CONNECTION_FEE'
  | 'BAD_INCREMENT'
  | 'BAD_EFFECTIVE_FROM'
  | 'DUPLICATE'
  | 'LINE_TOO_LONG'
  | 'QUOTE_NOT_CLOSED'
  | 'TOO_MANY_ROWS';

/** One thing to mend in a deck, with where it stands and what to write instead. */
export interface DeckProblem {
  /** As an editor counts them: the head is line 1. */
  line: number;
  /** The head of the column, as the file or the column map has it; null when it is about the whole line. */
  column: string | null;
  /** What stands there, cut to forty characters; null when it is about the whole line. */
  value: string | null;
  code: DeckProblemCode;
  message: string;
}

/** How many problems are listed; the rest is counted. */
export const LISTED_PROBLEMS = 1_000;

const VALUE_LENGTH = 40;

/** A problem of one cell. */
export function cellProblem(
  code: DeckProblemCode,
  { line, column, value, message }: { line: number; column: string; value: string; message: string },
): DeckProblem {
  const short = value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH - 1)}…` : value;
  return { line, column, value: short, code, message };
}

/** A problem of a whole line. */
export function lineProblem(code: DeckProblemCode, line: number, message: string): DeckProblem {
  return { line, column: null, value: null, code, message };
}

/** Two rows that give one prefix two prices from one instant on. The second is named, and says where the first is. */
export function duplicateProblem(duplicate: {
  line: number;
  firstLine: number;
  column: string;
  prefix: string;
}): DeckProblem {
  return cellProblem('DUPLICATE', {
    line: duplicate.line,
    column: duplicate.column,
    value: duplicate.prefix,
    message: `Line ${duplicate.firstLine} has the same prefix from the same date on: keep one of lines ${duplicate.firstLine} and ${duplicate.line}.`,
  });
}

/** The problems found so far: the first thousand by line in full, all as a number, so that a hopeless file stays small. */
export class DeckProblems {
  #kept: DeckProblem[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  get listed(): readonly DeckProblem[] {
    this.#keepFirst();
    return this.#kept;
  }

  /** @param total how many there are, when `problems` holds only the first of them. */
  add(problems: readonly DeckProblem[], total = problems.length): void {
    this.#total += total;
    this.#kept.push(...problems);
    if (this.#kept.length > 2 * LISTED_PROBLEMS) this.#keepFirst();
  }

  #keepFirst(): void {
    this.#kept.sort((a, b) => a.line - b.line);
    this.#kept.length = Math.min(this.#kept.length, LISTED_PROBLEMS);
  }
}
