import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import { ActivateCardsDocument, AuthenticateCardDocument } from '../../src/client/operations.ts';
import { batchEnded, orderBatch, printedCards } from '../harness/batches.ts';
import {
  createDataFolder,
  type DataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';
import { succeeded } from '../harness/refusals.ts';

/** The embedded set-up, where the master keys are lines of a file: rotated with one command while it serves. */
let folder: DataFolder;
let server: ServerProcess;
let administrator: Client;
let pin: string;

beforeAll(async () => {
  folder = await createDataFolder();
  server = await startServerProcess({ CARDLINE_DATA_DIR: folder.path });
  const key = server.firstKey();
  administrator = createClient({ url: server.url, key });
  const { cardBatch } = succeeded((await orderBatch({ administrator }, { quantity: 3 })).result);
  await batchEnded({ administrator }, cardBatch.id);
  await administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  pin = (await printedCards({ administrator }, cardBatch.id))[0]?.pin ?? '';
}, 120_000);
afterAll(async () => {
  await administrator.close();
  await server.stop('SIGTERM');
  await folder.remove();
});

async function rotate() {
  const child = spawn(process.execPath, [path.resolve('dist/cli/cardline.js'), 'keys', 'rotate', '--json'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', CARDLINE_DATA_DIR: folder.path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { code, ...JSON.parse(said) };
}

const keyFile = () => path.join(folder.path, 'master.key');
const lines = async () => (await readFile(keyFile(), 'utf8')).trim().split('\n');

async function expectLetIn(): Promise<void> {
  const { result } = await administrator.request(AuthenticateCardDocument, { input: { by: { pin } } });
  succeeded(result);
}

test('the file ends with the new key alone, whoever ended the rotation, and PINs are found', async () => {
  const [old] = await lines();
  await expectLetIn();
  expect(await rotate()).toMatchObject({ code: 0, moved: 3, retired: true });
  const now = await lines();
  expect(now).toHaveLength(1);
  expect(now[0]).not.toBe(old);
  await expectLetIn();

  // As it is when a server has ended what an interrupted command began.
  await writeFile(keyFile(), `${now[0]}\n${old}\n`);
  expect(await rotate()).toMatchObject({ code: 0, retired: true });
  expect(await lines()).toEqual(now);
}, 120_000);
