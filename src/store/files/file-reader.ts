import { CsvError, Parser } from 'csv-parse';
import { detectDelimiter } from '../../domain/files/file-head.ts';
import {
  type FileProblem,
  type FileShapeCode,
  lineProblem,
  type ProblemSink,
} from '../../domain/files/file-problem.ts';

export type Chunks = AsyncIterable<Uint8Array>;

/** A line of a file, as cells. */
export interface FileLine {
  readonly number: number;
  readonly cells: readonly string[];
}

/** What is done with the lines of one kind of file. */
export interface FileForm<Head, Row, Code extends string> {
  readHead(line: FileLine): Head | FileProblem<Code>[];
  /** The row, and what is wrong with it, to be put into the sink; undefined: nothing of it can be used. */
  readRow(line: FileLine, head: Head): Row | undefined;
  readonly maxRows: number;
  /** What a file without any row gets. */
  readonly empty: FileProblem<Code>;
  /** What a file calls itself in messages, such as "A deck". */
  readonly name: string;
}

/** The most bytes one row may have. An unclosed quote would otherwise swallow the whole file. */
export const MAX_LINE_BYTES = 65_536;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads a file with a head line from top to bottom in the memory of one chunk, whatever its size. Rows come out in
 * groups; problems gather in the sink, and reading goes on to find them all. Only what makes the rest unreadable ends
 * it early.
 */
export class FileReader<Head, Row, Code extends string> {
  readonly #form: FileForm<Head, Row, Code | FileShapeCode>;
  readonly #problems: ProblemSink<Code | FileShapeCode>;
  #head: Head | undefined;
  #rowCount = 0;
  #ended = false;

  constructor(form: FileForm<Head, Row, Code | FileShapeCode>, problems: ProblemSink<Code | FileShapeCode>) {
    this.#form = form;
    this.#problems = problems;
  }

  get head(): Head | undefined {
    return this.#head;
  }

  /** Rows read so far, good and bad. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** One group for each chunk that has whole lines, an empty one also. */
  async *groups(chunks: Chunks): AsyncGenerator<Row[]> {
    const source = await peekHeadLine(chunks);
    for await (const lines of readLines(source.chunks, detectDelimiter(source.headLine), this.#problems)) {
      yield this.#read(lines);
      if (this.#ended) return;
    }
    if (this.#rowCount === 0 && this.#problems.total === 0) this.#problems.add([this.#form.empty]);
  }

  #read(lines: readonly FileLine[]): Row[] {
    const rows: Row[] = [];
    for (const line of lines) {
      if (this.#ended) break;
      if (this.#head === undefined) this.#readHead(line);
      else this.#readRow(line, this.#head, rows);
    }
    return rows;
  }

  #readHead(line: FileLine): void {
    const head = this.#form.readHead(line);
    if (!Array.isArray(head)) {
      this.#head = head;
      return;
    }
    this.#problems.add(head);
    this.#ended = true;
  }

  #readRow(line: FileLine, head: Head, rows: Row[]): void {
    const { maxRows, name } = this.#form;
    if (this.#rowCount === maxRows) {
      const message = `${name} may have ${maxRows} rows: split it. Reading stopped here.`;
      this.#problems.add([lineProblem('TOO_MANY_ROWS', line.number, message)]);
      this.#ended = true;
      return;
    }
    this.#rowCount += 1;
    const row = this.#form.readRow(line, head);
    if (row !== undefined) rows.push(row);
  }
}

/** Reads no more than the head needs, and gives it back with all that follows. */
async function peekHeadLine(source: Chunks): Promise<{ headLine: string; chunks: Chunks }> {
  const chunks = source[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  while (!hasLineEnd(seen) && seen.length < MAX_LINE_BYTES) {
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
async function* readLines(
  source: Chunks,
  delimiter: string,
  problems: ProblemSink<FileShapeCode>,
): AsyncGenerator<FileLine[]> {
  let lines: FileLine[] = [];
  const parser = new Parser({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MAX_LINE_BYTES,
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

function unreadable(failure: Error): FileProblem<FileShapeCode> {
  if (!(failure instanceof CsvError)) throw failure;
  const line = Number(failure.lines);
  if (failure.code === 'CSV_MAX_RECORD_SIZE') {
    const message = `The line is longer than ${MAX_LINE_BYTES} bytes, often for a quote that is not closed. Reading stopped here.`;
    return lineProblem('LINE_TOO_LONG', line, message);
  }
  if (failure.code !== 'CSV_QUOTE_NOT_CLOSED') throw failure;
  return lineProblem('QUOTE_NOT_CLOSED', line, 'A quote before the end of the file is not closed.');
}
