/** What can be wrong with the shape of any file, whatever its content. A code never changes its meaning. */
export type FileShapeCode =
  | 'NOT_UTF8'
  | 'MISSING_COLUMN'
  | 'DOUBLE_COLUMN'
  | 'CELL_COUNT'
  | 'LINE_TOO_LONG'
  | 'QUOTE_NOT_CLOSED'
  | 'LINE_BREAK'
  | 'DIGITS_LOST'
  | 'MERGED_CELLS'
  | 'ROWS_ABOVE_HEAD'
  | 'SEVERAL_SHEETS'
  | 'NO_SUCH_SHEET'
  | 'NOT_READABLE'
  | 'TOO_LARGE'
  | 'TOO_MANY_ROWS';

/** One thing to correct in a file: its location, and what to write instead. */
export interface FileProblem<Code extends string = string> {
  /** As an editor counts them: the head is line 1. */
  line: number;
  /** The column's name, as in the file or the column map; null when the problem is about the whole line. */
  column: string | null;
  /**
   * The cell's text, cut to forty characters; null when the problem is about the whole line, or when the value must not
   * be shown.
   */
  value: string | null;
  code: Code;
  message: string;
}

/** How many problems are listed at once; the others are counted, or read page by page. */
export const LISTED_PROBLEMS = 1_000;

const VALUE_LENGTH = 40;

/** A problem of one cell. */
export function cellProblem<Code extends string>(
  code: Code,
  { line, column, value, message }: { line: number; column: string; value: string; message: string },
): FileProblem<Code> {
  const short = value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH - 1)}…` : value;
  return { line, column, value: short, code, message };
}

/** A problem of a whole line. */
export function lineProblem<Code extends string>(
  code: Code,
  line: number,
  message: string,
): FileProblem<Code> {
  return { line, column: null, value: null, code, message };
}

/** Receives the problems that a reader of a file finds. */
export interface ProblemSink<Code extends string> {
  /** How many it has received. */
  readonly total: number;
  add(problems: readonly FileProblem<Code>[]): void;
  /** Receives the only one of a damaged file: what was read before the damage was found may be garbage. */
  replace(problem: FileProblem<Code>): void;
}

/**
 * The problems found so far: the first thousand by line in full, the rest as a count, so that a hopeless file stays
 * small.
 */
export class FileProblems<Code extends string> implements ProblemSink<Code> {
  #kept: FileProblem<Code>[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  get listed(): readonly FileProblem<Code>[] {
    this.#keepFirst();
    return this.#kept;
  }

  /** @param total how many there are, when `problems` has only the first of them */
  add(problems: readonly FileProblem<Code>[], total = problems.length): void {
    this.#total += total;
    this.#kept.push(...problems);
    if (this.#kept.length > 2 * LISTED_PROBLEMS) this.#keepFirst();
  }

  replace(problem: FileProblem<Code>): void {
    this.#kept = [problem];
    this.#total = 1;
  }

  #keepFirst(): void {
    this.#kept.sort((a, b) => a.line - b.line);
    this.#kept.length = Math.min(this.#kept.length, LISTED_PROBLEMS);
  }
}
