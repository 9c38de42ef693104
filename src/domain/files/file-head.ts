import { cellProblem, type FileProblem, type FileShapeCode, lineProblem } from './file-problem.ts';

/** The index of each column in a row, and its name in the file. */
export type FileHead<Column extends string> = Partial<Record<Column, { index: number; name: string }>> & {
  cellCount: number;
};

export interface ExpectedColumns<Column extends string> {
  /** The default column names. */
  readonly heads: Readonly<Partial<Record<Column, string>>>;
  /** Other names for some columns: a column named here is required. */
  readonly given: Readonly<Partial<Record<Column, string>>>;
  /** The columns that a file may lack. */
  readonly optional: readonly Column[];
  /** Whether a problem may show the head line: in a file without one, that line is a row. */
  readonly isShown: boolean;
}

/** Delimiters as the csv library names them; the first wins a tie. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The most frequent delimiter of the head line: spreadsheets write ; in half of Europe, and tabs on request. */
export function detectDelimiter(headLine: string): string {
  const count = (delimiter: string) => headLine.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** Finds the columns by their names, ignoring order, case and blanks. Other columns are ignored. */
export function readFileHead<Column extends string>(
  cells: readonly string[],
  line: number,
  { heads, given, optional, isShown }: ExpectedColumns<Column>,
): FileHead<Column> | FileProblem<FileShapeCode>[] {
  if (cells.some((cell) => /[\0\ufffd]/.test(cell))) {
    return [lineProblem('NOT_UTF8', line, 'The file is not UTF-8 text: save it as "CSV UTF-8".')];
  }
  const problems: FileProblem<FileShapeCode>[] = [];
  const found: Partial<Record<Column, { index: number; name: string }>> = {};
  const names = cells.map(plain);
  for (const [column, name] of Object.entries({ ...heads, ...given }) as [Column, string][]) {
    const index = names.indexOf(plain(name));
    if (index < 0) {
      if (optional.includes(column) && given[column] === undefined) continue;
      const message = `No column has the head "${name}": add it, or name the head it has in the column map.`;
      const value = isShown ? cells.join(' ') : '';
      problems.push(cellProblem('MISSING_COLUMN', { line, column: name, value, message }));
    } else if (names.indexOf(plain(name), index + 1) >= 0) {
      const message = `Two columns have the head "${name}": rename or delete one.`;
      problems.push(cellProblem('DOUBLE_COLUMN', { line, column: name, value: name, message }));
    } else {
      found[column] = { index, name: cells[index]?.trim() ?? name };
    }
  }
  return problems.length > 0 ? problems : { ...found, cellCount: cells.length };
}

/**
 * The problem of a line with more or fewer cells than the head, whose cells can't be assigned to columns; undefined
 * when the counts match.
 */
export function cellCountProblem(
  cells: readonly string[],
  { cellCount }: { readonly cellCount: number },
  line: number,
): FileProblem<FileShapeCode> | undefined {
  if (cells.length >= cellCount && cells.slice(cellCount).every((cell) => cell.trim() === ''))
    return undefined;
  const message = `The head has ${cellCount} cells and this line ${cells.length}: quote a cell that holds the delimiter.`;
  return lineProblem('CELL_COUNT', line, message);
}

function plain(head: string): string {
  return head
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}
