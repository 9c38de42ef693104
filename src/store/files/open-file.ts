import { createGunzip } from 'node:zlib';
import type { SheetLine } from './formats/sheet-lines.ts';
import { TextDecoding, type TextEncoding } from './formats/text-decoding.ts';
import { LineCutter, MAX_LINE_LENGTH, type TextLine } from './formats/text-lines.ts';
import { UnreadableFile } from './formats/unreadable-file.ts';
import { openWorkbook } from './formats/workbook.ts';

export type Chunks = AsyncIterable<Uint8Array>;

/** One line of a text file, or one row of a sheet. */
export type FileLine = TextLine | SheetLine;

/** A list of lines within a file. A text file has one, a workbook one for each sheet. */
export interface FileTable {
  /** The sheet's name; null in a text file. */
  readonly sheet: string | null;
  readonly isHidden: boolean;
  /** Yields after each chunk, even without a line. Text can be read once, a sheet again. */
  lines(): AsyncGenerator<FileLine[]>;
  /** The encoding found so far; null in a workbook. */
  encoding(): TextEncoding | null;
}

/** The most bytes a workbook may have, packed: it is kept in memory while it is read. */
const MAX_WORKBOOK_BYTES = 64 * 1024 * 1024;

/** The most bytes that a file packed with gzip may have unpacked. */
const MAX_GUNZIPPED_BYTES = 1024 * 1024 * 1024;

const MAGIC_LENGTH = 8;
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Files that somebody may send by mistake, and what they are. */
const OTHERS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a workbook of Excel before 2007 (.xls), or one with a password'],
  [Buffer.from('%PDF-', 'latin1'), 'a PDF'],
  [Buffer.from('Rar!', 'latin1'), 'a RAR archive'],
  [Buffer.from("7z\u00bc\u00af'\u001c", 'latin1'), 'a 7-Zip archive'],
];

/** Finds out from its first bytes what a file is: text, a workbook, or one of them packed with gzip. */
export async function openFile(source: Chunks): Promise<FileTable[]> {
  const { first, chunks } = await peek(source);
  if (startsWith(first, GZIP)) {
    const unpacked = await peek(gunzipped(chunks));
    return openUnpacked(unpacked.first, unpacked.chunks);
  }
  return openUnpacked(first, chunks);
}

async function openUnpacked(first: Buffer, chunks: Chunks): Promise<FileTable[]> {
  const other = OTHERS.find(([magic]) => startsWith(first, magic));
  if (other || startsWith(first, GZIP)) {
    await drain(chunks, 0);
    const kind = other?.[1] ?? 'packed twice';
    throw new UnreadableFile('NOT_READABLE', `The file is ${kind}: save it as .xlsx or as "CSV UTF-8".`);
  }
  if (!startsWith(first, ZIP)) return [textTable(chunks)];
  const sheets = await openWorkbook(await drain(chunks, MAX_WORKBOOK_BYTES));
  return sheets.map(({ name, isHidden, lines }) => ({ sheet: name, isHidden, lines, encoding: () => null }));
}

function textTable(chunks: Chunks): FileTable {
  const decoding = new TextDecoding();
  return {
    sheet: null,
    isHidden: false,
    encoding: () => decoding.encoding,
    async *lines() {
      const cutter = new LineCutter();
      for await (const chunk of chunks) {
        yield cutter.cut(decoding.decode(chunk));
        refuseOverlong(cutter);
      }
      yield cutter.cut(decoding.decode(new Uint8Array(), true), true);
      refuseOverlong(cutter);
    },
  };
}

function refuseOverlong({ overlongLine }: LineCutter): void {
  if (overlongLine === undefined) return;
  const message = `The line is longer than ${MAX_LINE_LENGTH} characters. Reading stopped here.`;
  throw new UnreadableFile('LINE_TOO_LONG', message, overlongLine);
}

async function* gunzipped(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  // The iteration reports the failure; without a listener, the event would end the process.
  gunzip.on('error', () => {});
  const feeding = feed(chunks, gunzip);
  feeding.catch((error) => gunzip.destroy(error));
  let size = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_GUNZIPPED_BYTES) {
        throw new UnreadableFile('TOO_LARGE', 'The file unpacks to more than 1 GiB: split it.');
      }
      yield chunk;
    }
    await feeding;
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code?.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    throw new UnreadableFile('NOT_READABLE', 'The file is packed with gzip and damaged: pack it again.');
  } finally {
    gunzip.destroy();
  }
}

async function feed(chunks: Chunks, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  for await (const chunk of chunks) {
    if (gunzip.destroyed) return;
    if (gunzip.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      gunzip.once('drain', resolve).once('close', resolve);
    });
  }
  gunzip.end();
}

/** @throws UnreadableFile when there are more bytes than that; 0: none are kept. */
async function drain(chunks: Chunks, maxBytes: number): Promise<Buffer> {
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    if (maxBytes === 0) break;
    size += chunk.length;
    if (size > maxBytes) {
      const mebibytes = maxBytes / 1_048_576;
      throw new UnreadableFile(
        'TOO_LARGE',
        `A workbook may have ${mebibytes} MiB: split it, or save it as CSV.`,
      );
    }
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}

function startsWith(bytes: Buffer, magic: Buffer): boolean {
  return bytes.subarray(0, magic.length).equals(magic);
}

/** The first bytes, and all chunks with them. */
async function peek(source: Chunks): Promise<{ first: Buffer; chunks: Chunks }> {
  const chunks = source[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  while (seen.length < MAGIC_LENGTH) {
    const next = await chunks.next();
    if (next.done) break;
    seen = Buffer.concat([seen, next.value]);
  }
  return { first: seen, chunks: resume(seen, chunks) };
}

async function* resume(seen: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield seen;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
