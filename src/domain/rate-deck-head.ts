import { cellProblem, type DeckProblem, lineProblem } from './rate-deck-problem.ts';

/** The columns of a deck, with the heads they have unless the caller says otherwise. */
export const DECK_HEADS = {
  prefix: 'prefix',
  destination: 'destination',
  ratePerMinute: 'rate_per_minute',
  connectionFee: 'connection_fee',
  initialIncrement: 'initial_increment',
  increment: 'increment',
  effectiveFrom: 'effective_from',
} as const;

export type DeckColumn = keyof typeof DECK_HEADS;

/** Other heads for a carrier's own deck: `{ prefix: 'Code', ratePerMinute: 'Price' }`. */
export type DeckColumnMap = Partial<Record<DeckColumn, string>>;

/** Where each column stands in a row, and what it is called there. */
export type DeckHead = Partial<Record<DeckColumn, { index: number; name: string }>> & { cellCount: number };

/** A deck may do without them: no fee, and in effect with the import. */
const OPTIONAL: readonly DeckColumn[] = ['connectionFee', 'effectiveFrom'];

/** What csv calls a delimiter; the first wins a tie. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that the head line has most of: spreadsheets write ; in half of Europe, and tabs when asked to. */
export function detectDelimiter(headLine: string): string {
  const count = (delimiter: string) => headLine.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/** Finds the columns by their heads, whatever their order, letter case and blanks. Other columns are left alone. */
export function readDeckHead(
  cells: readonly string[],
  columns: DeckColumnMap,
  line: number,
): DeckHead | DeckProblem[] {
  if (cells.some((cell) => /[\0\ufffd]/.test(cell))) {
    return [lineProblem('NOT_UTF8', line, 'The file is not UTF-8 text: save it as "CSV UTF-8".')];
  }
  const problems: DeckProblem[] = [];
  const head: DeckHead = { cellCount: cells.length };
  const names = cells.map(plain);
  for (const column of Object.keys(DECK_HEADS) as DeckColumn[]) {
    const name = columns[column] ?? DECK_HEADS[column];
    const index = names.indexOf(plain(name));
    if (index < 0) {
      if (OPTIONAL.includes(column) && columns[column] === undefined) continue;
      const message = `No column has the head "${name}": add it, or name the head it has in the column map.`;
      problems.push(cellProblem('MISSING_COLUMN', { line, column: name, value: cells.join(' '), message }));
    } else if (names.indexOf(plain(name), index + 1) >= 0) {
      const message = `Two columns have the head "${name}": rename or delete one.`;
      problems.push(cellProblem('DOUBLE_COLUMN', { line, column: name, value: name, message }));
    } else {
      head[column] = { index, name: cells[index]?.trim() ?? name };
    }
  }
  return problems.length > 0 ? problems : head;
}

function plain(head: string): string {
  return head
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}
