import { parentPort, workerData } from 'node:worker_threads';
import { type ChunkOrder, encodeCards } from './card-rows.ts';
import { PinVault, type VaultKeys } from './pin-vault.ts';

/** A thread that makes chunks of cards, so that drawing and sealing PINs keeps no caller waiting. */
const { pepper, sealing } = workerData as VaultKeys;
const vault = new PinVault({ pepper: Buffer.from(pepper), sealing: Buffer.from(sealing) });

parentPort?.on('message', (order: ChunkOrder) => {
  const rows = encodeCards(order, vault);
  parentPort?.postMessage(rows, [rows.buffer]);
});
