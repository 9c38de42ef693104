import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../src/client/client.ts';
import {
  CreateCardUploadDocument,
  ImportCardsDocument,
  RateGroupsDocument,
} from '../src/client/operations.ts';
import { TRUSTED_MAKER } from '../src/domain/api-key.ts';
import { createApiKey } from '../src/store/api-keys.ts';
import { verify } from '../src/store/verification.ts';
import { cardFile } from './harness/card-lines.ts';
import { makeRateGroup, OPERATOR } from './harness/cards.ts';
import { createTestDatabase, type TestDatabase } from './harness/database.ts';
import { succeeded } from './harness/refusals.ts';
import { type ServerProcess, startInstance } from './harness/server-process.ts';

/** Enough to be killed in the middle of; CARDLINE_IMPORT_ROWS=1000000 is what the promise says. */
const ROWS = Number(process.env.CARDLINE_IMPORT_ROWS ?? 60_000);

let db: TestDatabase;
let server: ServerProcess | undefined;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await server?.stop('SIGTERM');
  await db.drop();
});

async function importNow() {
  const [row] = await db.database.sql<{ state: string; failure: string | null; rowCount: number }[]>`
    SELECT state, failure, row_count AS "rowCount" FROM card_imports`;
  return row;
}

async function written(): Promise<number> {
  const [row] = await db.database.sql<{ count: number }[]>`
    SELECT (SELECT count(*) FROM cards) + (SELECT count(*) FROM transfers) + (SELECT count(*) FROM card_batches) +
      (SELECT count(*) FROM number_bindings) + (SELECT count(*) FROM pin_formats) AS count`;
  return Number(row?.count);
}

test('kill -9 while the file is read and while its cards are written: nothing is half done, and the next instance ends it', async () => {
  const { sql } = db.database;
  await makeRateGroup(sql);
  const { secret } = await createApiKey(
    sql,
    {
      name: 'Importer',
      role: 'ADMINISTRATOR',
      partnerId: null,
      scopes: null,
      networks: null,
      expiresAt: null,
    },
    { actorId: OPERATOR.actorId, maker: TRUSTED_MAKER },
  );
  server = await startInstance(db.url);
  const client = createClient({ url: server.url, key: secret });
  const { createCardUpload } = await client.request(CreateCardUploadDocument);
  const { id: uploadId, url } = createCardUpload.upload;
  expect((await fetch(url, { method: 'PUT', body: cardFile(ROWS) })).status).toBe(201);
  const chunks = await sql<{ content: Buffer }[]>`SELECT content FROM file_chunks`;
  expect(chunks.some(({ content }) => content.includes('MANY-'))).toBe(false);
  const { rateGroups } = await client.request(RateGroupsDocument, { first: 1 });
  const { result } = await client.request(ImportCardsDocument, {
    input: {
      idempotencyKey: 'once',
      uploadId,
      acceptDensePins: true,
      batch: {
        name: 'Killed',
        type: 'RECHARGEABLE',
        faceValue: { amount: '5', currency: 'EUR' },
        rateGroupId: rateGroups.edges[0]?.node.id ?? '',
      },
    },
  });
  succeeded(result);
  await client.close();

  for (const state of ['CHECKING', 'WRITING']) {
    await expect.poll(async () => (await importNow())?.state, { interval: 5, timeout: 300_000 }).toBe(state);
    expect(await server.stop('SIGKILL')).toBe('SIGKILL');
    // The dead one's transaction ends with its connection.
    await expect
      .poll(
        () =>
          sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cardline import'`,
        { timeout: 60_000 },
      )
      .toHaveLength(0);
    if ((await importNow())?.state !== 'DONE') expect(await written()).toBe(0);
    expect(await verify(sql)).toMatchObject({ clean: true });
    server = await startInstance(db.url);
  }

  await expect.poll(async () => (await importNow())?.state, { timeout: 300_000 }).toBe('DONE');
  const [cards] = await sql`
    SELECT count(*)::int AS count, count(DISTINCT serial)::int AS serials, count(DISTINCT place)::int AS places,
      (SELECT sum((payload->>'count')::int)::int FROM events WHERE type = 'CARDS_IMPORTED') AS told
    FROM cards`;
  expect(cards).toEqual({ count: ROWS, serials: ROWS, places: ROWS, told: ROWS });
  expect(await verify(sql)).toMatchObject({ clean: true });
}, 900_000);
