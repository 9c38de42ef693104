/** What can be wrong with the shape of any file, whatever is in it. A code never changes its meaning. */
export type FileShapeCode =
  | 'NOT_UTF8'
  | 'MISSING_COLUMN'
  | 'DOUBLE_COLUMN'
  | 'CELL_COUNT'
  | 'LINE_TOO_LONG'
  | 'QUOTE_NOT_CLOSED'
  | 'TOO_MANY_ROWS';

/** One thing to mend in a file, with where it stands and what to write instead. */
export interface FileProblem<Code extends string = string> {
  /** As an editor counts them: the head is line 1. */
  line: number;
  /** The head of the column, as the file or the column map has it; null when it is about the whole line. */
  column: string | null;
  /** What stands there, cut to forty characters; null when it is about the whole line, or nobody's to be told. */
  value: string | null;
  code: Code;
  message: string;
}

/** How many problems are listed at once; the rest is counted, or read page by page. */
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

/** Where whoever reads a file puts what is wrong with it. */
export interface ProblemSink<Code extends string> {
  /** How many were put here. */
  readonly total: number;
  add(problems: readonly FileProblem<Code>[]): void;
}

/** The problems found so far: the first thousand by line in full, all as a number, so that a hopeless file stays small. */
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

  /** @param total how many there are, when `problems` holds only the first of them. */
  add(problems: readonly FileProblem<Code>[], total = problems.length): void {
    this.#total += total;
    this.#kept.push(...problems);
    if (this.#kept.length > 2 * LISTED_PROBLEMS) this.#keepFirst();
  }

  #keepFirst(): void {
    this.#kept.sort((a, b) => a.line - b.line);
    this.#kept.length = Math.min(this.#kept.length, LISTED_PROBLEMS);
  }
}
