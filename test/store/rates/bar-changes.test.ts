import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { RateBarsLifted } from '../../../src/domain/rejections/rates.ts';
import { RateBook } from '../../../src/store/rates/rate-book.ts';
import { createRateGroup, type RateGroup } from '../../../src/store/rates/rate-groups.ts';
import { checkRateDeck, importRateDeck, type RateImport } from '../../../src/store/rates/rate-import.ts';
import { useDatabase } from '../../harness/database.ts';

const {
  database: { sql },
} = useDatabase();

const HEAD =
  'prefix,destination,rate_per_minute,initial_increment,increment,effective_from,effective_to,status';
const MARCH = new Date('2026-03-01T00:00:00Z');
const APRIL = new Date('2026-04-01T00:00:00Z');
const MAY = new Date('2026-05-01T00:00:00Z');
const JUNE = new Date('2026-06-01T00:00:00Z');

const ITALY = '39,Italy,0.1,60,60,,,';
const BARRED = '393,Italy mobile,,60,60,,,Blocked';

let group: RateGroup;
let made = 0;
beforeEach(newGroup);

async function newGroup() {
  made += 1;
  group = await createRateGroup(sql, { name: `Group ${made}`, currency: 'EUR' });
}

function order(rows: readonly string[], options: Partial<RateImport> = {}): RateImport {
  const source = async function* () {
    yield Buffer.from([HEAD, ...rows].join('\n'));
  };
  return { rateGroupId: group.id, source, effectiveFrom: APRIL, ...options };
}

async function load(rows: readonly string[], options: Partial<RateImport> = {}) {
  const result = await importRateDeck(sql, order(rows, options));
  if (result.outcome === 'REFUSED') throw new Error(JSON.stringify(result.problems));
  return result;
}

const replace = (rows: readonly string[], options: Partial<RateImport> = {}) =>
  load(rows, { replace: true, ...options });

const table = async () => (await new RateBook({ sql }).get(group.id)) as { match: RateTableMatch };
type RateTableMatch = (number: string, at: Date) => { prefix: string; ratePer1e8Minute: bigint } | undefined;
const priceOf = async (number: string, at: Date) => (await table()).match(number, at)?.ratePer1e8Minute;
const tables = async () => [
  await sql`SELECT * FROM rates ORDER BY id`,
  await sql`SELECT * FROM rate_groups ORDER BY id`,
];

async function refused(doing: Promise<unknown>) {
  const before = await tables();
  const error = await doing.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RateBarsLifted);
  expect(await tables()).toEqual(before);
  const { bars, data } = error as RateBarsLifted;
  expect(data.prefixCount).toBe(bars.length);
  return bars.map(({ prefix, ratePer1e8Minute, effectiveFrom }) => [prefix, ratePer1e8Minute, effectiveFrom]);
}

describe('a bar of the list', () => {
  beforeEach(() => load([ITALY, BARRED, '44,UK,0.2,60,60,,,'], { effectiveFrom: MARCH }));

  test('that a replacement leaves out is refused by name, checked or imported, until it is to be lifted', async () => {
    expect(await refused(replace([ITALY]))).toEqual([['393', 10_000_000n, APRIL]]);
    expect(await refused(checkRateDeck(sql, order([ITALY], { replace: true })))).toHaveLength(1);
    const { difference } = await replace([ITALY], { liftBars: true });
    expect(difference.bars).toMatchObject({
      liftedCount: 1,
      lifted: [
        { prefix: '393', destination: 'Italy mobile', isPriced: false, ratePer1e8Minute: 10_000_000n },
      ],
      barredCount: 0,
    });
    expect(await priceOf('+393401234567', APRIL)).toBe(10_000_000n);
  });

  test('that a deck deletes is refused by name too', async () => {
    expect(await refused(load([BARRED.replace('Blocked', 'Deleted')]))).toEqual([
      ['393', 10_000_000n, APRIL],
    ]);
  });

  test('stays when it is named again, and is lifted when the deck prices it', async () => {
    expect((await replace([ITALY, BARRED])).difference.bars).toMatchObject({
      liftedCount: 0,
      barredCount: 0,
    });
    const priced = await replace([ITALY, '393,Italy mobile,0.3,60,60,,,'], { effectiveFrom: MAY });
    expect(priced.difference.bars).toMatchObject({
      liftedCount: 1,
      lifted: [{ prefix: '393', isPriced: true, ratePer1e8Minute: 30_000_000n, effectiveFrom: MAY }],
    });
  });

  test('has its holes named', async () => {
    expect((await load(['39340,TIM,0.3,60,60,,,'])).difference.bars).toMatchObject({
      lifted: [{ prefix: '39340', isPriced: true }],
    });
  });

  test('may be left out when no shorter prefix is sold', async () => {
    expect((await replace(['44,UK,0.2,60,60,,,'])).difference.bars).toMatchObject({
      liftedCount: 0,
      barred: [],
    });
    expect(await priceOf('+393401234567', APRIL)).toBeUndefined();
  });
});

test('a bar that was to begin later is not forgotten', async () => {
  await load([ITALY, '393,Italy mobile,0.2,60,60,,,'], { effectiveFrom: MARCH });
  await load([BARRED], { effectiveFrom: MAY });
  const next = [ITALY, '393,Italy mobile,0.25,60,60,,,'];
  expect(await refused(replace(next))).toEqual([['393', 25_000_000n, MAY]]);
  await replace([...next, BARRED.replace(',,,Blocked', ',2026-05-01,,Blocked')]);
  expect(await priceOf('+393401234567', MAY)).toBeUndefined();
});

test('a rate that has ended is a bar', async () => {
  await load([ITALY, '393,Italy mobile,0.2,60,60,,2026-03-31,'], { effectiveFrom: MARCH });
  expect(await refused(replace([ITALY], { effectiveFrom: JUNE }))).toEqual([['393', 10_000_000n, JUNE]]);
});

test('what a deck bars anew is named with the price it had, its own or that of a shorter prefix', async () => {
  await load([ITALY, '44,UK,0.2,60,60,,,'], { effectiveFrom: MARCH });
  const { difference } = await load([BARRED, '44,UK,,60,60,,,Closed']);
  expect(difference.bars).toMatchObject({
    liftedCount: 0,
    barredCount: 2,
    barred: [
      { prefix: '393', ratePer1e8Minute: 10_000_000n },
      { prefix: '44', ratePer1e8Minute: 20_000_000n },
    ],
  });
});

const PREFIXES = ['39', '393', '3934', '39340'];
const rowsOf = (prices: string) =>
  fc
    .subarray(PREFIXES, { minLength: 1 })
    .chain((prefixes) =>
      fc.tuple(
        ...prefixes.map((prefix) =>
          fc
            .constantFrom('', '', 'Blocked', 'Deleted')
            .map((status) => `${prefix},Italy,${prices}${prefix.length},60,60,,,${status}`),
        ),
      ),
    );

test('no number that was barred is sold unless the deck prices it at least as closely as it was barred', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf('0.1'), rowsOf('0.2'), fc.boolean(), async (list, deck, isReplacing) => {
      await newGroup();
      await load(list, { effectiveFrom: MARCH });
      const before = await table();
      const barredLength = (number: string) =>
        Math.max(
          0,
          ...list.flatMap((row) => {
            const [prefix = '', , , , , , , status] = row.split(',');
            return status !== 'Deleted' && number.startsWith(prefix) ? [prefix.length] : [];
          }),
        );
      const numbers = PREFIXES.map((prefix) => prefix.padEnd(12, '9'));
      const barred = numbers.filter((number) => barredLength(number) > 0 && !before.match(number, MARCH));
      const result = await load(deck, { replace: isReplacing }).catch((error) => error);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(RateBarsLifted);
        return;
      }
      const after = await table();
      for (const number of barred) {
        const rate = after.match(number, APRIL);
        if (rate) {
          expect(rate.prefix.length).toBeGreaterThanOrEqual(barredLength(number));
          expect(rate.ratePer1e8Minute >= 20_000_000n).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
