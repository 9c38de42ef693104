import { saysBarred } from '../../domain/files/barring-words.ts';
import { FileProblems, lineProblem } from '../../domain/files/file-problem.ts';
import type { DeckProblemCode } from '../../domain/files/rate-deck-problem.ts';
import {
  type ColumnUse,
  type DeckHead,
  readDeckHead,
  unreadProblem,
} from '../../domain/rates/deck/deck-head.ts';
import type { DeckReading } from '../../domain/rates/deck/deck-reading.ts';
import { titleUnitProblem } from '../../domain/rates/deck/head-unit.ts';
import { readPrefixes } from '../../domain/rates/deck/prefix-cell.ts';
import {
  type DeckDates,
  type DeckRate,
  type DeckRules,
  MAX_DECK_ROWS,
  readDeckRow,
} from '../../domain/rates/deck/rate-deck.ts';
import { DecimalMarks } from '../../domain/values/decimal-marks.ts';
import { type Chunks, type FileFound, FileReader, type FileSettings } from '../files/file-reader.ts';
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
  reading: DeckReading;
  dates: DeckDates;
  settings?: FileSettings;
}

/** How the file was made and what became of its columns. */
export interface DeckFound extends FileFound {
  readonly columns: readonly ColumnUse[];
  /** What was declared and the file says otherwise. */
  readonly notes: readonly string[];
}

/** Reads a deck: valid rates are yielded in groups, problems are collected. */
export class RateDeckReader {
  readonly problems = new FileProblems<DeckProblemCode>();
  readonly #source: () => Chunks;
  readonly #rules: DeckRules;
  readonly #reader: FileReader<DeckHead, DeckRate[], DeckProblemCode>;
  #rateCount = 0;

  constructor({ source, reading, dates, settings }: DeckReaderOptions) {
    this.#source = source;
    this.#rules = { reading, dates, marks: new DecimalMarks(reading.decimalMark) };
    this.#reader = new FileReader(
      {
        name: 'A deck',
        maxRows: MAX_DECK_ROWS,
        empty: lineProblem('EMPTY_DECK', 1, 'The file has no rows below its head.'),
        readHead: ({ cells, number }) => readDeckHead(cells, reading, number),
        bearsOnList,
        readRow: ({ cells, number }, head) => this.#readRow(cells, number, head),
      },
      this.problems,
      settings,
    );
  }

  /** Rows read so far, valid and invalid. */
  get rowCount(): number {
    return this.#reader.rowCount;
  }

  /** Rates read so far: a row with several prefixes gives several. */
  get rateCount(): number {
    return this.#rateCount;
  }

  /** The deck's own header of the column of prefixes. */
  get prefixHead(): string {
    const head = this.#reader.head;
    return (head?.areaCodes ?? head?.prefix)?.name ?? 'prefix';
  }

  get found(): DeckFound {
    const { uses = [], notes = [] } = this.#reader.head ?? {};
    return { ...this.#reader.found, columns: uses, notes };
  }

  async *groups(): AsyncGenerator<DeckRate[]> {
    for await (const rows of this.#reader.groups(this.#source())) {
      const rates = rows.flat();
      this.#rateCount += rates.length;
      if (this.#rateCount > MAX_DECK_ROWS) {
        const message = `A deck may have ${MAX_DECK_ROWS} rates: split it. Reading stopped here.`;
        this.problems.add([lineProblem('TOO_MANY_ROWS', rates.at(-1)?.line ?? 1, message)]);
        return;
      }
      if (rates.length > 0) yield rates;
    }
    if (!this.#reader.isBroken) this.#checkWhole();
  }

  #readRow(cells: readonly string[], line: number, head: DeckHead): DeckRate[] | undefined {
    const read = readDeckRow(cells, { line, head, rules: this.#rules });
    if (isRates(read)) return read;
    this.problems.add(read);
    return undefined;
  }

  /** What only the whole file shows. */
  #checkWhole(): void {
    this.problems.add(this.#rules.marks.problems());
    this.problems.add(this.#reader.head?.problems ?? []);
    for (const { number, cells } of this.#reader.head ? this.#reader.above : []) {
      const problem = titleUnitProblem(cells.join(' '), this.#rules.reading, number);
      if (problem) this.problems.add([problem]);
    }
    for (const column of this.#reader.head?.unread ?? []) {
      const problem = unreadProblem(column);
      if (problem) this.problems.add([problem]);
    }
  }
}

/** A short cell, unlike the sentences of terms and conditions. */
const MAX_WORDS_LENGTH = 60;

/** Whether another sheet's line may be about prefixes of the deck: it has some, or says that something is not sold. */
function bearsOnList(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim();
    return readPrefixes(text) !== null || (text.length <= MAX_WORDS_LENGTH && saysBarred(text));
  });
}

function isRates(read: ReturnType<typeof readDeckRow>): read is DeckRate[] {
  return read[0] !== undefined && 'prefix' in read[0];
}
