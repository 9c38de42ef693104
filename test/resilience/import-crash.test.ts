import { afterAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  CreateCardUploadDocument,
  ImportCardsDocument,
  RateGroupsDocument,
} from '../../src/client/operations.ts';
import { TRUSTED_MAKER } from '../../src/domain/access/api-key.ts';
import { createApiKey } from '../../src/store/access/api-keys.ts';
import { verify } from '../../src/store/verification.ts';
import { cardFile } from '../harness/card-file.ts';
import { makeRateGroup, OPERATOR } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';
import { succeeded } from '../harness/refusals.ts';

/** Enough to be killed in the middle of; CARDLINE_IMPORT_ROWS=1000000 is what the promise says. */
const ROWS = Number(process.env.CARDLINE_IMPORT_ROWS ?? 60_000);

const db = useDatabase();
let server: ServerProcess | undefined;
afterAll(async () => {
  await server?.stop('SIGTERM');
});

async function importNow(name: string) {
  const [row] = await db.database.sql<{ state: string }[]>`
    SELECT state FROM card_imports WHERE idempotency_key = ${name}`;
  return row;
}

async function written(): Promise<number> {
  const [row] = await db.database.sql<{ count: number }[]>`
    SELECT (SELECT count(*) FROM cards) + (SELECT count(*) FROM transfers) + (SELECT count(*) FROM card_batches) +
      (SELECT count(*) FROM number_bindings) + (SELECT count(*) FROM pin_formats) AS count`;
  return Number(row?.count);
}

async function startServer(): Promise<Client> {
  const { sql } = db.database;
  await makeRateGroup(sql);
  const key = {
    name: 'Importer',
    role: 'ADMINISTRATOR',
    partnerId: null,
    scopes: null,
    networks: null,
    expiresAt: null,
  } as const;
  const { secret } = await createApiKey(sql, key, { actorId: OPERATOR.actorId, maker: TRUSTED_MAKER });
  server = await startInstance(db.url);
  return createClient({ url: server.url, key: secret });
}

async function order(client: Client, name: string, file: string): Promise<void> {
  const created = await client.request(CreateCardUploadDocument);
  const { id: uploadId, url } = succeeded(created.result).upload;
  expect((await fetch(url, { method: 'PUT', body: file })).status).toBe(201);
  const chunks = await db.database.sql<{ content: Buffer }[]>`SELECT content FROM file_chunks LIMIT 3`;
  expect(chunks.some(({ content }) => content.includes('MANY-'))).toBe(false);
  const { rateGroups } = await client.request(RateGroupsDocument, { first: 1 });
  const { result } = await client.request(ImportCardsDocument, {
    input: {
      idempotencyKey: name,
      uploadId,
      acceptDensePins: true,
      batch: {
        name,
        type: 'RECHARGEABLE',
        faceValue: { amount: '5', currency: 'EUR' },
        rateGroupId: rateGroups.edges[0]?.node.id ?? '',
      },
    },
  });
  succeeded(result);
}

/** Lines that can't be taken over, here and there in a file, each in another way. */
const BAD_EVERY = 997;
const BAD = [
  (n: number) => `MANY-${n},12,1,active,,,`,
  (n: number) => `MANY-${n},2${'0'.repeat(8)}${n},-1,active,,,`,
  (n: number) => `MANY-${n},2${'0'.repeat(8)}${n},1,gone,,,`,
  (n: number) => `MANY-0,2${'0'.repeat(8)}${n},1,active,,,`,
  (n: number) => `MANY-${n},2${'0'.repeat(8)}${n},1,active,2026-02-30,,`,
];
const isBad = (n: number) => n % BAD_EVERY === BAD_EVERY - 1;

test('a file with bad rows scattered in it changes nothing, every one is named; the good one lands, whatever kills it meanwhile', async () => {
  const { sql } = db.database;
  const client = await startServer();
  await order(
    client,
    'Bad',
    cardFile(ROWS, (n) => (isBad(n) ? BAD[n % BAD.length]?.(n) : undefined)),
  );
  await expect.poll(async () => (await importNow('Bad'))?.state, { timeout: 900_000 }).toBe('REFUSED');
  expect(await written()).toBe(0);
  expect(await sql`SELECT FROM file_chunks LIMIT 1`).toHaveLength(0);
  const named = await sql<{ line: number }[]>`SELECT line FROM card_import_problems ORDER BY number`;
  // The head is line 1.
  const bad = Array.from({ length: ROWS }, (_, n) => n).filter(isBad);
  expect(named.map(({ line }) => line)).toEqual(bad.map((n) => n + 2));

  await order(client, 'Killed', cardFile(ROWS));
  await client.close();
  for (const state of ['CHECKING', 'WRITING']) {
    await expect
      .poll(async () => (await importNow('Killed'))?.state, { interval: 5, timeout: 900_000 })
      .toBe(state);
    expect(await server?.stop('SIGKILL')).toBe('SIGKILL');
    // The dead one's transaction ends with its connection.
    await expect
      .poll(
        () =>
          sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cardline import'`,
        { timeout: 60_000 },
      )
      .toHaveLength(0);
    if ((await importNow('Killed'))?.state !== 'DONE') expect(await written()).toBe(0);
    expect(await verify(sql)).toMatchObject({ clean: true });
    server = await startInstance(db.url);
  }

  await expect.poll(async () => (await importNow('Killed'))?.state, { timeout: 900_000 }).toBe('DONE');
  const [cards] = await sql`
    SELECT count(*)::int AS count, count(DISTINCT serial)::int AS serials, count(DISTINCT batch_index)::int AS indexes,
      (SELECT sum((payload->>'count')::int)::int FROM events WHERE type = 'CARDS_IMPORTED') AS told
    FROM cards`;
  expect(cards).toEqual({ count: ROWS, serials: ROWS, indexes: ROWS, told: ROWS });
  expect(await verify(sql)).toMatchObject({ clean: true });
}, 3_600_000);
