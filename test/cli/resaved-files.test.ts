import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { verify } from '../../src/store/verification.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { useDatabasePerTest } from '../harness/database.ts';
import { startCommand } from '../harness/processes/command-line.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cardline-resaved-'));
afterAll(() => rm(folder, { recursive: true }));
const file = path.join(folder, 'saved.csv');

const db = useDatabasePerTest({ maxConnections: 2 });
let group: string;
beforeEach(async () => {
  group = await makeRateGroup(db.database.sql);
});
afterEach(async () => {
  expect(await verify(db.database.sql)).toMatchObject({ clean: true });
});

async function run(command: string, text: string | Buffer, ...words: string[]) {
  await writeFile(file, text);
  const increments = command === 'import-rates' ? ['--increments', '60/60'] : [];
  const { ended } = startCommand([command, file, '--group', group, '--json', ...increments, ...words], {
    folder,
    environment: { DATABASE_URL: db.url, CARDLINE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') },
  });
  const { code, output, errors } = await ended;
  return { code, told: JSON.parse(output || '{}'), errors };
}

const importCards = (text: string | Buffer, ...words: string[]) =>
  run('import-cards', text, '--name', 'Moved', '--accept-dense-pins', ...words);

const CARDS = 'serial,pin,balance,state\nR-1,4711000001,10.00,active\nR-2,4711000002,2.50,active\n';
const CARDS_AGAIN = {
  'CRLF and a BOM': `\uFEFF${CARDS.replaceAll('\n', '\r\n')}`,
  'semicolons, quotes and 10':
    'serial;pin;balance;state\n"R-1";"4711000001";10;active\n"R-2";4711000002;2.5;active',
  'another order of columns, a blank line and no last line end':
    'state,balance,serial,pin\n\nactive,10.000,R-1,4711000001\nactive,2.50,R-2,4711000002',
  gzip: gzipSync(CARDS),
};
const opening = async () => {
  const [row] = await db.database.sql<{ sum: bigint }[]>`
    SELECT coalesce(sum(amount), 0)::bigint AS sum FROM transfers WHERE kind = 'OPENING'`;
  return row?.sum;
};

test.each(Object.entries(CARDS_AGAIN))(
  'cards saved again with %s are the import done before',
  async (_form, again) => {
    for (const words of [[], ['--key', 'moved']]) {
      const first = await importCards(CARDS, ...words);
      if (words.length === 0) expect(first).toMatchObject({ code: 0, told: { imported: 2 } });
      else
        expect(first.told).toMatchObject({
          error: { code: 'CARD_IMPORT_REFUSED', problems: [{ code: 'IMPORTED_BEFORE' }] },
        });
      const { code, told } = await importCards(again, ...words);
      expect({ code, told }).toEqual({ code: first.code, told: first.told });
      expect(await opening()).toBe(12_500_000n);
    }
  },
);

test('other cards under a used key are refused, and so are cards that stand in a file done before', async () => {
  expect(await importCards(CARDS, '--key', 'once')).toMatchObject({ code: 0 });
  const swapped = CARDS.replace(/^(R-1.*)\n(R-2.*)\n/m, '$2\n$1\n');
  const more = `${CARDS}R-3,4711000003,1,active\n`;
  for (const other of [swapped, more, CARDS.replace('10.00', '11.00')]) {
    expect((await importCards(other, '--key', 'once')).errors).toContain('was used with other arguments');
    expect(await importCards(other)).toMatchObject({
      told: {
        error: {
          code: 'CARD_IMPORT_REFUSED',
          problems: expect.arrayContaining([expect.objectContaining({ code: 'PIN_TAKEN' })]),
        },
      },
    });
  }
  expect(await opening()).toBe(12_500_000n);
});

const RATES = 'prefix,destination,rate_per_minute\n39,Italy,0.0120\n44,UK,0.02\n';
const RATES_AGAIN = {
  'CRLF, semicolons and quotes':
    '\uFEFF"prefix";"destination";"rate_per_minute"\r\n"39";"Italy";"0.012"\r\n"44";"UK";"0.02"\r\n',
  'other orders, a blank line and no last line end':
    'destination,rate_per_minute,prefix\n\nUK,0.0200,44\nItaly,0.012,39',
  'decimal commas and exponents': 'prefix;destination;rate_per_minute\n39;Italy;0,01200\n44;UK;2E-2',
  'prefixes written internationally': 'prefix,destination,rate_per_minute\n+39,Italy,.012\n0044, UK ,0.020',
  gzip: gzipSync(RATES),
};

const versions = async () => {
  const [row] = await db.database.sql`
    SELECT version, (SELECT count(*)::int FROM rate_imports) AS imports FROM rate_groups WHERE name = ${group}`;
  return row;
};

test.each(Object.entries(RATES_AGAIN))(
  'a deck saved again with %s is the import done before',
  async (_form, again) => {
    for (const words of [[], ['--key', 'deck']]) {
      const first = await run('import-rates', RATES, ...words);
      expect(first).toMatchObject({ code: 0, told: { imported: 2 } });
      const before = await versions();
      const second = await run('import-rates', again, ...words);
      expect(second).toMatchObject({ code: 0, told: { ...first.told, importedBefore: expect.any(String) } });
      expect(await versions()).toEqual(before);
    }
  },
);

test('a deck that came before another is asked about, and another deck under a used key is refused', async () => {
  const other = RATES.replace('0.0120', '0.0130');
  await run('import-rates', RATES, '--key', 'deck');
  await run('import-rates', other);
  const before = await versions();
  expect((await run('import-rates', other, '--key', 'deck')).errors).toContain(
    'was used with other arguments',
  );
  expect(await run('import-rates', RATES)).toMatchObject({ told: { error: { code: 'ROWS_SENT_BEFORE' } } });
  expect(await run('import-rates', RATES, '--key', 'deck')).toMatchObject({ code: 0, told: { imported: 2 } });
  expect(await versions()).toEqual(before);
  expect(await run('import-rates', RATES, '--again')).toMatchObject({ code: 0, told: { imported: 2 } });
  expect(await versions()).not.toEqual(before);
});

test('a deck with the same rows and a few more tells how many change nothing; one with none changes nothing', async () => {
  await run('import-rates', RATES, '--effective-from', '2026-01-01T00:00:00Z');
  const more = `${RATES}33,France,0.03\n`;
  expect(await run('import-rates', more, '--effective-from', '2026-01-01T00:00:00Z')).toMatchObject({
    code: 0,
    told: { imported: 3, changed: true, difference: { added: 1, ineffective: 2 } },
  });
  const before = await versions();
  const audited = await auditCount();
  expect(await run('import-rates', more)).toMatchObject({
    code: 0,
    told: { imported: 3, changed: false, difference: { ineffective: 3 } },
  });
  expect(await versions()).toEqual(before);
  expect(await auditCount()).toBe(audited);
});

const auditCount = async () => {
  const [row] = await db.database.sql<{ count: number }[]>`SELECT count(*)::int AS count FROM audit_entries`;
  return row?.count;
};
