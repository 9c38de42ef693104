import { FileProblems, lineProblem } from '../../domain/files/file-problem.ts';
import type { DeckProblemCode } from '../../domain/files/rate-deck-problem.ts';
import { type DeckDates, type DeckRate, MAX_DECK_ROWS, readDeckRow } from '../../domain/rates/rate-deck.ts';
import { type DeckColumnMap, type DeckHead, readDeckHead } from '../../domain/rates/rate-deck-head.ts';
import { type Chunks, FileReader } from '../files/file-reader.ts';
import type { Transaction } from '../postgres/database.ts';

/**
 * Opens the bytes of a deck: a file's stream, or chunks from elsewhere. Called only when reading begins, so that no
 * stream fails without a listener or stays open.
 *
 * @param tx the import's transaction, for a deck stored in the database: if each import needed a second connection of
 *   the pool, as many imports as the pool has connections would deadlock.
 */
export type DeckSource = (tx: Transaction) => Chunks;

export interface DeckReaderOptions {
  /** As DeckSource, opened within a transaction or needing none. */
  source: () => Chunks;
  columns: DeckColumnMap;
  dates: DeckDates;
}

/** Reads a deck: valid rows are yielded in groups, problems are collected. */
export class RateDeckReader {
  readonly problems = new FileProblems<DeckProblemCode>();
  readonly #source: () => Chunks;
  readonly #reader: FileReader<DeckHead, DeckRate, DeckProblemCode>;

  constructor({ source, columns, dates }: DeckReaderOptions) {
    this.#source = source;
    this.#reader = new FileReader(
      {
        name: 'A deck',
        maxRows: MAX_DECK_ROWS,
        empty: lineProblem('EMPTY_DECK', 1, 'The file has no rows below its head.'),
        readHead: ({ cells, number }) => readDeckHead(cells, columns, number),
        readRow: ({ cells, number }, head) => {
          const row = readDeckRow(cells, { line: number, head, dates });
          if (!Array.isArray(row)) return row;
          this.problems.add(row);
          return undefined;
        },
      },
      this.problems,
    );
  }

  /** Rows read so far, valid and invalid. */
  get rowCount(): number {
    return this.#reader.rowCount;
  }

  /** The deck's own header of the column of prefixes. */
  get prefixHead(): string {
    return this.#reader.head?.prefix?.name ?? 'prefix';
  }

  async *groups(): AsyncGenerator<DeckRate[]> {
    for await (const rates of this.#reader.groups(this.#source())) if (rates.length > 0) yield rates;
  }
}
