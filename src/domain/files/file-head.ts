import { cellProblem, type FileProblem, type FileShapeCode, lineProblem } from './file-problem.ts';

/** The index of each column in a row, and its name in the file. */
export type FileHead<Column extends string> = Partial<Record<Column, { index: number; name: string }>> & {
  cellCount: number;
};

interface ExpectedColumns<Column extends string> {
  /** The default column names, the one that messages name first. */
  readonly heads: Readonly<Partial<Record<Column, string | readonly string[]>>>;
  /** Other names for some columns: a column named here is required. */
  readonly given: Readonly<Partial<Record<Column, string>>>;
  /** The columns that a file may lack. */
  readonly optional: readonly Column[];
  /** Whether a problem may show the head line: in a file without one, that line is a row. */
  readonly isShown: boolean;
}

/** What may separate cells; the first wins a tie. Spreadsheets write ; in half of Europe, and tabs on request. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The most frequent delimiter of a line. */
export function detectDelimiter(line: string): string {
  const count = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce<string>(
    (best, delimiter) => (count(delimiter) > count(best) ? delimiter : best),
    ',',
  );
}

/** The delimiter that the first line of a file for Excel declares: "sep=;". */
export function declaredDelimiter(line: string): string | undefined {
  return /^"?sep=(.)"?(?: |\1)*$/i.exec(line)?.[1];
}

/** Finds the columns by their names, ignoring order, case and blanks. */
export function readFileHead<Column extends string>(
  cells: readonly string[],
  line: number,
  { heads, given, optional, isShown }: ExpectedColumns<Column>,
): FileHead<Column> | FileProblem<FileShapeCode>[] {
  if (cells.some((cell) => /[\0\ufffd]/.test(cell))) return [unreadableText(line)];
  const problems: FileProblem<FileShapeCode>[] = [];
  const found: Partial<Record<Column, { index: number; name: string }>> = {};
  const names = cells.map(plainHead);
  const claimed = new Set((Object.values(given) as string[]).map(plainHead));
  for (const [column, name] of Object.entries({ ...heads, ...given }) as [Column, string | string[]][]) {
    const [first = '', ...others] = [name].flat();
    const isGiven = given[column] !== undefined;
    // A head that was given to one column is not another's by default.
    const indexes = indexesOf(names, [first, ...others]).filter(
      (index) => isGiven || !claimed.has(names[index] ?? ''),
    );
    const [index] = indexes;
    if (index === undefined) {
      if (optional.includes(column) && !isGiven) continue;
      const message = `No column has the head "${first}": add it, or name the head it has in the column map.`;
      const value = isShown ? cells.join(' ') : '';
      problems.push(cellProblem('MISSING_COLUMN', { line, column: first, value, message }));
    } else if (indexes.length > 1) {
      const written = indexes.map((each) => `"${cells[each]?.trim() ?? ''}"`);
      const message = `Two columns mean "${first}": ${written.join(' and ')}. Rename or delete one, or name the one to read.`;
      problems.push(cellProblem('DOUBLE_COLUMN', { line, column: first, value: first, message }));
    } else {
      found[column] = { index, name: cells[index]?.trim() ?? first };
    }
  }
  return problems.length > 0 ? problems : { ...found, cellCount: cells.length };
}

/** The problem of a line that could not be decoded, or that is no text. */
export function unreadableText(line: number): FileProblem<FileShapeCode> {
  return lineProblem('NOT_UTF8', line, 'The file is not UTF-8 text: save it as "CSV UTF-8".');
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

/** A head as it is compared: without case, and with all of blanks, hyphens and underscores alike. */
export function plainHead(head: string): string {
  return head
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

function indexesOf(names: readonly string[], wanted: readonly string[]): number[] {
  const plain = wanted.map(plainHead);
  return names.flatMap((name, index) => (plain.includes(name) ? [index] : []));
}
