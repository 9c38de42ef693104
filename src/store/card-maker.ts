import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ChunkOrder } from './card-rows.ts';
import type { PinVault } from './pin-vault.ts';

/** A thread runs what was compiled, also when the tests run the sources around it: not every Node reads TypeScript. */
const ENTRY = new URL(
  import.meta.url.endsWith('.js') ? 'card-maker-worker.js' : '../../dist/store/card-maker-worker.js',
  import.meta.url,
);

/** Its objects live for one card each: little room makes for little work. */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 };

/** Makes chunks of cards in a thread of its own, one at a time. */
export class CardMaker {
  readonly #worker: Worker;

  constructor({ keys }: PinVault) {
    this.#worker = new Worker(ENTRY, { workerData: keys, resourceLimits: MEMORY });
  }

  /** The chunk's rows in COPY's binary format. */
  async make(order: ChunkOrder): Promise<Uint8Array> {
    this.#worker.postMessage(order);
    const [rows] = await once(this.#worker, 'message');
    return rows;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
