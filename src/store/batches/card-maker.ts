import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { KeyInUse } from '../keys/key-ring.ts';
import type { VaultKeys } from '../keys/pin-vault.ts';
import type { ChunkOrder, MadeChunk } from './card-row-encoder.ts';

/**
 * The worker runs compiled code, even when tests run the sources around it: not every Node version reads TypeScript.
 */
const ENTRY = new URL(
  import.meta.url.endsWith('.js')
    ? 'card-maker-worker.js'
    : '../../../dist/store/batches/card-maker-worker.js',
  import.meta.url,
);

/** Objects live for one card each, so a small heap keeps garbage collection cheap. */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };

/** Data passed to the worker when it starts. */
export interface MakerKeys {
  readonly keyId: number;
  readonly keys: VaultKeys;
  readonly earlier: readonly VaultKeys[];
}

/** Makes chunks of cards in a worker thread, one chunk at a time. */
export class CardMaker {
  readonly #worker: Worker;

  constructor({ keyId, vault, earlier }: KeyInUse) {
    const workerData: MakerKeys = { keyId, keys: vault.keys, earlier: earlier.map(({ keys }) => keys) };
    this.#worker = new Worker(ENTRY, { workerData, resourceLimits: MEMORY });
  }

  async make(order: ChunkOrder): Promise<MadeChunk> {
    this.#worker.postMessage(order);
    const [chunk] = await once(this.#worker, 'message');
    return chunk;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
