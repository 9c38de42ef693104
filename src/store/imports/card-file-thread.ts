import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MakerKeys } from '../batches/card-maker.ts';
import type { Chunks } from '../files/file-reader.ts';
import type { KeyInUse } from '../keys/key-ring.ts';
import type { StagedPiece, StagingOrder } from './staged-cards.ts';

/**
 * The worker runs compiled code, even when tests run the sources around it: not every Node version reads TypeScript.
 */
const ENTRY = new URL(
  import.meta.url.endsWith('.js') ? 'card-file-worker.js' : '../../../dist/store/imports/card-file-worker.js',
  import.meta.url,
);

/** Blocks of the file and their rows live only briefly, so a small heap keeps garbage collection cheap. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 64 };

export interface CardFileWork extends MakerKeys {
  readonly order: StagingOrder;
}

/** A block of the file; null: end of file. */
export interface FilePiece {
  readonly chunk: Uint8Array | null;
}

/** Reads a file of cards in a worker thread, so that a million lines do not block requests. */
export class CardFileThread {
  readonly #worker: Worker;

  constructor({ keyId, vault, earlier }: KeyInUse, order: StagingOrder) {
    const keys = { keyId, keys: vault.keys, earlier: earlier.map((each) => each.keys) };
    const workerData: CardFileWork = { ...keys, order };
    this.#worker = new Worker(ENTRY, { workerData, resourceLimits: MEMORY });
  }

  /** The staged rows of the file, block by block. While one is consumed the next is made, and no more than that. */
  async *pieces(chunks: Chunks): AsyncGenerator<StagedPiece> {
    const source = chunks[Symbol.asyncIterator]();
    try {
      let made = this.#feed(await source.next());
      for (;;) {
        const pieces = await made;
        const isLast = pieces.some(({ end }) => end !== undefined);
        if (!isLast) made = this.#feed(await source.next());
        // Awaited when the present block has been consumed; until then a failure must not count as unhandled.
        made.catch(() => {});
        yield* pieces;
        if (isLast) return;
      }
    } finally {
      await source.return?.();
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #feed({ value, done }: IteratorResult<Uint8Array>): Promise<StagedPiece[]> {
    // Transfers a copy: transferring a view would detach its whole buffer.
    const chunk = done ? null : new Uint8Array(value);
    const fed: FilePiece = { chunk };
    this.#worker.postMessage(fed, chunk ? [chunk.buffer] : []);
    const [pieces] = await once(this.#worker, 'message');
    return pieces;
  }
}
