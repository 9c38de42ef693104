import { parentPort, workerData } from 'node:worker_threads';
import { PinVault, type VaultKeys } from '../keys/pin-vault.ts';
import type { CardFileWork, FilePiece } from './card-file-thread.ts';
import { CardStaging, type StagedPiece } from './staged-cards.ts';

/** A worker thread that parses a file of cards: one block in, its staged rows out. */
const { keyId, keys, earlier, order } = workerData as CardFileWork;
const inUse = { keyId, vault: vaultOf(keys), earlier: earlier.map(vaultOf) };

const waiting: FilePiece[] = [];
let wake = () => {};
parentPort?.on('message', (fed: FilePiece) => {
  waiting.push(fed);
  wake();
});

async function nextFed(): Promise<FilePiece> {
  while (waiting.length === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  return waiting.shift() ?? { chunk: null };
}

let pending: StagedPiece[] = [];

/** The reader asks for the next chunk when it has finished with the last; that is when the result is posted. */
async function* chunks(): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { chunk } = await nextFed();
    if (chunk === null) return;
    yield chunk;
    answer();
  }
}

function answer(): void {
  parentPort?.postMessage(
    pending,
    pending.map(({ rows }) => rows.buffer),
  );
  pending = [];
}

for await (const piece of new CardStaging(order, inUse).pieces(chunks())) pending.push(piece);
answer();

function vaultOf({ pepper, sealing }: VaultKeys): PinVault {
  return new PinVault({ pepper: Buffer.from(pepper), sealing: Buffer.from(sealing) });
}
