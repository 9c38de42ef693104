import { CsvError, Parser } from 'csv-parse';
import {
  type DeckDates,
  type DeckRate,
  MAX_DECK_LINE_BYTES,
  MAX_DECK_ROWS,
  readDeckRow,
} from '../domain/rate-deck.ts';
import {
  type DeckColumnMap,
  type DeckHead,
  detectDelimiter,
  readDeckHead,
} from '../domain/rate-deck-head.ts';
import { DeckProblems, lineProblem } from '../domain/rate-deck-problem.ts';
import type { Transaction } from './database.ts';

type Chunks = AsyncIterable<Uint8Array>;

/**
 * Opens the bytes of a deck: a file's stream, or chunks read from elsewhere. Called when reading begins, and not at
 * all when nothing is to be read, so that no stream fails unheard or stays open.
 *
 * @param tx the import's own transaction, for a deck that lies in the database: were it read over another connection
 *   of the pool, as many imports as the pool has connections would wait for one for ever.
 */
export type DeckSource = (tx: Transaction) => Chunks;

export interface DeckReaderOptions {
  /** As DeckSource, opened within a transaction or needing none. */
  source: () => Chunks;
  columns: DeckColumnMap;
  dates: DeckDates;
}

interface Line {
  number: number;
  cells: readonly string[];
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads a deck from top to bottom in the memory of one chunk, whatever its size. Good rows come out in groups; bad
 * ones gather as problems, and reading goes on to find them all. Only what makes the rest unreadable ends it early.
 */
export class RateDeckReader {
  readonly problems = new DeckProblems();
  readonly #options: DeckReaderOptions;
  #head: DeckHead | undefined;
  #rowCount = 0;
  #ended = false;

  constructor(options: DeckReaderOptions) {
    this.#options = options;
  }

  /** Rows read so far, good and bad. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** What the deck itself calls the column of prefixes. */
  get prefixHead(): string {
    return this.#head?.prefix?.name ?? 'prefix';
  }

  async *groups(): AsyncGenerator<DeckRate[]> {
    const source = await peekHeadLine(this.#options.source());
    for await (const lines of readLines(source.chunks, detectDelimiter(source.headLine), this.problems)) {
      const rates = this.#read(lines);
      if (rates.length > 0) yield rates;
      if (this.#ended) return;
    }
    if (this.#rowCount === 0 && this.problems.total === 0) {
      this.problems.add([lineProblem('EMPTY_DECK', 1, 'The file has no rows below its head.')]);
    }
  }

  #read(lines: readonly Line[]): DeckRate[] {
    const rates: DeckRate[] = [];
    for (const line of lines) {
      if (this.#ended) break;
      if (!this.#head) this.#readHead(line);
      else this.#readRow(line, this.#head, rates);
    }
    return rates;
  }

  #readHead({ cells, number }: Line): void {
    const head = readDeckHead(cells, this.#options.columns, number);
    if (!Array.isArray(head)) {
      this.#head = head;
      return;
    }
    this.problems.add(head);
    this.#ended = true;
  }

  #readRow({ cells, number }: Line, head: DeckHead, rates: DeckRate[]): void {
    if (this.#rowCount === MAX_DECK_ROWS) {
      const message = `A deck may have ${MAX_DECK_ROWS} rows: split it. Reading stopped here.`;
      this.problems.add([lineProblem('TOO_MANY_ROWS', number, message)]);
      this.#ended = true;
      return;
    }
    this.#rowCount += 1;
    const row = readDeckRow(cells, { line: number, head, dates: this.#options.dates });
    if (Array.isArray(row)) this.problems.add(row);
    else rates.push(row);
  }
}

/** Reads no more than the head needs, and gives it back with all that follows. */
async function peekHeadLine(source: Chunks): Promise<{ headLine: string; chunks: Chunks }> {
  const chunks = source[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  while (!hasLineEnd(seen) && seen.length < MAX_DECK_LINE_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    seen = Buffer.concat([seen, next.value]);
  }
  const [headLine = ''] = seen.toString('utf8').split(/[\r\n]/, 1);
  return { headLine, chunks: resume(seen, chunks) };
}

function hasLineEnd(bytes: Buffer): boolean {
  return bytes.includes(LINE_FEED) || bytes.includes(CARRIAGE_RETURN);
}

async function* resume(seen: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield seen;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * The lines of each chunk as cells. The parser is fed by hand and hands its records over while it is fed, so that
 * what stands before an unreadable place is read in full. Stray quotes inside a cell are taken as they are.
 */
async function* readLines(source: Chunks, delimiter: string, problems: DeckProblems): AsyncGenerator<Line[]> {
  let lines: Line[] = [];
  const parser = new Parser({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_DECK_LINE_BYTES,
    on_record: (cells: string[], { lines: number }) => {
      lines.push({ number, cells });
      return null;
    },
  });
  // The same failure reaches the callback of the write; unheard, the event would end the process.
  parser.on('error', () => {});
  const taken = () => {
    const group = lines;
    lines = [];
    return group;
  };
  try {
    for await (const chunk of source) {
      const failure = await fed((done) => parser.write(chunk, done));
      yield taken();
      if (failure) return problems.add([unreadable(failure)]);
    }
    const failure = await fed((done) => parser.end(done));
    yield taken();
    if (failure) problems.add([unreadable(failure)]);
  } finally {
    parser.destroy();
  }
}

function fed(feed: (done: (error?: Error | null) => void) => void): Promise<Error | undefined> {
  return new Promise((resolve) => feed((error) => resolve(error ?? undefined)));
}

function unreadable(failure: Error) {
  if (!(failure instanceof CsvError)) throw failure;
  const line = Number(failure.lines);
  if (failure.code === 'CSV_MAX_RECORD_SIZE') {
    const message = `The line is longer than ${MAX_DECK_LINE_BYTES} bytes, often for a quote that is not closed. Reading stopped here.`;
    return lineProblem('LINE_TOO_LONG', line, message);
  }
  if (failure.code !== 'CSV_QUOTE_NOT_CLOSED') throw failure;
  return lineProblem('QUOTE_NOT_CLOSED', line, 'A quote before the end of the file is not closed.');
}
