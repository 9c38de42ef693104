import { type FileHead, plainHead, readFileHead } from '../../files/file-head.ts';
import { cellProblem } from '../../files/file-problem.ts';
import type { DeckProblem } from '../../files/rate-deck-problem.ts';
import { bears, UnreadColumn } from '../../files/unread-column.ts';
import { isCurrency } from '../../values/currency.ts';
import { DECK_PRESETS, type DeckColumn, type DeckHeads, type DeckPresetForm } from './deck-preset.ts';
import type { DeckReading } from './deck-reading.ts';
import { readHeadUnits } from './head-unit.ts';

/** The columns of a deck that are read, and the others. */
export interface DeckHead extends FileHead<DeckColumn> {
  readonly unread: readonly UnreadColumn[];
  /** What became of each column of the file. */
  readonly uses: readonly ColumnUse[];
  /** What the heads say of units: that they are not those of the prices. */
  readonly problems: readonly DeckProblem[];
  /** What was declared and the heads say otherwise. */
  readonly notes: readonly string[];
}

/** What became of a column. */
export interface ColumnUse {
  /** As it is written in the file. */
  readonly head: string;
  /** Null: it is ignored. */
  readonly readAs: DeckColumn | null;
}

/** Columns without which there is no price. */
const REQUIRED: readonly DeckColumn[] = ['prefix', 'ratePerMinute', 'initialIncrement', 'increment'];

/** Finds the columns of a deck. */
export function readDeckHead(
  cells: readonly string[],
  reading: DeckReading,
  line: number,
): DeckHead | DeckProblem[] {
  const { heads, ignored, neutral }: DeckPresetForm = DECK_PRESETS[reading.preset];
  const wanted: DeckHeads = { ...heads, ...reading.columns };
  const has = (column: DeckColumn) => hasColumn(cells, wanted[column]);
  const needless: DeckColumn[] = [];
  if (has('countryCode') && has('areaCodes') && reading.columns.prefix === undefined) needless.push('prefix');
  if (reading.increments || has('increments')) needless.push('initialIncrement', 'increment');
  const optional = (Object.keys(heads) as DeckColumn[]).filter(
    (column) => !REQUIRED.includes(column) || needless.includes(column),
  );
  const head = readFileHead(cells, line, { heads, given: reading.columns, optional, isShown: true });
  if (Array.isArray(head)) return head;
  // A prefix of its own is complete: then area codes only describe it.
  if (head.prefix && reading.columns.areaCodes === undefined) delete head.areaCodes;
  const skipped = [...ignored, ...reading.ignored].map(plainHead);
  const columns = Object.entries(head).flatMap(([column, found]) =>
    typeof found === 'object' ? [[found.index, column as DeckColumn] as const] : [],
  );
  const readAs = new Map(columns);
  const unread = cells.flatMap((name, index) => {
    if (readAs.has(index) || skipped.includes(plainHead(name))) return [];
    const isBearing = bears(name, (word) => isCurrency(word.toUpperCase()));
    return [new UnreadColumn({ head: name, index, line, isBearing, neutral: neutral[plainHead(name)] })];
  });
  const uses = cells.flatMap((name, index) => {
    const use = { head: name.trim(), readAs: readAs.get(index) ?? null };
    return use.head === '' && use.readAs === null ? [] : [use];
  });
  return { ...head, unread, uses, ...readHeadUnits(head, reading, line) };
}

function hasColumn(cells: readonly string[], names: string | readonly string[] | undefined): boolean {
  const plain = [names ?? []].flat().map(plainHead);
  return cells.some((cell) => plain.includes(plainHead(cell)));
}

/** The problem of a column that says something and is not read, at the end of the file. */
export function unreadProblem(column: UnreadColumn): DeckProblem | undefined {
  const found = column.evidence();
  const message = `${column.name} may bear on price, validity or barring and would not be read: say what it is, or that it is to be ignored.`;
  return found && cellProblem('UNREAD_COLUMN', { ...found, column: column.head, message });
}
