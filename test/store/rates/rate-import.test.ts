import { createReadStream } from 'node:fs';
import { v7 as uuidV7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DeckRate } from '../../../src/domain/rates/deck/rate-deck.ts';
import { callCharge } from '../../../src/domain/rates/rating.ts';
import { UploadGone } from '../../../src/domain/rejections/files.ts';
import { InvalidInput, NameTaken, NotFound } from '../../../src/domain/rejections/input.ts';
import { createFileLink } from '../../../src/store/files/file-links.ts';
import { FileSeal } from '../../../src/store/files/file-seal.ts';
import { openUpload } from '../../../src/store/files/uploads.ts';
import { KeyRing } from '../../../src/store/keys/key-ring.ts';
import { MasterKey } from '../../../src/store/keys/master-key.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { RateBook } from '../../../src/store/rates/rate-book.ts';
import { createDeckTable, stageRates } from '../../../src/store/rates/rate-deck-table.ts';
import {
  createRateGroup,
  findRateGroup,
  findRateGroupByName,
  type RateGroup,
} from '../../../src/store/rates/rate-groups.ts';
import { importRateDeck, type RateImport } from '../../../src/store/rates/rate-import.ts';
import { seedRates } from '../../../src/store/rates/seed-rates.ts';
import { rateColumns, type StoredRate } from '../../../src/store/rates/stored-rate.ts';
import { createTestDatabase, useDatabase } from '../../harness/database.ts';

const {
  url,
  database: { sql },
} = useDatabase();

const HEAD = 'prefix,destination,rate_per_minute,initial_increment,increment,effective_from';
const MARCH = new Date('2026-03-01T00:00:00Z');
const APRIL = new Date('2026-04-01T00:00:00Z');
const MAY = new Date('2026-05-01T00:00:00Z');

let group: RateGroup;
let groupsMade = 0;
beforeEach(async () => {
  groupsMade += 1;
  group = await createRateGroup(sql, { name: `Group ${groupsMade}`, currency: 'EUR' });
});

describe('a rate group', () => {
  test('is found by its id and by its name', async () => {
    expect(group).toMatchObject({ currency: 'EUR', version: 0, rateCount: 0 });
    expect(await findRateGroup(sql, group.id)).toEqual(group);
    expect(await findRateGroupByName(sql, group.name)).toEqual(group);
    expect(await findRateGroupByName(sql, 'None')).toBeUndefined();
  });

  test('is refused for a taken name, no name and an unknown currency', async () => {
    const before = await tableOf('rate_groups');
    await expect(createRateGroup(sql, { name: ` ${group.name} `, currency: 'EUR' })).rejects.toThrow(
      NameTaken,
    );
    await expect(createRateGroup(sql, { name: ' ', currency: 'EUR' })).rejects.toThrow(InvalidInput);
    await expect(createRateGroup(sql, { name: 'Euro', currency: 'EURO' })).rejects.toThrow(InvalidInput);
    await expect(createRateGroup(sql, { name: 'Euro', currency: 'ABC' })).rejects.toThrow(InvalidInput);
    expect(await tableOf('rate_groups')).toEqual(before);
  });
});

describe('importing a deck', () => {
  test('adds its rates, from now on unless it says otherwise', async () => {
    const result = await load(['39,Italy,0.12,30,6,', '393,Italy mobile,0.2,30,6,2026-03-01']);
    expect(result).toMatchObject({
      outcome: 'IMPORTED',
      rateGroupId: group.id,
      imported: 2,
      withdrawn: 0,
      rateCount: 2,
      version: 1,
    });
    const [italy, mobile] = await allRates();
    expect(Math.abs((italy?.effectiveFrom.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(mobile).toMatchObject({
      prefix: '393',
      destination: 'Italy mobile',
      ratePer1e8Minute: 20_000_000n,
      connectionFee: 0n,
      initialIncrementSeconds: 30,
      incrementSeconds: 6,
      effectiveFrom: MARCH,
      effectiveTo: null,
      withdrawn: false,
      barred: false,
    });
  });

  test('again changes terms, keeps ids, and adds what is new', async () => {
    await load(['39,Italy,0.12,30,6,', '40,Romania,0.1,30,6,'], { effectiveFrom: MARCH });
    const before = await allRates();
    const result = await load(['39,Italia,0.13,60,60,', '41,Switzerland,0.1,30,6,'], {
      effectiveFrom: MARCH,
    });
    expect(result).toMatchObject({ imported: 2, rateCount: 3, version: 2 });
    const after = await allRates();
    expect(after.map((rate) => rate.destination)).toEqual(['Italia', 'Romania', 'Switzerland']);
    expect(after[0]).toEqual({
      ...before[0],
      destination: 'Italia',
      ratePer1e8Minute: 13_000_000n,
      initialIncrementSeconds: 60,
      incrementSeconds: 60,
    });
  });

  test('with any bad row imports nothing and names each, duplicates too', async () => {
    await load(['39,Italy,0.12,30,6,'], { effectiveFrom: MARCH });
    const before = [await tableOf('rates'), await tableOf('rate_groups')];
    const result = await load(
      [
        '40,Romania,0.1,30,6,',
        '41,Switzerland,free,30,6,',
        '+40,Roumanie,0.2,30,6,2026-04-01',
        '40,R,1,30,6,2026-05-01',
      ],
      { effectiveFrom: APRIL },
    );
    expect(result).toMatchObject({
      outcome: 'REFUSED',
      problemCount: 2,
      rowCount: 4,
      problems: [
        { line: 3, column: 'rate_per_minute', value: 'free', code: 'BAD_RATE' },
        {
          line: 4,
          column: 'prefix',
          value: '40',
          code: 'DUPLICATE',
          message: expect.stringContaining('Line 2'),
        },
      ],
    });
    expect([await tableOf('rates'), await tableOf('rate_groups')]).toEqual(before);
  });

  test('lists the first thousand duplicates and counts all', async () => {
    const result = await load(Array.from({ length: 3_001 }, () => '39,Italy,0.12,30,6,'));
    if (result.outcome !== 'REFUSED') throw new Error('It was imported.');
    expect(result.problemCount).toBe(3_000);
    expect(result.problems).toHaveLength(1_000);
  });

  test('into a group that is not there is refused by name', async () => {
    const rateGroupId = '019a0000-0000-7000-8000-000000000000';
    await expect(load(['39,Italy,0.12,30,6,'], { rateGroupId })).rejects.toThrow(NotFound);
  });

  test('is undone when the last act before the commit fails', async () => {
    const before = [await tableOf('rates'), await tableOf('rate_groups')];
    const source = () => deck(['39,Italy,0.12,30,6,']);
    const failing = importRateDeck(sql, { rateGroupId: group.id, source }, async (tx, imported) => {
      expect(imported).toMatchObject({ rateCount: 1, version: 1 });
      expect(await tx`SELECT FROM rates WHERE rate_group_id = ${group.id}`).toHaveLength(1);
      throw new Error('no event');
    });
    await expect(failing).rejects.toThrow('no event');
    expect([await tableOf('rates'), await tableOf('rate_groups')]).toEqual(before);
  });

  test('of a file that is not there leaves the connection fit for use', async () => {
    const source = () => createReadStream(new URL('no-such-deck.csv', import.meta.url));
    await expect(importRateDeck(sql, { rateGroupId: group.id, source })).rejects.toThrow('ENOENT');
    expect(await load(['39,Italy,0.12,30,6,'])).toMatchObject({ outcome: 'IMPORTED' });
  });

  test('of a source that fails on the way imports nothing', async () => {
    const before = await tableOf('rates');
    const source = async function* () {
      yield* deck(['39,Italy,0.12,30,6,', '40,Romania,0.1,30,6,']);
      throw new Error('connection lost');
    };
    await expect(importRateDeck(sql, { rateGroupId: group.id, source })).rejects.toThrow('connection lost');
    expect(await tableOf('rates')).toEqual(before);
  });

  test('keeps names as they are written', async () => {
    const names = ['A\\B', '\\N', 'Côte d’Ivoire', '"quoted"', '\\.'];
    await load(names.map((name, n) => `4${n},"${name.replaceAll('"', '""')}",0.1,30,6,`));
    expect((await allRates()).map((rate) => rate.destination)).toEqual(names);
  });

  test('of uploads, three at once over a pool of two, comes to an end', async () => {
    const small = openDatabase({ url, maxConnections: 2 });
    try {
      const results = await Promise.all(
        [1, 2, 3].map(async (n) => {
          // Pieces that no line ends with, so that every import reads again and again.
          const source = await uploaded(small.sql, [
            `${HEAD}\n3${n},It`,
            `aly,0.1,30,6,\n4${n},Ro`,
            'me,1,1,1,',
          ]);
          return importRateDeck(small.sql, { rateGroupId: group.id, source });
        }),
      );
      for (const result of results) expect(result).toMatchObject({ outcome: 'IMPORTED', imported: 2 });
    } finally {
      await small.close();
    }
    expect(await findRateGroup(sql, group.id)).toMatchObject({ version: 3, rateCount: 6 });
  });

  test('of an upload that was purged meanwhile imports nothing', async () => {
    const source = await uploaded(sql, [`${HEAD}\n39,Italy,0.1,30,6,\n`, '49,Germany,0.1,30,6,\n']);
    await sql`DELETE FROM file_chunks WHERE sequence = 1`;
    const before = await tableOf('rates');
    await expect(importRateDeck(sql, { rateGroupId: group.id, source })).rejects.toThrow(UploadGone);
    expect(await tableOf('rates')).toEqual(before);
  });

  test('whose rows the table refuses fails, and says why', async () => {
    const failing = sql.begin(async (tx) => {
      const twice = { ...rateLike('39'), line: 2 ** 40 };
      await createDeckTable(tx);
      await stageRates(tx, groupsOf([rateLike('38')], [twice]));
    });
    await expect(failing).rejects.toThrow(/none of the rows: .*out of range/);
  });

  test('twice at once takes turns', async () => {
    const decks = Array.from({ length: 4 }, (_, n) =>
      load([`39,Italy ${n},0.1,30,6,`, `4${n},Place,0.1,30,6,`], { effectiveFrom: MARCH }),
    );
    const versions = (await Promise.all(decks)).map(
      (result) => result.outcome === 'IMPORTED' && result.version,
    );
    expect(versions.sort()).toEqual([1, 2, 3, 4]);
    expect(await findRateGroup(sql, group.id)).toMatchObject({ version: 4, rateCount: 5 });
  });
});

describe('a deck that replaces', () => {
  test('withdraws what it does not name, from its date on', async () => {
    await load(['39,Italy,0.12,30,6,', '393,Italy mobile,0.2,30,6,'], { effectiveFrom: MARCH });
    const result = await load(['39,Italy,0.15,30,6,'], { effectiveFrom: APRIL, replace: true });
    expect(result).toMatchObject({ imported: 1, withdrawn: 1, rateCount: 1 });
    const table = await book().get(group.id);
    const before = new Date(APRIL.getTime() - 1);
    expect(table.match('+393401234567', before)).toMatchObject({ prefix: '393' });
    expect(table.match('+393401234567', APRIL)).toMatchObject({
      prefix: '39',
      ratePer1e8Minute: 15_000_000n,
    });
  });

  test('forgets what was to begin later, and offers again what was withdrawn', async () => {
    await load(
      [
        '39,Italy,0.12,30,6,',
        '40,Romania,0.1,30,6,',
        '39,Italy,0.3,30,6,2026-05-01',
        '41,Swiss,0.1,30,6,2026-05-01',
      ],
      {
        effectiveFrom: MARCH,
      },
    );
    await load(['39,Italy,0.15,30,6,'], { effectiveFrom: APRIL, replace: true });
    expect((await allRates()).map((rate) => [rate.prefix, rate.effectiveFrom, rate.withdrawn])).toEqual([
      ['39', MARCH, false],
      ['39', APRIL, false],
      ['40', MARCH, false],
      ['40', APRIL, true],
    ]);
    await load(['40,Romania,0.2,30,6,'], { effectiveFrom: MAY, replace: true });
    expect((await allRates()).map((rate) => [rate.prefix, rate.effectiveFrom, rate.withdrawn])).toEqual([
      ['39', MARCH, false],
      ['39', APRIL, false],
      ['39', MAY, true],
      ['40', MARCH, false],
      ['40', APRIL, true],
      ['40', MAY, false],
    ]);
  });

  test('sent again changes nothing, not even the version', async () => {
    await load(['39,Italy,0.12,30,6,', '40,Romania,0.1,30,6,'], { effectiveFrom: MARCH });
    await load(['39,Italy,0.15,30,6,'], { effectiveFrom: APRIL, replace: true });
    const before = await tableOf('rates');
    const again = await load(['39,Italy,0.15,30,6,'], { effectiveFrom: APRIL, replace: true });
    expect(again).toMatchObject({ version: 2, rateCount: 1, changed: false });
    expect(await tableOf('rates')).toEqual(before);
  });
});

describe('the rate book', () => {
  test('reads a group once for all who ask, and answers from memory', async () => {
    await load(['39,Italy,0.12,30,6,'], { effectiveFrom: MARCH });
    const rates = book();
    const [first, second] = await Promise.all([rates.get(group.id), rates.get(group.id)]);
    expect(first).toBe(second);
    expect(await rates.get(group.id)).toBe(first);
  });

  test('has the new table at once after `invalidate`', async () => {
    await load(['39,Italy,0.12,30,6,'], { effectiveFrom: MARCH });
    const rates = book();
    await rates.get(group.id);
    await load(['39,Italy,0.2,30,6,'], { effectiveFrom: MARCH });
    rates.invalidate(group.id);
    expect((await rates.get(group.id)).match('39', MARCH)?.ratePer1e8Minute).toBe(20_000_000n);
  });

  test('finds out by itself that another instance imported', async () => {
    await load(['39,Italy,0.12,30,6,'], { effectiveFrom: MARCH });
    const rates = new RateBook({ sql, checkEveryMs: 0 });
    const old = await rates.get(group.id);
    await load(['39,Italy,0.2,30,6,'], { effectiveFrom: MARCH });
    await expect.poll(() => rates.get(group.id)).not.toBe(old);
    expect((await rates.get(group.id)).match('39', MARCH)?.ratePer1e8Minute).toBe(20_000_000n);
  });

  test('refuses a group that is not there, each time anew', async () => {
    const rates = book();
    const missing = '019a0000-0000-7000-8000-000000000000';
    await expect(rates.get(missing)).rejects.toThrow(NotFound);
    await expect(rates.get(missing)).rejects.toThrow(NotFound);
  });
});

test('the price list is loaded once into an empty database, whoever starts', async () => {
  const empty = await createTestDatabase();
  try {
    const made = await Promise.all([1, 2, 3].map(() => seedRates(empty.database.sql)));
    const [seeded, ...others] = made.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    expect(seeded).toMatchObject({ name: 'A-Z Retail EUR', currency: 'EUR', rateCount: 49_416, version: 1 });
    if (!seeded) return;
    const table = await new RateBook({ sql: empty.database.sql }).get(seeded.id);
    expect(table.prefixCount).toBe(49_416);
    const rate = table.match('+525512345678', new Date());
    expect(rate).toMatchObject({ prefix: '5255', destination: 'Mexico Mexico City, FD' });
    const newYork = table.match('+1212555', new Date());
    expect(newYork && callCharge(newYork, 61)).toBe(13_686n);
    expect(await seedRates(empty.database.sql)).toBeUndefined();
  } finally {
    await empty.drop();
  }
});

async function load(rows: readonly string[], options: Partial<RateImport> = {}) {
  return importRateDeck(sql, { rateGroupId: group.id, source: () => deck(rows), ...options });
}

async function* deck(rows: readonly string[]): AsyncGenerator<Buffer> {
  yield Buffer.from([HEAD, ...rows].join('\n'));
}

/** A deck that lies in the database, in these pieces. */
async function uploaded(over: typeof sql, pieces: readonly string[]) {
  const actorId = uuidV7();
  const keys = await KeyRing.open({ sql: over, read: async () => [new MasterKey(Buffer.alloc(32, 1))] });
  const seal = new FileSeal(keys);
  const { link } = await createFileLink(over, {
    purpose: 'UPLOAD_RATES',
    subject: {},
    maker: { actorId, partnerId: null, branch: null },
  });
  for (const [sequence, piece] of pieces.entries()) {
    const content = seal.seal(Buffer.from(piece), { linkId: link.id, sequence });
    await over`INSERT INTO file_chunks VALUES (${link.id}, ${sequence}, ${content})`;
  }
  await over`UPDATE file_links SET finished_at = now() WHERE id = ${link.id}`;
  const { chunks } = await openUpload(
    { sql: over, seal },
    { linkId: link.id, actorId, purpose: 'UPLOAD_RATES' },
  );
  return chunks;
}

const rateLike = (prefix: string): DeckRate => ({
  line: 2,
  datedFrom: MARCH,
  effectiveTo: null,
  withdrawn: false,
  barred: false,
  prefix,
  destination: 'Somewhere',
  ratePer1e8Minute: 1n,
  connectionFee: 0n,
  initialIncrementSeconds: 1,
  incrementSeconds: 1,
  effectiveFrom: MARCH,
});

async function* groupsOf(...groups: DeckRate[][]): AsyncGenerator<DeckRate[]> {
  yield* groups;
}

function allRates(): Promise<StoredRate[]> {
  return sql<StoredRate[]>`
    SELECT ${rateColumns(sql)} FROM rates WHERE rate_group_id = ${group.id} ORDER BY prefix, effective_from`;
}

function book(): RateBook {
  return new RateBook({ sql });
}

function tableOf(name: string) {
  return sql`SELECT * FROM ${sql(name)} ORDER BY ${name === 'rates' ? sql`rate_group_id, prefix, effective_from` : sql`id`}`;
}
