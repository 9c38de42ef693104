import { describe, expect, test } from 'vitest';
import type { DeckReading } from '../../../src/domain/rates/deck/deck-reading.ts';
import { readDeck } from '../../harness/deck-forms.ts';

const HEAD = 'prefix,destination,rate_per_minute,initial_increment,increment';

interface Case {
  readonly head?: string;
  readonly reading?: Partial<DeckReading>;
}

/** Each rate as "prefix price": the price in 10^-8, X when it is barred and - when it is withdrawn. */
async function rates(rows: string | readonly string[], { head = HEAD, reading = {} }: Case = {}) {
  const read = await readDeck([head, ...[rows].flat()].join('\n'), { reading });
  expect(read.problems).toEqual([]);
  return read.rates.map((rate) => {
    const mark = rate.barred ? 'X' : rate.withdrawn ? '-' : '';
    return `${rate.prefix} ${mark || rate.ratePer1e8Minute}`;
  });
}

async function codes(rows: string | readonly string[], { head = HEAD, reading = {} }: Case = {}) {
  const { problems } = await readDeck([head, ...[rows].flat()].join('\n'), { reading });
  return problems.map(({ line, code }) => [line, code]);
}

describe('a cell with a line break', () => {
  test('is refused with its line, and swallows no row', async () => {
    const { rates: read, problems } = await readDeck(
      `${HEAD}\n39,"Italy,0.012,60,60\n44,UK",0.02,60,60\n33,France,0.02,60,60\n`,
    );
    expect(problems.map(({ line, code }) => [line, code])).toEqual([[2, 'QUOTE_NOT_CLOSED']]);
    expect(read.map(({ prefix }) => prefix)).toEqual(['44', '33']);
  });
});

describe('what says that a prefix is not sold', () => {
  test.each([
    'Blocked',
    'BLOCKED until further notice',
    'Barred',
    'Closed',
    'Suspended',
    'Not available',
    'Discontinued',
    'Terminated',
    'do not sell',
  ])('as %j bars it, with a price or without', async (word) => {
    expect(
      await rates([`39,Italy,0.012,60,60,${word}`, `44,UK,,60,60,${word}`, '33,France,0.02,60,60,Increase'], {
        head: `${HEAD},change`,
      }),
    ).toEqual(['39 X', '44 X', '33 2000000']);
  });

  test('as a deleted code withdraws it, so that a shorter one applies', async () => {
    expect(await rates('39,Italy,0.012,60,60,Deleted', { head: `${HEAD},Status` })).toEqual(['39 -']);
  });

  test.each(['New', 'No change', 'decrease', '', 'Open', 'unblocked', 'Current'])(
    'is not %j',
    async (word) => {
      expect(await rates(`39,Italy,0.012,60,60,${word}`, { head: `${HEAD},change` })).toEqual(['39 1200000']);
    },
  );

  test('in an unknown word is refused', async () => {
    expect(await codes('39,Italy,0.012,60,60,Vorsicht', { head: `${HEAD},change` })).toEqual([
      [2, 'BAD_STATUS'],
    ]);
  });

  test.each([
    ['locktype', '1'],
    ['locktype', '2'],
    ['Blocked', 'yes'],
    ['barred', 'TRUE'],
    ['closed', 'x'],
  ])('in a column %s as %j bars it', async (head, flag) => {
    expect(
      await rates([`39,Italy,0.012,60,60,${flag}`, '33,France,0.02,60,60,0'], { head: `${HEAD},${head}` }),
    ).toEqual(['39 X', '33 2000000']);
  });
});

describe('the name of a destination', () => {
  const HEADED = { head: `${HEAD},status` };

  test.each([
    'Italy mobile BLOCKED',
    'Italy mobile NOT FOR SALE',
    'Italy-BLOCKED',
    'Cuba (closed)',
    'Cuba (temporarily closed)',
    'Cuba NOT  FOR  SALE',
    'Cuba Not-For-Sale',
    'Cuba (notforsale)',
    'Cuba NFS',
    'Cuba mobile_BLOCKED',
    'Cuba - do not sell!',
    'Italy - Blocked until 2027',
    '[BARRED] Italy',
    'Cuba: no service',
    'Österreich gesperrt',
    'Blocked',
  ])('%j bars it, whatever its price and status', async (name) => {
    expect(await rates(`53,${name},0.012,60,60,New`, HEADED)).toEqual(['53 X']);
  });

  test('that ends in "deleted" withdraws it', async () => {
    expect(await rates('393,Italy mobile (deleted),0.012,60,60')).toEqual(['393 -']);
  });

  test.each([
    'Closed user group',
    'Italy - closed user group',
    'Blocked Italy',
    'Cuba (not blocked)',
    'Italy N/A',
    'Italy (off)',
    'Italy mobile DOWN',
  ])('%j is not guessed at: a status decides', async (name) => {
    const row = `39,${name},0.012,60,60`;
    expect(await codes(row)).toEqual([[2, 'BAD_DESTINATION']]);
    expect(await rates(`${row},Open`, HEADED)).toEqual(['39 1200000']);
    expect(await rates(`${row},Blocked`, HEADED)).toEqual(['39 X']);
  });

  test.each(['Barbados', 'Montenegro Bar', 'UK County Down', 'Antilles N.A.', 'Guinea-Bissau', 'Lockport'])(
    '%j says nothing',
    async (name) => {
      expect(await rates(`39,${name},0.012,60,60`)).toEqual(['39 1200000']);
    },
  );
});

describe('a status', () => {
  test.each([
    ['status', 'N/A'],
    ['status', 'down'],
    ['status', 'not blocked'],
    ['status', 'I'],
    ['blocked', 'N/A'],
    ['rate_change', 'maybe'],
  ])('in %s as %j is refused with its line', async (head, word) => {
    expect(await codes(`39,Italy,0.012,60,60,${word}`, { head: `${HEAD},${head}` })).toEqual([
      [2, 'BAD_STATUS'],
    ]);
  });

  test.each([
    ['status', 'off', 'X'],
    ['status', 'up', '1200000'],
    ['rate_change', 'down', '1200000'],
    ['Price Change', '▼', '1200000'],
    ['rate_change', '▲', '1200000'],
  ])('in %s as %j is read', async (head, word, meant) => {
    expect(await rates(`39,Italy,0.012,60,60,${word}`, { head: `${HEAD},${head}` })).toEqual([`39 ${meant}`]);
  });
});

describe('the end of a rate', () => {
  const ends = (head: string, cells: string, reading = {}) =>
    readDeck(`${HEAD},${head}\n39,Italy,0.012,60,60,${cells}`, { reading });

  test.each(['effective_to', 'End Date', 'valid until', 'expiry_date', 'stopdate'])(
    'in %j is read',
    async (head) => {
      const { rates: read } = await ends(head, '2026-06-30');
      expect(read).toMatchObject([{ barred: false, effectiveTo: new Date('2026-07-01T00:00:00Z') }]);
      const { rates: timed } = await ends(head, '2026-06-30 12:00');
      expect(timed).toMatchObject([{ effectiveTo: new Date('2026-06-30T12:00:00Z') }]);
    },
  );

  test('in the past bars the prefix', async () => {
    expect((await ends('effective_to', '2020-01-01')).rates).toMatchObject([
      { barred: true, effectiveTo: null },
    ]);
  });

  test.each(['', '9999-12-31', 'NULL', '0000-00-00 00:00:00'])('as %j is none', async (cell) => {
    expect((await ends('effective_to', cell)).rates).toMatchObject([{ barred: false, effectiveTo: null }]);
  });

  test('before its beginning is refused', async () => {
    const { problems } = await ends('effective_from,effective_to', '2026-06-01,2026-05-01');
    expect(problems).toMatchObject([{ code: 'BAD_EFFECTIVE_TO' }]);
  });
});

describe('a column that is not read', () => {
  test.each([
    ['minimum_charge', '0.05'],
    ['Surcharge', '1'],
    ['Peak Rate', '0.02'],
    ['Sellable', 'no way'],
    ['Disconnect-Fee', '0.1'],
    ['taxes (%) / VAT', '22'],
    ['', 'Blocked'],
    ['remarks', 'Route blocked since May'],
    ['Gesperrt', '1'],
    ['bloqueado', 'y'],
    ['Spitze', '0.02'],
    ['Ende', '2026-05-01'],
    ['Ccy', 'USD'],
    ['USD', '7'],
    ['Interval', '30/6'],
    ['Pulse', '6'],
    ['Per', 'second'],
    ['Markup', '20'],
    ['Sell', 'No'],
    ['Sold', 'N'],
    ['Enabled', '0'],
    ['Active', 'No'],
    ['isSellable', 'N'],
    ['Note', 'No access'],
    ['Remarks', 'not in service'],
    ['Comment', 'no route'],
    ['Info', 'disconnected'],
    ['available', 'no'],
    ['available', 'n/a'],
    ['Availability', '0'],
    ['isActive', '0'],
    ['Status code', '0'],
    ['Valid', 'no'],
    ['Route', 'off'],
    ['Route', 'down'],
    ['Route', 'N/A'],
    ['No service', '1'],
    ['Callable', '✗'],
    ['Multiplier', '7'],
    ['Factor', '0'],
    ['Qty', '100'],
    ['Scale', '1000'],
    ['Unit', '0'],
    ['Exclude', 'x'],
    ['Skip', 'X'],
    ['On/Off', '0'],
    ['State', '0'],
    ['Traffic', 'none'],
    ['Remarks', 'not for resale'],
    ['FX', '7'],
    ['Uplift %', '5'],
    ['Mult', '7'],
  ])('with the head %j and %j in it makes the deck refused', async (head, cell) => {
    const row = `39,Italy,0.012,60,60,${cell}`;
    const { problems } = await readDeck(`${HEAD},${head}\n${row}\n33,France,0.02,60,60,\n`);
    expect(problems.map(({ code, column }) => [code, column])).toEqual([['UNREAD_COLUMN', head]]);
    const { problems: ignored, found } = await readDeck(`${HEAD},${head}\n${row}\n`, {
      reading: { ignored: [head] },
    });
    expect(ignored).toEqual([]);
    if (head !== '') expect(found.columns.at(-1)).toEqual({ head, readAs: null });
  });

  test.each([
    ['note', 'x'],
    ['region', 'EMEA'],
    ['id', '1'],
    ['Operator', 'TIM'],
    ['surcharge', '0.0000'],
    ['tax', '0'],
    ['minimum', ''],
    ['Multiplier', '1'],
    ['Factor', '1.0'],
    ['inactive', '0'],
    ['available', ''],
    ['Route', 'Premium'],
    ['Excluded', '0'],
    ['FX', '1'],
    ['State', 'New Jersey'],
    ['Enabled', 'Yes'],
    ['For sale', '1'],
  ])('with the head %j and %j in it says nothing', async (head, cell) => {
    expect(await rates(`39,Italy,0.012,60,60,${cell}`, { head: `${HEAD},${head}` })).toEqual(['39 1200000']);
  });
});

describe('a price', () => {
  test.each([
    ['.012', '39 1200000'],
    ['0.0120000000', '39 1200000'],
    ['€0.0120', '39 1200000'],
    ['0.0120 €', '39 1200000'],
    ['EUR 0.0120', '39 1200000'],
    ['1.2E-2', '39 1200000'],
    ['1.2e-02', '39 1200000'],
    ['"0,012"', '39 1200000'],
    ['"12,5"', '39 1250000000'],
    ['"1.234,5"', '39 123450000000'],
    ['"1,234.5"', '39 123450000000'],
    ['12', '39 1200000000'],
    ['0.123456789', '39 12345679'],
    ['0.30000000000000004', '39 30000000'],
    ['1.7763568394002505e-15', '39 0'],
    ['-1.7763568394002505e-15', '39 0'],
    ['-0.0000006', '39 0'],
    ['0.0000006', '39 60'],
    ['0.000000009', '39 0'],
    ['-0', '39 0'],
  ])('written as %s is read', async (cell, rate) => {
    expect(await rates(`39,Italy,${cell},60,60`)).toEqual([rate]);
  });

  test.each([
    ['$0.0120', 'BAD_CURRENCY'],
    ['USD 0.0120', 'BAD_CURRENCY'],
    ['-0.012', 'BAD_RATE'],
    ['-0.000001', 'BAD_RATE'],
    ['-x', 'BAD_RATE'],
    ['"1,234"', 'AMBIGUOUS_DECIMAL'],
    ['0.01.2', 'BAD_RATE'],
    ['"0,01,2"', 'BAD_RATE'],
    ['', 'BAD_RATE'],
    ['1e9', 'BAD_RATE'],
    ['n/a', 'BAD_RATE'],
  ])('written as %s is refused', async (cell, code) => {
    expect(await codes(`39,Italy,${cell},60,60`)).toEqual([[2, code]]);
  });

  test('with a comma means what the other prices show, or what is declared', async () => {
    const rows = ['39,Italy,"0,012",60,60', '882,Satellite,"1,234",60,60'];
    expect(await rates(rows)).toEqual(['39 1200000', '882 123400000']);
    expect(await rates('39,Italy,"1,234",60,60', { reading: { decimalMark: 'COMMA' } })).toEqual([
      '39 123400000',
    ]);
    expect(await rates('39,Italy,"1,234",60,60', { reading: { decimalMark: 'POINT' } })).toEqual([
      '39 123400000000',
    ]);
    expect(await codes(['39,Italy,0.012,60,60', '44,UK,"0,02",60,60'])).toEqual([[3, 'MIXED_DECIMALS']]);
  });

  test('in cents, or for each increment, is brought to a minute', async () => {
    expect(await rates('39,Italy,1.2,60,60', { reading: { priceUnit: 'CENTS_PER_MINUTE' } })).toEqual([
      '39 1200000',
    ]);
    expect(await rates('39,Italy,0.0012,6,6', { reading: { priceUnit: 'INCREMENT' } })).toEqual([
      '39 1200000',
    ]);
    expect(await rates('39,Italy,0.01,60,7', { reading: { priceUnit: 'INCREMENT' } })).toEqual([
      '39 8571429',
    ]);
  });

  test.each(['CARDLINE', 'A2BILLING', 'VOS3000'] as const)(
    'is read the same in the preset %s, whatever noise it has, and a fee too',
    async (preset) => {
      const columns = {
        prefix: 'a',
        ratePerMinute: 'b',
        connectionFee: 'c',
        destination: 'd',
        initialIncrement: 'e',
        increment: 'f',
      };
      const read = (price: string, fee: string) =>
        readDeck(`a,b,c,d,e,f\n39,${price},${fee},Italy,60,60`, { reading: { preset, columns } });
      const noisy = await read('0.30000000000000004', '0.050000000000000003');
      expect(noisy.problems).toEqual([]);
      expect(noisy.rates).toMatchObject([{ ratePer1e8Minute: 30_000_000n, connectionFee: 50_000n }]);
      const tiny = await read('-0.0000006', '0.0000006');
      expect(tiny.rates).toMatchObject([{ ratePer1e8Minute: 0n, connectionFee: 0n }]);
      const negative = await read('-0.3', '-0.05');
      expect(negative.problems.map(({ code, message }) => [code, /negative/.test(message)])).toEqual([
        ['BAD_RATE', true],
        ['BAD_CONNECTION_FEE', true],
      ]);
    },
  );

  test('of another currency is refused', async () => {
    expect(await codes('39,Italy,0.012,60,60,USD', { head: `${HEAD},currency` })).toEqual([
      [2, 'BAD_CURRENCY'],
    ]);
    expect(await rates('39,Italy,0.012,60,60,eur', { head: `${HEAD},currency` })).toEqual(['39 1200000']);
  });
});

describe('the head of a price', () => {
  const mapped = (head: string, cells = '1.2', reading: Partial<DeckReading> = {}) =>
    readDeck(`prefix,"${head}",increments\n39,${cells},60/60`, {
      reading: { columns: { ratePerMinute: head }, ...reading },
    });

  test.each([
    'Rate (cents)',
    'Rate ¢',
    'Price in ct',
    'c/min',
    'US cents per minute',
    'Price pence',
    'CPM',
    'Rate per second',
    'Rate/sec',
    'Rate (per 30s)',
    'Rate / hour',
    'Rate x1000',
    'Price per 100 min',
    'milli-euro',
    'Rate %',
    'Rate USD',
    '$ per minute',
    'Price (dollars)',
  ])('%j is refused by name', async (head) => {
    const { problems } = await mapped(head);
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([['BAD_UNIT', 1, head]]);
  });

  test.each([
    'Rate per minute',
    'Rate/min',
    'Price per 60s',
    'Rate per 1 min',
    'EUR/min',
    'Price €',
    'Rate EUR per Minute',
    'Rate All',
    'Tarif',
  ])('%j is a price of a minute', async (head) => {
    const { problems, rates: read, found } = await mapped(head);
    expect(problems).toEqual([]);
    expect(read).toMatchObject([{ ratePer1e8Minute: 120_000_000n }]);
    expect(found.notes).toEqual([]);
  });

  test('says less than a declared unit, which is told', async () => {
    const cents = await mapped('Rate (cents)', '1.2', { priceUnit: 'CENTS_PER_MINUTE' });
    expect(cents.rates).toMatchObject([{ ratePer1e8Minute: 1_200_000n }]);
    expect(cents.found.notes).toEqual([expect.stringContaining('"Rate (cents)"')]);
    const whole = await mapped('Rate (cents)', '1.2', { priceUnit: 'MINUTE' });
    expect(whole.rates).toMatchObject([{ ratePer1e8Minute: 120_000_000n }]);
    const dollars = await mapped('Rate USD', '1.2', { priceUnit: 'MINUTE' });
    expect(dollars.problems).toMatchObject([{ code: 'BAD_UNIT' }]);
  });

  test('of a fee or an increment is read too', async () => {
    const read = (head: string, columns: DeckReading['columns'], name: string) =>
      codes('39,0.012,1,1', {
        head: `prefix,rate_per_minute,"${head}","${name}"`,
        reading: { columns, increments: { initial: 60, next: 60 } },
      });
    expect(await read('Setup (cents)', { connectionFee: 'Setup (cents)' }, 'id')).toEqual([[1, 'BAD_UNIT']]);
    expect(await read('First (min)', { initialIncrement: 'First (min)' }, 'id')).toEqual([[1, 'BAD_UNIT']]);
    expect(await read('Setup per call', { connectionFee: 'Setup per call' }, 'id')).toEqual([]);
    expect(await read('Min. duration', { initialIncrement: 'Min. duration' }, 'id')).toEqual([]);
  });

  test('stands in the title above it too', async () => {
    const titled = (title: string) => codes(`39,Italy,0.012,60,60`, { head: `${title}\n${HEAD}` });
    expect(await titled('All prices in US cents per minute')).toEqual([[1, 'BAD_UNIT']]);
    expect(await titled('Rates in USD')).toEqual([[1, 'BAD_UNIT']]);
    expect(await titled('Prices in $')).toEqual([[1, 'BAD_UNIT']]);
    expect(await titled('Rates in EUR; valid for all calls')).toEqual([]);
    expect(await titled('ACME Telecom, 12 Cent Street')).toEqual([]);
  });
});

describe('prefixes', () => {
  test.each([
    ['1201;1202', ['1201', '1202']],
    ['"1201, 1202"', ['1201', '1202']],
    ['1201-1203', ['1201', '1202', '1203']],
    ['1201-1202;1205', ['1201', '1202', '1205']],
    ['1201;1201', ['1201']],
  ])('written as %s give a rate each', async (cell, prefixes) => {
    expect(await rates(`${cell},US,0.012,60,60`)).toEqual(prefixes.map((prefix) => `${prefix} 1200000`));
  });

  test.each(['"1,201"', '1201-120', '1205-1201', '1-201', '39.0', '1000000-2000000', '1201;x'])(
    'written as %s are refused',
    async (cell) => {
      expect(await codes(`${cell},US,0.012,60,60`)).toEqual([[2, 'BAD_PREFIX']]);
    },
  );

  test('are area codes behind a country code', async () => {
    const head = 'country_code,area_codes,rate_per_minute,increments';
    expect(await rates(['44,20;161,0.01,60/60', '+39,,0.02,1/1'], { head })).toEqual([
      '4420 1000000',
      '44161 1000000',
      '39 2000000',
    ]);
    expect(await codes('UK,20,0.01,60/60', { head })).toEqual([[2, 'BAD_COUNTRY_CODE']]);
  });

  test('that do not begin with the country code beside them are refused', async () => {
    const head = `${HEAD},country_code`;
    expect(await rates('1201,US,0.01,60,60,1', { head })).toEqual(['1201 1000000']);
    expect(await codes('201,US,0.01,60,60,1', { head })).toEqual([[2, 'BAD_COUNTRY_CODE']]);
    expect(await rates('201,Egypt,0.01,60,60,EG', { head })).toEqual(['201 1000000']);
  });
});

describe('increments', () => {
  const steps = async (rows: string, given: Case) => {
    const { rates: read, problems } = await readDeck(`${given.head ?? HEAD}\n${rows}`, given);
    expect(problems).toEqual([]);
    return read.map(({ initialIncrementSeconds, incrementSeconds }) => [
      initialIncrementSeconds,
      incrementSeconds,
    ]);
  };

  test.each([
    ['60/60', [60, 60]],
    ['30/6', [30, 6]],
    ['1:1', [1, 1]],
    ['60', [60, 60]],
    ['0/0', [1, 1]],
    ['30/0', [30, 1]],
    ['0/6', [6, 6]],
    ['60s/1s', [60, 1]],
  ])('in one column as %s', async (cell, expected) => {
    const head = 'prefix,rate_per_minute,Billing Increment';
    expect(await steps(`39,0.012,${cell}`, { head })).toEqual([expected]);
  });

  test('of 0 are 1, in columns of their own too', async () => {
    expect(await steps('39,Italy,0.012,30,0', {})).toEqual([[30, 1]]);
  });

  test('of both kinds are told apart by the column that is named', async () => {
    const columns = { increments: 'Increment' };
    expect(
      await steps('39,0.012,30/6', { head: 'prefix,rate_per_minute,Increment', reading: { columns } }),
    ).toEqual([[30, 6]]);
  });

  test('may be those of the whole file', async () => {
    const given = { head: 'prefix,rate_per_minute', reading: { increments: { initial: 30, next: 6 } } };
    expect(await steps('39,0.012', given)).toEqual([[30, 6]]);
  });
});

describe('dates', () => {
  const from = async (cell: string, reading: Partial<DeckReading> = {}) => {
    const { rates: read, problems } = await readDeck(
      `${HEAD};effective_from\n39;Italy;0.012;60;60;${cell}`.replaceAll(',', ';'),
      { reading },
    );
    return read[0]?.effectiveFrom.toISOString() ?? problems[0]?.code;
  };

  test.each([
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026/01/31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31 10:30', '2026-01-31T10:30:00.000Z'],
    ['2026-01-31T10:30:00+02:00', '2026-01-31T08:30:00.000Z'],
    ['31-Jan-2026', '2026-01-31T00:00:00.000Z'],
    ['31-Jan-26', '2026-01-31T00:00:00.000Z'],
    ['31 January 2026', '2026-01-31T00:00:00.000Z'],
    ['31/01/2026', 'BAD_EFFECTIVE_FROM'],
    ['01.02.2026', 'BAD_EFFECTIVE_FROM'],
    ['31-Foo-2026', 'BAD_EFFECTIVE_FROM'],
    ['46053', 'BAD_EFFECTIVE_FROM'],
    ['2026-02-30', 'BAD_EFFECTIVE_FROM'],
    ['2026-01-31 25:00', 'BAD_EFFECTIVE_FROM'],
  ])('%s without a declared order is %s', async (cell, expected) => {
    expect(await from(cell)).toBe(expected);
  });

  test.each([
    ['01/02/2026', 'DMY', '2026-02-01T00:00:00.000Z'],
    ['1.2.26', 'DMY', '2026-02-01T00:00:00.000Z'],
    ['01/02/2026', 'MDY', '2026-01-02T00:00:00.000Z'],
    ['1/2/2026 3:04 PM', 'MDY', '2026-01-02T15:04:00.000Z'],
    ['20260131', 'YMD', '2026-01-31T00:00:00.000Z'],
    ['27/02/01', 'YMD', '2027-02-01T00:00:00.000Z'],
    ['27-2-1 10:30', 'YMD', '2027-02-01T10:30:00.000Z'],
    ['1/2/68', 'DMY', '2068-02-01T00:00:00.000Z'],
    ['1/2/69', 'DMY', '1969-02-01T00:00:00.000Z'],
    ['1-Feb-99', null, '1999-02-01T00:00:00.000Z'],
    ['31/01/2026', 'MDY', 'BAD_EFFECTIVE_FROM'],
  ] as const)('%s in the order %s is %s', async (cell, dateOrder, expected) => {
    expect(await from(cell, { dateOrder })).toBe(expected);
  });
});

describe('an export', () => {
  test("of A2Billing's cc_ratecard is read by its preset", async () => {
    const head =
      'id,idtariffplan,dialprefix,destination,buyrate,buyrateinitblock,buyrateincrement,rateinitial,initblock,billingblock,connectcharge,disconnectcharge,stepchargea,chargea,timechargea,billingblocka,startdate,stopdate,starttime,endtime,id_trunk,musiconhold,rounding_calltime,additional_grace,minimal_cost,announce_time_correction';
    const reading = { preset: 'A2BILLING' } as const;
    const row = (rate: string, minimal = '0', end = '10079') =>
      `7,1,39,Italy,0.00800,60,60,${rate},60,60,0.05000,0.00000,0,0,0,0,2020-01-01 00:00:00,0000-00-00 00:00:00,0,${end},-1,,0,0,${minimal},1.000`;
    expect(await rates(row('0.012000000104308128'), { head, reading })).toEqual(['39 1200000']);
    expect(await codes(row('0.012', '0.02'), { head, reading })).toEqual([[2, 'UNREAD_COLUMN']]);
    expect(await codes(row('0.012', '0', '600'), { head, reading })).toEqual([[2, 'UNREAD_COLUMN']]);
  });

  test("of VOS3000's e_feerate is read by its preset, with its locks", async () => {
    const head = 'id,feeprefix,areacode,locktype,fee,tax,period,ivrfee,ivrperiod,type,feerategroup_id';
    const reading = { preset: 'VOS3000' } as const;
    const rows = ['1,39,39,0,0.012,0,60,0.02,60,0,4', '2,882,882,1,5,0,60,5,60,5,4'];
    expect(await rates(rows, { head, reading })).toEqual(['39 1200000', '882 X']);
    const perSix = '1,39,39,0,0.0012,0,6,0,0,0,4';
    expect(await codes(perSix, { head, reading })).toEqual([[2, 'BAD_RATE']]);
    const asked = { head, reading: { ...reading, priceUnit: 'INCREMENT' } } as const;
    expect(await rates(perSix, asked)).toEqual(['39 1200000']);
    expect(await codes('1,39,39,0,0.012,0.2,60,0,0,0,4', { head, reading })).toEqual([[2, 'UNREAD_COLUMN']]);
  });
});

describe('the head', () => {
  test('is found below titles, and no row is lost above it', async () => {
    const titles = 'ACME Telecom\nRates; valid from January\n\n';
    const { rates: read, found } = await readDeck(`${titles}${HEAD}\n39,Italy,0.012,60,60`);
    expect(read).toMatchObject([{ line: 5 }]);
    expect(found.skippedLines).toBe(2);
    const rows = '33,France,0.02,60,60\n';
    const above = await readDeck(`${rows}${HEAD}\n39,Italy,0.012,60,60`);
    expect(above.problems).toMatchObject([{ line: 1, code: 'ROWS_ABOVE_HEAD' }]);
    expect(above.rates).toEqual([]);
    const meant = await readDeck(`${rows}${HEAD}\n39,Italy,0.012,60,60`, { settings: { headLine: 2 } });
    expect(meant).toMatchObject({ problems: [], rates: [{ prefix: '39' }] });
  });

  test('may be declared below a delimiter', async () => {
    expect(await rates('39|Italy|0.012|60|60', { head: `sep=|\n${HEAD.replaceAll(',', '|')}` })).toEqual([
      '39 1200000',
    ]);
  });
});

test('an empty destination is the prefix', async () => {
  const { rates: read } = await readDeck(`${HEAD}\n39,,0.012,60,60`);
  expect(read).toMatchObject([{ destination: '+39' }]);
});

test('a file in Latin-1 is read as it is meant, however it is cut', async () => {
  const latin1 = Buffer.from(`${HEAD}\n51,Perù,0.012,60,60\n34,España,0.012,60,60`, 'latin1');
  for (const chunkBytes of [1, 3, 65_536]) {
    const { rates: read, found } = await readDeck(latin1, { chunkBytes });
    expect(read.map(({ destination }) => destination)).toEqual(['Perù', 'España']);
    expect(found.encoding).toBe('Windows-1252');
  }
});
