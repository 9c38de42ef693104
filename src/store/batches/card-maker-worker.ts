import { parentPort, workerData } from 'node:worker_threads';
import { PinVault, type VaultKeys } from '../keys/pin-vault.ts';
import type { MakerKeys } from './card-maker.ts';
import { type ChunkOrder, encodeCards } from './card-row-encoder.ts';

/** A worker thread that makes chunks of cards, so that generating and sealing PINs does not block requests. */
const { keyId, keys, earlier } = workerData as MakerKeys;
const inUse = { keyId, vault: vaultOf(keys), earlier: earlier.map(vaultOf) };

parentPort?.on('message', (order: ChunkOrder) => {
  const chunk = encodeCards(order, inUse);
  parentPort?.postMessage(chunk, [chunk.rows.buffer, chunk.earlierDigests.buffer]);
});

function vaultOf({ pepper, sealing }: VaultKeys): PinVault {
  return new PinVault({ pepper: Buffer.from(pepper), sealing: Buffer.from(sealing) });
}
