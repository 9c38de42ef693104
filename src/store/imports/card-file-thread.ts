import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MakerKeys } from '../batches/card-maker.ts';
import type { Chunks } from '../files/file-reader.ts';
import type { KeyInUse } from '../keys/key-ring.ts';
import type { StagedPiece, StagingOrder } from './staged-cards.ts';

/** A thread runs what was compiled, also when the tests run the sources around it: not every Node reads TypeScript. */
const ENTRY = new URL(
  import.meta.url.endsWith('.js') ? 'card-file-worker.js' : '../../../dist/store/imports/card-file-worker.js',
  import.meta.url,
);

/** A piece of a file and what it becomes live for a moment: little room makes for little work. */
const MEMORY = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 64 };

export interface CardFileWork extends MakerKeys {
  readonly order: StagingOrder;
}

/** A piece of the file; null: there is no more. */
export interface FilePiece {
  readonly chunk: Uint8Array | null;
}

/** Reads a file of cards in a thread of its own, so that a million lines keep no caller waiting. */
export class CardFileThread {
  readonly #worker: Worker;

  constructor({ keyId, vault, earlier }: KeyInUse, order: StagingOrder) {
    const keys = { keyId, keys: vault.keys, earlier: earlier.map((each) => each.keys) };
    const workerData: CardFileWork = { ...keys, order };
    this.#worker = new Worker(ENTRY, { workerData, resourceLimits: MEMORY });
  }

  /** What the file becomes, piece by piece. While one is taken the next is made, and no more than that. */
  async *pieces(chunks: Chunks): AsyncGenerator<StagedPiece> {
    const source = chunks[Symbol.asyncIterator]();
    try {
      let made = this.#feed(await source.next());
      for (;;) {
        const pieces = await made;
        const isLast = pieces.some(({ end }) => end !== undefined);
        if (!isLast) made = this.#feed(await source.next());
        // Waited for when the present ones are taken: until then a failure is nobody's.
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
    // A copy, handed over: of a view all that it is a view of would cross.
    const chunk = done ? null : new Uint8Array(value);
    const fed: FilePiece = { chunk };
    this.#worker.postMessage(fed, chunk ? [chunk.buffer] : []);
    const [pieces] = await once(this.#worker, 'message');
    return pieces;
  }
}
