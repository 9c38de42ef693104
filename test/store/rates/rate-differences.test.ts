import { beforeEach, describe, expect, test } from 'vitest';
import { RatePricesUnlikely } from '../../../src/domain/rejections/rates.ts';
import { RateBook } from '../../../src/store/rates/rate-book.ts';
import {
  createRateGroup,
  findRateGroupByName,
  type RateGroup,
} from '../../../src/store/rates/rate-groups.ts';
import { checkRateDeck, importRateDeck, type RateImport } from '../../../src/store/rates/rate-import.ts';
import { useDatabase } from '../../harness/database.ts';

const {
  database: { sql },
} = useDatabase();

const HEAD =
  'prefix,destination,rate_per_minute,initial_increment,increment,effective_from,effective_to,change';
const MARCH = new Date('2026-03-01T00:00:00Z');
const APRIL = new Date('2026-04-01T00:00:00Z');
const MAY = new Date('2026-05-01T00:00:00Z');

let group: RateGroup;
let made = 0;
beforeEach(async () => {
  made += 1;
  group = await createRateGroup(sql, { name: `Group ${made}`, currency: 'EUR' });
  const list = [
    '39,Italy,0.1,60,60,,,',
    '393,Italy mobile,0.2,60,60,,,',
    '44,UK,0.1,60,60,,,',
    '33,France,0.1,30,6,,,',
  ];
  expect(await load(list, { effectiveFrom: MARCH })).toMatchObject({ difference: { added: 4 } });
});

function order(rows: readonly string[], options: Partial<RateImport> = {}): RateImport {
  const source = async function* () {
    yield Buffer.from([HEAD, ...rows].join('\n'));
  };
  return { rateGroupId: group.id, source, ...options };
}

const load = (rows: readonly string[], options: Partial<RateImport> = {}) =>
  importRateDeck(sql, order(rows, options));

async function tables() {
  return [await sql`SELECT * FROM rates ORDER BY id`, await sql`SELECT * FROM rate_groups ORDER BY id`];
}

const priceOf = async (number: string, at: Date) =>
  (await new RateBook({ sql }).get(group.id)).match(number, at)?.ratePer1e8Minute;

describe('the difference', () => {
  const deck = [
    '39,Italy,0.12,60,60,,,',
    '393,Italy mobile,0.2,60,60,,,',
    '44,UK,0.09,60,60,,,',
    '33,France,0.09,60,60,,,',
    '1,USA,0.05,6,6,,,',
  ];

  test('counts what a deck adds, removes and changes, by destination', async () => {
    const checked = await checkRateDeck(
      sql,
      order(deck.slice(0, 4), { effectiveFrom: APRIL, replace: true }),
    );
    const counts = {
      added: 0,
      removed: 0,
      dearer: 1,
      cheaper: 1,
      mixed: 1,
      unchanged: 1,
      destinationCount: 3,
    };
    expect(checked).toMatchObject({ difference: counts });
    const all = await load([...deck.slice(0, 2), deck[4] ?? ''], { effectiveFrom: APRIL, replace: true });
    expect(all).toMatchObject({
      difference: { added: 1, removed: 2, dearer: 1, cheaper: 0, mixed: 0, unchanged: 1 },
    });
    if (all.outcome === 'REFUSED') throw new Error('It was refused.');
    expect(all.difference.destinations).toMatchObject([
      { destination: 'France', removed: 1, lowestBefore: 10_000_000n, lowestAfter: null },
      { destination: 'Italy', dearer: 1, lowestBefore: 10_000_000n, highestAfter: 12_000_000n },
      { destination: 'UK', removed: 1 },
      { destination: 'USA', added: 1, lowestBefore: null, lowestAfter: 5_000_000n },
    ]);
  });

  test('compares each date with the one before it', async () => {
    const rows = ['39,Italy,0.1,60,60,2026-04-01,,', '39,Italy,0.15,60,60,2026-05-01,,'];
    expect(await load(rows)).toMatchObject({ difference: { dearer: 1, unchanged: 1 } });
    expect(await priceOf('+3906', new Date('2026-04-30T00:00:00Z'))).toBe(10_000_000n);
    expect(await priceOf('+3906', MAY)).toBe(15_000_000n);
  });

  test('of an increment alone counts', async () => {
    expect(await load(['39,Italy,0.1,30,6,,,'], { effectiveFrom: APRIL })).toMatchObject({
      difference: { cheaper: 1 },
    });
  });

  test('is shown without any change, and for a bad deck its problems are', async () => {
    const before = await tables();
    expect(await checkRateDeck(sql, order(deck))).toMatchObject({ outcome: 'IMPORTED', imported: 5 });
    expect(await checkRateDeck(sql, order(['39,Italy,x,60,60,,,']))).toMatchObject({ outcome: 'REFUSED' });
    expect(await tables()).toEqual(before);
  });
});

describe('a barred prefix', () => {
  test('is not sold, at the price of no shorter prefix either', async () => {
    const barred = await load(['393,Italy mobile,,60,60,2026-04-01,,Blocked']);
    expect(barred).toMatchObject({ rateCount: 3, difference: { removed: 1 } });
    expect(await priceOf('+393401234567', new Date(APRIL.getTime() - 1))).toBe(20_000_000n);
    expect(await priceOf('+393401234567', APRIL)).toBeUndefined();
    expect(await priceOf('+390612345678', APRIL)).toBe(10_000_000n);
    await load(['39340,TIM,0.3,60,60,2026-04-01,,', '393,Italy mobile,0.25,60,60,2026-05-01,,']);
    expect(await priceOf('+393401234567', APRIL)).toBe(30_000_000n);
    expect(await priceOf('+393331234567', MAY)).toBe(25_000_000n);
  });

  test('that is only no longer listed has the price of the shorter one', async () => {
    await load(['393,Italy mobile,,60,60,2026-04-01,,Deleted']);
    expect(await priceOf('+393401234567', APRIL)).toBe(10_000_000n);
  });
});

describe('a rate with an end', () => {
  test('is not sold from then on, until another begins', async () => {
    await load(['393,Italy mobile,0.25,60,60,2026-04-01,2026-04-30,']);
    expect(await priceOf('+393401234567', new Date(MAY.getTime() - 1))).toBe(25_000_000n);
    expect(await priceOf('+393401234567', MAY)).toBeUndefined();
    await load(['393,Italy mobile,0.2,60,60,2026-05-02,,']);
    expect(await priceOf('+393401234567', MAY)).toBeUndefined();
    expect(await priceOf('+393401234567', new Date('2026-05-02T00:00:00Z'))).toBe(20_000_000n);
  });

  test('that is over when the deck takes effect is barred', async () => {
    const rows = ['39,Italy,0.1,60,60,,,', '393,Italy mobile,0.25,60,60,2025-01-01,2025-12-31,'];
    await load(rows, { effectiveFrom: APRIL, replace: true });
    expect(await priceOf('+393401234567', APRIL)).toBeUndefined();
  });
});

test('of several past dates of a prefix, a replacing deck means the last', async () => {
  const rows = [
    '39,Italy,0.11,60,60,2024-01-01,,',
    '39,Italy,0.13,60,60,2025-01-01,,',
    '39,Italy,0.12,60,60,2024-06-01,,',
  ];
  expect(await load(rows, { effectiveFrom: APRIL, replace: true })).toMatchObject({ outcome: 'IMPORTED' });
  expect(await priceOf('+3906', APRIL)).toBe(13_000_000n);
  const twice = ['39,Italy,0.11,60,60,2024-01-01,,', '39,Italy,0.13,60,60,2024-01-01,,'];
  expect(await load(twice, { effectiveFrom: APRIL, replace: true })).toMatchObject({
    problems: [{ line: 3, code: 'DUPLICATE' }],
  });
});

describe('prices in another unit', () => {
  const cents = [
    '39,Italy,10,60,60,,,',
    '393,Italy mobile,20,60,60,,,',
    '44,UK,0.1,60,60,,,',
    '882,Satellite,900,60,60,,,',
  ];

  test.each([false, true])('are refused by name and change nothing (replacing: %s)', async (replace) => {
    const before = await tables();
    await expect(load(cents, { replace })).rejects.toThrow(RatePricesUnlikely);
    await expect(load(['39,Italy,0.001,60,60,,,'], { replace })).rejects.toThrow(RatePricesUnlikely);
    expect(await tables()).toEqual(before);
  });

  test.each([false, true])(
    'are compared with the shorter prefixes of the list, and as a whole without one (replacing: %s)',
    async (replace) => {
      const rome = ['3906,Rome,10,60,60,,,', '3902,Milan,12,60,60,,,'];
      const satellite = ['882,Satellite,900,60,60,,,'];
      for (const rows of [rome, satellite]) {
        await expect(load(rows, { replace })).rejects.toThrow(RatePricesUnlikely);
      }
      expect(await load(['3906,Rome,1.9,60,60,,,'], { replace })).toMatchObject({ imported: 1 });
      expect(await load(satellite, { acceptPrices: true })).toMatchObject({ imported: 1 });
    },
  );

  test('are imported when they are meant, or in the unit that is declared', async () => {
    expect(await load(cents, { acceptPrices: true })).toMatchObject({ imported: 4 });
    const reading = { priceUnit: 'CENTS_PER_MINUTE' } as const;
    const next = await createRateGroup(sql, { name: `Next ${made}`, currency: 'EUR' });
    await load(['39,Italy,0.1,60,60,,,'], { rateGroupId: next.id });
    expect(await load(['39,Italy,10,60,60,,,'], { rateGroupId: next.id, reading })).toMatchObject({
      difference: { unchanged: 1 },
    });
  });
});

test('a group made in the transaction of its import is not left behind by a refused deck', async () => {
  const name = `Made with ${made}`;
  const making = (rows: readonly string[]) =>
    importRateDeck(sql, async (tx) => {
      const { id } = await createRateGroup(tx, { name, currency: 'EUR' });
      return order(rows, { rateGroupId: id });
    });
  expect(await making(['39,Italy,x,60,60,,,'])).toMatchObject({ outcome: 'REFUSED' });
  expect(await findRateGroupByName(sql, name)).toBeUndefined();
  expect(await making(['39,Italy,0.1,60,60,,,'])).toMatchObject({ imported: 1 });
  expect(await findRateGroupByName(sql, name)).toMatchObject({ rateCount: 1 });
});
