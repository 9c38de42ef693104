import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { v7 as uuidV7 } from 'uuid';
import { DEFAULT_PIN_FORMAT } from '../../src/domain/batches/pin-format.ts';
import { COPY_CARDS } from '../../src/store/batches/card-batches.ts';
import { encodeCards } from '../../src/store/batches/card-row-encoder.ts';
import { PinVault } from '../../src/store/keys/pin-vault.ts';
import { ask } from './api.ts';
import { type Bench, untilReady } from './ground.ts';
import type { BenchServer } from './server.ts';
import { median, spread } from './statistics.ts';

const CARDS = 300_000;
const ROUNDS = 3;
const CHUNK = 10_000;

/**
 * Cards made per second, from the order to READY, against COPY of ready-made rows into the same table, in chunks of
 * the same size and each its own transaction. The sides take turns.
 */
export async function benchGeneration({ server, ground, databaseUrl }: Bench): Promise<void> {
  const made: number[] = [];
  const copied: number[] = [];
  let peakMiB = 0;
  const watch = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(server.pid));
  }, 100);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      made.push(await generate(server, ground.rateGroupId, round));
      copied.push(await copy(server, ground.rateGroupId, databaseUrl, round));
    }
  } finally {
    clearInterval(watch);
  }
  const ratio = (median(made) / median(copied)).toFixed(2);
  console.log(
    `\nCards made per second, ${CARDS.toLocaleString('en')} a round, median of ${ROUNDS} (least–most), sides in turn`,
  );
  console.log(`  COPY of ready-made rows: ${spread(copied)}`);
  console.log(`  createCardBatch until READY: ${spread(made)}, ${ratio} × COPY`);
  console.log(`  the server's memory at most: ${Math.round(peakMiB)} MiB resident`);
}

async function generate(server: BenchServer, rateGroupId: string, round: number): Promise<number> {
  const start = performance.now();
  await untilReady(server, await order(server, rateGroupId, { quantity: CARDS, name: `made ${round}` }));
  return CARDS / ((performance.now() - start) / 1000);
}

/** A batch of one card lends its id, so that the rows fit the table's foreign key; the clock runs for COPY alone. */
async function copy(
  server: BenchServer,
  rateGroupId: string,
  databaseUrl: string,
  round: number,
): Promise<number> {
  const name = `copied ${round}`;
  const globalId = await order(server, rateGroupId, { quantity: 1, name });
  await untilReady(server, globalId);
  const batchId = Buffer.from(globalId, 'base64').toString().split(':')[1] ?? '';
  const inUse = { keyId: 1, vault: PinVault.fromMasterKey(randomBytes(32)), earlier: [] };
  const chunks = Array.from({ length: CARDS / CHUNK }, (_, n) =>
    encodeCards(
      {
        batchId,
        partnerId: null,
        currency: 'EUR',
        serialPrefix: `BENCH${round}`,
        firstNumber: n * CHUNK + 1,
        count: CHUNK,
        pinFormat: { ...DEFAULT_PIN_FORMAT, length: 20 },
        validUntilMs: null,
        graceUntilMs: null,
        createdAtMs: Date.now(),
      },
      inUse,
    ),
  );
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const start = performance.now();
    for (const chunk of chunks) {
      const rows = await sql.unsafe(COPY_CARDS).writable();
      await new Promise<void>((resolve, reject) => {
        rows.on('error', reject);
        rows.end(chunk.rows, resolve);
      });
    }
    return CARDS / ((performance.now() - start) / 1000);
  } finally {
    await sql.end();
  }
}

async function order(
  server: BenchServer,
  rateGroupId: string,
  { quantity, name }: { quantity: number; name: string },
): Promise<string> {
  const { createCardBatch } = await ask<{ createCardBatch: { cardBatch: { id: string } } }>(
    server,
    'mutation ($input: CreateCardBatchInput!) { createCardBatch(input: $input) { ... on CreateCardBatchPayload { cardBatch { id } } } }',
    {
      input: {
        name: `${name} ${uuidV7()}`,
        type: 'STANDARD',
        quantity,
        faceValue: { amount: '5', currency: 'EUR' },
        rateGroupId,
      },
    },
  );
  return createCardBatch.cardBatch.id;
}

/** Linux says; elsewhere it stays unknown. */
function residentMiB(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
