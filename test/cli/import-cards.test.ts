import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { CardImportOrder } from '../../src/store/imports/card-import-order.ts';
import { endLostImports, importUnderKey } from '../../src/store/imports/card-imports.ts';
import { verify } from '../../src/store/verification.ts';
import { cardFile } from '../harness/card-file.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { useDatabasePerTest } from '../harness/database.ts';
import { startCommand } from '../harness/processes/command-line.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-import-'));
afterAll(() => rm(folder, { recursive: true }));
const file = path.join(folder, 'cards.csv');

const db = useDatabasePerTest({ maxConnections: 2 });
let group: string;
beforeEach(async () => {
  group = await makeRateGroup(db.database.sql);
});
afterEach(async () => {
  expect(await verify(db.database.sql)).toMatchObject({ clean: true });
});

const start = (...words: string[]) =>
  startCommand(['import-cards', file, '--name', 'Stock', '--group', group, '--json', ...words], {
    folder,
    environment: { DATABASE_URL: db.url, CARDLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') },
  });
const run = (...words: string[]) => start(...words).ended;

const imports = () => db.database.sql`SELECT state, failure FROM card_imports`;

test('imports a file once for its key, and reports to programs what it did', async () => {
  await writeFile(file, cardFile(500));
  for (let n = 0; n < 2; n += 1) {
    const { code, output } = await run('--key', 'once', '--accept-dense-pins');
    expect(JSON.parse(output)).toMatchObject({ imported: 500, batch: 'Stock', batchId: expect.any(String) });
    expect(code).toBe(0);
  }
  expect(await db.database.sql`SELECT FROM cards`).toHaveLength(500);
});

test('with --check tells what would come in, and imports nothing', async () => {
  const rows = ['C-1,4711000001,-2.50,active', 'C-2,4711000002,5,active', 'C-3,4711000003,7,expired'];
  await writeFile(file, ['serial,pin,balance,state', ...rows].join('\n'));
  const words = ['--accept-dense-pins', '--key', 'move', '--negative-as-zero', '--expired', 'leave-out'];
  const { code, output, errors } = await run('--check', ...words);
  expect(code).toBe(0);
  const totals = {
    file: { count: 3, amount: '9.50' },
    taken: { count: 2, amount: '5.00' },
    leftOut: { count: 1, amount: '7.00' },
    overdrawn: { count: 1, amount: '2.50' },
    expired: { count: 1, amount: '7.00' },
  };
  expect(JSON.parse(output)).toMatchObject({ checked: 3, imported: 0, totals });
  expect(errors).toContain(`${file}:2: balance: The balance is below zero`);
  expect(await db.database.sql`SELECT FROM cards`).toHaveLength(0);
  expect(JSON.parse((await run(...words)).output)).toMatchObject({ imported: 2, totals });
});

test('names the columns, and refuses what one says that it does not read', async () => {
  await writeFile(
    file,
    'serial,pin,balance,plan,note\nC-1,4711000001,0.30000000000000004,Gold,x\nC-2,4711000002,5,,\n',
  );
  const words = ['--accept-dense-pins'];
  const refused = await run('--check', ...words);
  expect(refused.code).not.toBe(0);
  expect(refused.errors).toContain(`${file}:2: plan: The column "plan" may bear on`);
  expect(JSON.parse(refused.output).error.columns).toContainEqual(
    expect.objectContaining({ head: 'plan', isRefused: true }),
  );
  const columns = [
    { head: 'serial', readAs: 'serial', isIgnoredAsOrdered: false, isRefused: false },
    { head: 'pin', readAs: 'pin', isIgnoredAsOrdered: false, isRefused: false },
    { head: 'balance', readAs: 'balance', isIgnoredAsOrdered: false, isRefused: false },
    { head: 'plan', readAs: null, isIgnoredAsOrdered: true, isRefused: false },
    { head: 'note', readAs: null, isIgnoredAsOrdered: false, isRefused: false },
  ];
  const { code, output } = await run('--ignore', 'Plan', ...words);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({ imported: 2, totals: { taken: { amount: '5.30' } }, columns });
});

test('of a damaged file only the damage is a problem', async () => {
  const packed = gzipSync(`${cardFile(20_000)}THIS IS NO ROW\n`);
  packed.writeUInt32LE(7, packed.length - 8);
  await writeFile(file, packed);
  const { output } = await run('--check');
  expect(JSON.parse(output)).toMatchObject({
    error: { problemCount: 1, problems: [{ code: 'NOT_READABLE' }] },
  });
});

test('an order that would come back from the database as another is not taken for one', async () => {
  const { sql } = db.database;
  await writeFile(file, cardFile(1));
  const { output } = await run('--key', 'one', '--accept-dense-pins');
  expect(JSON.parse(output)).toMatchObject({ imported: 1 });
  const [row] = await sql<{ order: CardImportOrder }[]>`SELECT "order" FROM card_imports`;
  const listed = { ...row?.order, reading: ['pin'] } as unknown as CardImportOrder;
  const asked = {
    idempotencyKey: 'one',
    order: listed,
    uploadId: null,
    contentOf: () => Promise.reject(new Error()),
  };
  await expect(importUnderKey(sql, asked)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('reports to programs what is wrong with a file by line, column and reason, and never what stands there', async () => {
  await writeFile(
    file,
    cardFile(3, (n) => (n === 1 ? 'K-1,12,1,active,,,' : undefined)),
  );
  const { code, output } = await run();
  expect(code).toBe(1);
  expect(JSON.parse(output)).toEqual({
    error: {
      code: 'CARD_IMPORT_REFUSED',
      message: 'Nothing was imported: 1 problem in 3 rows.',
      rowCount: 3,
      problemCount: 1,
      problems: [{ line: 3, column: 'pin', code: 'BAD_PIN', message: expect.any(String) }],
      totals: expect.anything(),
      columns: expect.anything(),
    },
  });
});

test('killed in the middle it is ended by the job of whatever server there is, and done when it is run again', {
  timeout: 120_000,
}, async () => {
  await writeFile(file, cardFile(30_000));
  const words = ['--key', 'killed', '--accept-dense-pins'];
  const { child, ended } = start(...words);
  await expect.poll(imports, { interval: 5, timeout: 60_000 }).toMatchObject([{ state: 'CHECKING' }]);
  child.kill('SIGKILL');
  await ended;
  const isOver = async () => {
    await endLostImports(db.database.sql);
    return imports();
  };
  const failure = 'The command that imported it was interrupted.';
  await expect.poll(isOver, { timeout: 30_000 }).toEqual([{ state: 'FAILED', failure }]);
  expect(await db.database.sql`SELECT FROM cards`).toHaveLength(0);
  const told = await db.database.sql`
    SELECT payload->>'state' AS state FROM events WHERE type = 'CARD_IMPORT_PROGRESS' ORDER BY position`;
  expect(told.at(-1)).toEqual({ state: 'FAILED' });
  expect(await run(...words)).toMatchObject({ code: 0 });
  expect(await db.database.sql`SELECT FROM cards`).toHaveLength(30_000);
});

test('alive it renews its claim, however long it takes, and reports its progress', {
  timeout: 120_000,
}, async () => {
  const { sql } = db.database;
  await writeFile(file, cardFile(30_000));
  const { ended } = start('--accept-dense-pins');
  await expect.poll(imports, { interval: 5, timeout: 60_000 }).toMatchObject([{ state: 'CHECKING' }]);
  await sql`UPDATE card_imports SET claimed_until = now() - interval '1 second'`;
  const isHeld = () => sql`SELECT claimed_until > clock_timestamp() AS held FROM card_imports`;
  await expect.poll(isHeld, { interval: 5, timeout: 60_000 }).toEqual([{ held: true }]);
  await endLostImports(sql);
  expect(await ended).toMatchObject({ code: 0 });
  const told = await sql`
    SELECT DISTINCT payload->>'state' AS state FROM events WHERE type = 'CARD_IMPORT_PROGRESS' ORDER BY 1`;
  expect(told.map(({ state }) => state)).toEqual(['CHECKING', 'DONE', 'PENDING', 'WRITING']);
});

test('whose claim another has taken it says so, and writes nothing', { timeout: 120_000 }, async () => {
  const { sql } = db.database;
  await writeFile(file, cardFile(30_000));
  const { ended } = start('--accept-dense-pins');
  await expect.poll(imports, { interval: 5, timeout: 60_000 }).toMatchObject([{ state: 'CHECKING' }]);
  await sql`UPDATE card_imports SET claimed_by = gen_random_uuid()`;
  const { code, output } = await ended;
  expect(code).toBe(3);
  expect(JSON.parse(output)).toEqual({
    error: { code: 'CARD_IMPORT_LOST', message: expect.stringContaining('nothing') },
  });
  expect(await sql`SELECT FROM cards`).toHaveLength(0);
});

test('ordered and never begun it is ended too, once its command had time to begin', async () => {
  const { sql } = db.database;
  await writeFile(file, cardFile(3));
  await run('--key', 'dead', '--accept-dense-pins');
  await sql`
    INSERT INTO card_imports (id, idempotency_key, fingerprint, "order", size, created_by)
    SELECT gen_random_uuid(), 'not begun', fingerprint, "order", size, created_by FROM card_imports`;
  await endLostImports(sql);
  const states = () => sql`SELECT state FROM card_imports ORDER BY id`.values();
  expect((await states()).flat().toSorted()).toEqual(['DONE', 'PENDING']);
  await sql`UPDATE card_imports SET created_at = now() - interval '2 minutes'`;
  await endLostImports(sql);
  expect((await states()).flat().toSorted()).toEqual(['DONE', 'FAILED']);
});
