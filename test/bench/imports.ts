import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { CARD_HEAD, cardLine } from '../harness/card-file.ts';
import { ask } from './api.ts';
import type { Bench } from './ground.ts';
import { type BenchServer, memoryMiB } from './server.ts';

/** What the promise says; fewer while something about it is worked on. */
const CARDS = Number(process.env.CARDLINE_IMPORT_ROWS ?? 1_000_000);
const GROUP = 10_000;

/** What an import writes a row of for each card, or for some. */
const TABLES = ['cards', 'transfers', 'number_bindings'] as const;

/**
 * Cards imported per second from one file, from the order to DONE, against COPY of the very rows that it wrote, ready
 * made, into tables with the same checks and indexes, in one transaction; and what the server's memory came to.
 */
export async function benchImports({ server, ground, databaseUrl }: Bench): Promise<void> {
  const file = join(server.dataFolder, 'cards.csv');
  await pipeline(Readable.from(lines()), createWriteStream(file));
  const uploadId = await upload(server, file);
  const restingMiB = memoryMiB(server.pid, 'VmRSS');
  const start = performance.now();
  const batchId = await importFile(server, ground.rateGroupId, uploadId);
  const imported = CARDS / ((performance.now() - start) / 1_000);
  const copied = CARDS / (await copySeconds(databaseUrl, batchId, server.dataFolder));
  const [asCopied, asImported] = [copied, imported].map((rate) => Math.round(rate).toLocaleString('en'));
  console.log(`\nCards imported per second, ${CARDS.toLocaleString('en')} in one file, one run`);
  console.log(`  COPY of the same rows, ready made: ${asCopied}`);
  console.log(`  importCards until DONE: ${asImported}, ${(imported / copied).toFixed(2)} × COPY`);
  console.log(`  of that: ${await phases(databaseUrl)}`);
  console.log(
    `  the server's memory: ${restingMiB} MiB resident before, ${memoryMiB(server.pid, 'VmHWM')} MiB at most`,
  );
}

function* lines(): Generator<string> {
  yield `${CARD_HEAD}\n`;
  for (let n = 0; n < CARDS; n += GROUP) {
    yield `${Array.from({ length: GROUP }, (_, index) => cardLine(n + index)).join('\n')}\n`;
  }
}

async function upload(server: BenchServer, file: string): Promise<string> {
  const { createCardUpload } = await ask<{ createCardUpload: { upload: { id: string; url: string } } }>(
    server,
    'mutation { createCardUpload { ... on CreateCardUploadPayload { upload { id url } } } }',
  );
  const { id, url } = createCardUpload.upload;
  const { status } = await fetch(url, { method: 'PUT', body: await openAsBlob(file) });
  if (status !== 201) throw new Error(`The file was answered with ${status}.`);
  return id;
}

/** @returns the id of the batch, as the database has it */
async function importFile(server: BenchServer, rateGroupId: string, uploadId: string): Promise<string> {
  const { importCards } = await ask<{ importCards: { cardImport: { id: string } } }>(
    server,
    'mutation ($input: ImportCardsInput!) { importCards(input: $input) { ... on ImportCardsPayload { cardImport { id } } } }',
    {
      input: {
        idempotencyKey: uploadId,
        uploadId,
        batch: {
          name: 'Imported',
          type: 'RECHARGEABLE',
          faceValue: { amount: '5', currency: 'EUR' },
          rateGroupId,
        },
      },
    },
  );
  for (;;) {
    const { node } = await ask<{ node: { state: string; cardBatch: { id: string } | null } }>(
      server,
      'query ($id: ID!) { node(id: $id) { ... on CardImport { state failure cardBatch { id } } } }',
      { id: importCards.cardImport.id },
    );
    if (node.cardBatch) return Buffer.from(node.cardBatch.id, 'base64').toString().split(':')[1] ?? '';
    if (node.state === 'FAILED' || node.state === 'REFUSED') throw new Error(JSON.stringify(node));
    await delay(200);
  }
}

/** How long each part of it took, by the steps that it told. */
async function phases(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  try {
    const [row] = await sql<Record<'reading' | 'comparing' | 'writing', number>[]>`
      SELECT extract(epoch FROM min(at) FILTER (WHERE all_read) - min(at))::float8 AS reading,
        extract(epoch FROM min(at) FILTER (WHERE state = 'WRITING') - min(at) FILTER (WHERE all_read))::float8 AS comparing,
        extract(epoch FROM max(at) - min(at) FILTER (WHERE state = 'WRITING'))::float8 AS writing
      FROM (
        SELECT at, payload->>'state' AS state, (payload->>'rows')::int = ${CARDS} AS all_read
        FROM events WHERE type = 'CARD_IMPORT_PROGRESS'
      ) AS steps`;
    const parts = Object.entries(row ?? {}).map(([part, seconds]) => `${part} ${seconds.toFixed(1)} s`);
    return parts.join(', ');
  } finally {
    await sql.end();
  }
}

/** The rows are in files when the clock begins. */
async function copySeconds(databaseUrl: string, batchId: string, folder: string): Promise<number> {
  for (const table of TABLES) await exportRows(databaseUrl, { table, batchId, file: join(folder, table) });
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    for (const table of TABLES) {
      await sql.unsafe(
        `CREATE TABLE copied_${table} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)`,
      );
    }
    const start = performance.now();
    await sql.begin(async (tx) => {
      for (const table of TABLES) {
        const rows = await tx.unsafe(`COPY copied_${table} FROM STDIN (FORMAT binary)`).writable();
        await pipeline(createReadStream(join(folder, table)), rows);
      }
    });
    return (performance.now() - start) / 1_000;
  } finally {
    await sql.end();
  }
}

/** Over a connection of its own: one whose reader was slow may be left paused by the driver (postgres 3.4.9) for ever. */
async function exportRows(
  databaseUrl: string,
  { table, batchId, file }: { table: string; batchId: string; file: string },
): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  const column = table === 'cards' ? 'id' : 'card_id';
  const rows = await sql
    .unsafe(
      `COPY (SELECT * FROM ${table} WHERE ${column} IN (SELECT id FROM cards WHERE batch_id = '${batchId}')) TO STDOUT (FORMAT binary)`,
    )
    .readable();
  await pipeline(rows, createWriteStream(file));
  await sql.end({ timeout: 1 });
}
