import type { DeckFound } from './rate-deck-reader.ts';
import type { RateDifference } from './rate-difference.ts';

/** What an import of a deck did. */
export interface ImportedRates {
  outcome: 'IMPORTED';
  rateGroupId: string;
  /** All rates of the deck: a row with several prefixes has several. */
  imported: number;
  /** Prefixes that the group offered until effectiveFrom and no longer does. */
  withdrawn: number;
  /** Rates that were to begin with the replacement or later, and that it deleted. */
  laterRatesDeleted: number;
  /** Prefixes that the group offers now, or from a later date on. */
  rateCount: number;
  /** The group's new version; the one it had when nothing changed. */
  version: number;
  /** Whether anything changed: otherwise there is neither a new version nor an event. */
  changed: boolean;
  /** What changed against the rates there were. */
  difference: RateDifference;
  /** What the file is, and what became of its columns. */
  found: DeckFound;
  /** When the same import was done before: this is its result, and nothing was done now. */
  importedBefore?: Date;
}
