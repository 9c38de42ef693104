import { CsvError, Parser } from 'csv-parse';
import { detectDelimiter } from '../../domain/files/file-head.ts';
import {
  type FileProblem,
  type FileShapeCode,
  lineProblem,
  type ProblemSink,
} from '../../domain/files/file-problem.ts';

export type Chunks = AsyncIterable<Uint8Array>;

/** A line of a file, split into cells. */
export interface FileLine {
  readonly number: number;
  readonly cells: readonly string[];
}

/** How the lines of one kind of file are parsed. */
export interface FileForm<Head, Row, Code extends string> {
  readHead(line: FileLine): Head | FileProblem<Code>[];
  /** The row; its problems go into the sink. Undefined: the line is unusable. */
  readRow(line: FileLine, head: Head): Row | undefined;
  readonly maxRows: number;
  /** The problem reported for a file without rows. */
  readonly empty: FileProblem<Code>;
  /** What messages call the file, such as "A deck". */
  readonly name: string;
}

/** Maximum number of bytes of one row. Without it, an unclosed quote would swallow the whole file. */
export const MAX_LINE_BYTES = 65_536;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads a file with a header line from top to bottom in the memory of one chunk, whatever its size. Rows are yielded in
 * groups. Problems are collected in the sink, and reading continues so as to find them all; only a problem that makes
 * the rest unreadable ends it early.
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

  /** Rows read so far, valid and invalid. */
  get rowCount(): number {
    return this.#rowCount;
  }

  /** Yields one group for each chunk, even an empty one. */
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

/** Reads just enough for the header line, and returns it with a stream of the whole content. */
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
 * Splits the lines of each chunk into cells. The parser is fed chunk by chunk and emits records synchronously, so that
 * everything before an unreadable place is read in full. Stray quotes inside a cell are kept as they are.
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
  // The same failure reaches the callback of the write; without a listener, the event would end the process.
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
