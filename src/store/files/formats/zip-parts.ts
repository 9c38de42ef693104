import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { UnreadableFile } from './unreadable-file.ts';

/** The most entries an archive may have. A workbook with a hundred sheets has some five hundred. */
const MAX_ENTRIES = 5_000;

/** The most bytes that all parts of one archive may have unpacked, counted as they are unpacked. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/**
 * The parts of a ZIP archive. Nothing is unpacked before it is asked for, and then only as fast as it is read; what an
 * archive claims of its sizes is not believed (yauzl compares it with what comes, and this class counts).
 */
export class ZipParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #maxBytes: number;
  #unpackedBytes = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, maxBytes: number) {
    this.#zip = zip;
    this.#entries = entries;
    this.#maxBytes = maxBytes;
  }

  /** @throws UnreadableFile when it is no archive, or one with too many entries. */
  static async open(bytes: Buffer, maxBytes = MAX_UNPACKED_BYTES): Promise<ZipParts> {
    const zip = await openZip(bytes);
    return new ZipParts(zip, await listEntries(zip), maxBytes);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** The bytes of a part, as they are unpacked. @throws UnreadableFile */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) throw new UnreadableFile('NOT_READABLE', notWorkbook(`it has no part ${name}`));
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) =>
      this.#zip.openReadStream(entry, (error, opened) => (error ? reject(damaged(error)) : resolve(opened))),
    );
    try {
      for await (const chunk of stream) {
        this.#unpackedBytes += chunk.length;
        if (this.#unpackedBytes > this.#maxBytes) {
          const mebibytes = Math.floor(this.#maxBytes / 1_048_576);
          throw new UnreadableFile(
            'TOO_LARGE',
            `The workbook unpacks to more than ${mebibytes} MiB: split it.`,
          );
        }
        yield chunk as Buffer;
      }
    } catch (error) {
      throw error instanceof UnreadableFile ? error : damaged(error);
    }
  }
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(damaged(error)) : resolve(zip),
    ),
  );
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) {
    throw new UnreadableFile('TOO_LARGE', `The workbook has more than ${MAX_ENTRIES} parts.`);
  }
  const entries = new Map<string, Entry>();
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.toLowerCase(), entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve());
    zip.on('error', (error) => reject(damaged(error)));
    zip.readEntry();
  });
  return entries;
}

function damaged(error: unknown): UnreadableFile {
  const reason = error instanceof Error ? error.message.slice(0, 100) : 'unknown';
  return new UnreadableFile('NOT_READABLE', notWorkbook(`the archive is damaged: ${reason}`));
}

export function notWorkbook(why: string): string {
  return `The file is not a workbook that can be read (${why}). Save it as .xlsx or as "CSV UTF-8".`;
}
