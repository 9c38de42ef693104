import { describe, expect, test } from 'vitest';
import { FileProblems, LISTED_PROBLEMS, lineProblem } from '../../../src/domain/files/file-problem.ts';
import { type DeckReading, plainReading } from '../../../src/domain/rates/deck/deck-reading.ts';
import type { DeckRate } from '../../../src/domain/rates/deck/rate-deck.ts';
import { MAX_LINE_LENGTH } from '../../../src/store/files/file-reader.ts';
import { RateDeckReader } from '../../../src/store/rates/rate-deck-reader.ts';

const HEAD = 'prefix,destination,rate_per_minute,connection_fee,initial_increment,increment,effective_from';
const FROM = new Date('2026-03-01T00:00:00Z');

describe('a good deck', () => {
  test('gives a rate for each row, with its line', async () => {
    const { rates, problems } = await read(
      `${HEAD}\n39,Italy,0.12,0.05,30,6,2026-01-31\n1201,"United States New York, NY",0.0124416,,6,6,\n`,
    );
    expect(problems).toEqual([]);
    expect(rates).toEqual([
      {
        line: 2,
        prefix: '39',
        destination: 'Italy',
        ratePer1e8Minute: 12_000_000n,
        connectionFee: 50_000n,
        initialIncrementSeconds: 30,
        incrementSeconds: 6,
        effectiveFrom: new Date('2026-01-31T00:00:00Z'),
        datedFrom: new Date('2026-01-31T00:00:00Z'),
        effectiveTo: null,
        withdrawn: false,
        barred: false,
      },
      {
        line: 3,
        prefix: '1201',
        destination: 'United States New York, NY',
        ratePer1e8Minute: 1_244_160n,
        connectionFee: 0n,
        initialIncrementSeconds: 6,
        incrementSeconds: 6,
        effectiveFrom: FROM,
        datedFrom: FROM,
        effectiveTo: null,
        withdrawn: false,
        barred: false,
      },
    ]);
  });

  test.each([
    [
      'a byte order mark',
      '\ufeffprefix,destination,rate_per_minute,initial_increment,increment\n39,Italy,0.12,30,6\n',
    ],
    ['CRLF', 'prefix,destination,rate_per_minute,initial_increment,increment\r\n39,Italy,0.12,30,6\r\n'],
    [
      'no end of the last line',
      'prefix,destination,rate_per_minute,initial_increment,increment\n39,Italy,0.12,30,6',
    ],
    ['semicolons', 'prefix;destination;rate_per_minute;initial_increment;increment\n39;Italy;0.12;30;6\n'],
    ['tabs', 'prefix\tdestination\trate_per_minute\tinitial_increment\tincrement\n39\tItaly\t0.12\t30\t6\n'],
    ['a plus', 'prefix,destination,rate_per_minute,initial_increment,increment\n+39,Italy,0.12,30,6\n'],
    ['00', 'prefix,destination,rate_per_minute,initial_increment,increment\n0039,Italy,0.12,30,6\n'],
    [
      'heads in capitals',
      'PREFIX,Destination,Rate per minute,Initial-Increment,increment\n39,Italy,0.12,30,6\n',
    ],
    [
      'another order',
      'increment,rate_per_minute,note,prefix,destination,initial_increment\n6,0.12,x,39,Italy,30\n',
    ],
    [
      'blank lines',
      'prefix,destination,rate_per_minute,initial_increment,increment\n\n,,,,\n39,Italy,0.12,30,6\n\n',
    ],
    [
      'empty cells behind',
      'prefix,destination,rate_per_minute,initial_increment,increment\n39,Italy,0.12,30,6,,\n',
    ],
    ['blanks', 'prefix,destination,rate_per_minute,initial_increment,increment\n 39 , Italy ,0.12 , 30,6\n'],
  ])('is read with %s', async (_, deck) => {
    const { rates, problems } = await read(deck);
    expect(problems).toEqual([]);
    expect(rates).toMatchObject([{ prefix: '39', destination: 'Italy', initialIncrementSeconds: 30 }]);
  });

  test('may have heads of its own', async () => {
    const columns = { prefix: 'Code', ratePerMinute: 'Price (EUR)', initialIncrement: 'N1', increment: 'N2' };
    const { rates, problems } = await read('Code;Destination;Price (EUR);N1;N2\n39;Italy;0.12;30;6\n', {
      reading: { columns },
    });
    expect(problems).toEqual([]);
    expect(rates).toMatchObject([{ prefix: '39', ratePer1e8Minute: 12_000_000n }]);
  });

  test('is the same however it is cut into chunks', async () => {
    const deck = `\ufeff${HEAD}\r\n39,Perù,0.12,,30,6,\r\n1201,"New York, ""NY""",0.0124416,,6,6,\r\n`;
    const whole = await read(deck);
    expect(whole.problems).toEqual([]);
    expect(whole.rates.map((rate) => rate.destination)).toEqual(['Perù', 'New York, "NY"']);
    for (const size of [1, 2, 3, 7]) expect(await read(deck, { chunkBytes: size })).toEqual(whole);
  });

  test('that replaces another has no dates before the replacement', async () => {
    const { rates } = await read(
      `${HEAD}\n39,Italy,0.12,,30,6,2020-01-01\n40,Romania,0.1,,30,6,2027-01-01\n`,
      {
        notBefore: FROM,
      },
    );
    expect(rates.map((rate) => rate.effectiveFrom)).toEqual([FROM, new Date('2027-01-01T00:00:00Z')]);
  });
});

describe('a bad deck', () => {
  test('names every bad cell with its line, column and value', async () => {
    const rows = [
      '39,Italy,0.12,,30,6,',
      'abc,,0.12,,30,6,',
      '40,Romania,"0,12",-1,0,1.5,2026-02-30',
      '41,Switzerland,0.1,,30,6,yesterday',
      '42,Slovakia,0.1',
      '43,Korea, South,0.1,,30,6,2026-01-01',
      '0,Nowhere,0.01.2,-0.1,86401,,01/02/2026',
    ];
    const { problems } = await read([HEAD, ...rows].join('\n'));
    expect(problems.map(({ line, column, value, code }) => [line, column, value, code])).toEqual([
      [3, 'prefix', 'abc', 'BAD_PREFIX'],
      [4, 'increment', '1.5', 'BAD_INCREMENT'],
      [4, 'connection_fee', '-1', 'BAD_CONNECTION_FEE'],
      [4, 'effective_from', '2026-02-30', 'BAD_EFFECTIVE_FROM'],
      [4, 'rate_per_minute', '0,12', 'MIXED_DECIMALS'],
      [5, 'effective_from', 'yesterday', 'BAD_EFFECTIVE_FROM'],
      [6, null, null, 'CELL_COUNT'],
      [7, null, null, 'CELL_COUNT'],
      [8, 'prefix', '0', 'BAD_PREFIX'],
      [8, 'initial_increment', '86401', 'BAD_INCREMENT'],
      [8, 'increment', '', 'BAD_INCREMENT'],
      [8, 'rate_per_minute', '0.01.2', 'BAD_RATE'],
      [8, 'connection_fee', '-0.1', 'BAD_CONNECTION_FEE'],
      [8, 'effective_from', '01/02/2026', 'BAD_EFFECTIVE_FROM'],
    ]);
  });

  test('shows no more than forty characters of a value', async () => {
    const { problems } = await read(`${HEAD}\n${'9'.repeat(500)},Italy,0.12,,30,6,\n`);
    expect(problems[0]?.value).toHaveLength(40);
  });

  test.each([
    ['nothing', '', 'EMPTY_DECK'],
    ['a head alone', `${HEAD}\n`, 'EMPTY_DECK'],
    ['a head twice', `${HEAD},prefix\n39,Italy,0.12,,30,6,,39\n`, 'DOUBLE_COLUMN'],
    ['a quote that is not closed', `${HEAD}\n39,"Italy,0.12,,30,6,\n`, 'QUOTE_NOT_CLOSED'],
    ['an endless line', `${HEAD}\n39,${'x'.repeat(MAX_LINE_LENGTH + 1)},0.12,,30,6,\n`, 'LINE_TOO_LONG'],
    ['an endless head', 'x'.repeat(3 * MAX_LINE_LENGTH), 'LINE_TOO_LONG'],
  ])('with %s says so', async (_, deck, code) => {
    for (const chunkBytes of [1_000, 100_000]) {
      const { problems, rates } = await read(deck, { chunkBytes });
      expect(problems.map((problem) => problem.code)).toEqual([code]);
      expect(rates).toEqual([]);
    }
  });

  test('names each column that is missing', async () => {
    const { problems } = await read('Code,destination,rate_per_minute,increment\n', {
      reading: { columns: { effectiveFrom: 'Valid from' } },
    });
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [1, 'prefix', 'MISSING_COLUMN'],
      [1, 'initial_increment', 'MISSING_COLUMN'],
      [1, 'Valid from', 'MISSING_COLUMN'],
    ]);
  });

  test('that mixes encodings is not guessed at', async () => {
    const mixed = Buffer.concat([
      Buffer.from(`${HEAD}\n39,Perù,0.12,,30,6,\n`),
      Buffer.from('51,Perù,0.12,,30,6,\n', 'latin1'),
    ]);
    for (const chunkBytes of [1, 7, 65_536]) {
      expect((await read(mixed, { chunkBytes })).problems).toMatchObject([{ line: 3, code: 'NOT_UTF8' }]);
    }
    const undefinedByte = Buffer.from(`${HEAD}\n51,Per\u0081,0.12,,30,6,\n`, 'latin1');
    expect((await read(undefinedByte)).problems).toMatchObject([{ line: 2, code: 'NOT_UTF8' }]);
  });

  test('is read on behind a stray quote', async () => {
    const { rates, problems } = await read(
      `${HEAD}\n39,5" Italy,0.12,,30,6,\n40,"Bucharest" city,0.12,,30,6,\n41,Switzerland,x,,30,6,\n`,
    );
    expect(rates.map((rate) => rate.line)).toEqual([2, 3]);
    expect(problems).toMatchObject([{ line: 4, code: 'BAD_RATE' }]);
  });

  test('has the rows before and behind an open quote checked', async () => {
    const { problems } = await read(
      `${HEAD}\n39,Italy,x,,30,6,\n40,"Romania,0.12,,30,6,\n41,Switzerland,x,,30,6,\n`,
    );
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [2, 'BAD_RATE'],
      [3, 'QUOTE_NOT_CLOSED'],
      [4, 'BAD_RATE'],
    ]);
  });

  test('of thousands of problems lists the first thousand and counts all', async () => {
    const rows = Array.from({ length: 2_500 }, (_, row) => `${row + 1},Italy,x,,30,6,`);
    const reader = await readAll([HEAD, ...rows].join('\n'));
    expect(reader.problems.total).toBe(2_500);
    expect(reader.problems.listed).toHaveLength(LISTED_PROBLEMS);
    expect(reader.problems.listed.at(-1)?.line).toBe(LISTED_PROBLEMS + 1);
  });
});

test('problems found in a second reading take their place among the first', () => {
  const problems = new FileProblems();
  problems.add(Array.from({ length: 1_500 }, (_, index) => lineProblem('CELL_COUNT', 2 * index + 2, '')));
  problems.add([lineProblem('DUPLICATE', 3, ''), lineProblem('DUPLICATE', 5, '')], 700);
  expect(problems.total).toBe(2_200);
  expect(problems.listed.slice(0, 4).map((problem) => problem.line)).toEqual([2, 3, 4, 5]);
  expect(problems.listed).toHaveLength(LISTED_PROBLEMS);
});

test('a source that fails is not taken for a short deck', async () => {
  async function* failing() {
    yield Buffer.from(`${HEAD}\n39,Italy,0.12,,30,6,\n`);
    throw new Error('connection lost');
  }
  const reader = new RateDeckReader({
    source: failing,
    reading: plainReading('EUR'),
    dates: { effectiveFrom: FROM, notBefore: null },
  });
  await expect(async () => {
    for await (const _ of reader.groups());
  }).rejects.toThrow('connection lost');
});

interface ReadOptions {
  reading?: Partial<DeckReading>;
  chunkBytes?: number;
  notBefore?: Date | null;
}

async function read(deck: string | Buffer, options: ReadOptions = {}) {
  const rates: DeckRate[] = [];
  const reader = await readAll(deck, options, rates);
  return { rates, problems: reader.problems.listed };
}

async function readAll(deck: string | Buffer, options: ReadOptions = {}, rates: DeckRate[] = []) {
  const { reading, chunkBytes = 65_536, notBefore = null } = options;
  const source = () => chunks(Buffer.from(deck), chunkBytes);
  const reader = new RateDeckReader({
    source,
    reading: { ...plainReading('EUR'), ...reading },
    dates: { effectiveFrom: FROM, notBefore },
  });
  for await (const group of reader.groups()) rates.push(...group);
  return reader;
}

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
