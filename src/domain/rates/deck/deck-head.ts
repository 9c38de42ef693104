import { type FileHead, readFileHead } from '../files/file-head.ts';
import type { DeckProblem } from '../files/rate-deck-problem.ts';

/** The columns of a deck, with their default names; the client may give others. */
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

/** Other column names for a carrier's own deck: `{ prefix: 'Code', ratePerMinute: 'Price' }`. */
export type DeckColumnMap = Partial<Record<DeckColumn, string>>;

export type DeckHead = FileHead<DeckColumn>;

/** A deck may lack these columns: then there is no fee, and rates take effect with the import. */
const OPTIONAL: readonly DeckColumn[] = ['connectionFee', 'effectiveFrom'];

/** Finds the columns of a deck. */
export function readDeckHead(
  cells: readonly string[],
  given: DeckColumnMap,
  line: number,
): DeckHead | DeckProblem[] {
  return readFileHead(cells, line, { heads: DECK_HEADS, given, optional: OPTIONAL, isShown: true });
}
