import { describe, expect, test } from 'vitest';
import { columnUses, unreadProblem } from '../../../src/domain/imports/card-columns.ts';
import { readCardHead, readCardLine } from '../../../src/domain/imports/card-file.ts';
import type { CardFileReading } from '../../../src/domain/imports/card-file-form.ts';
import { CardSorting } from '../../../src/domain/imports/card-sorting.ts';
import { DecimalMarks } from '../../../src/domain/values/decimal-marks.ts';

const READING: CardFileReading = {
  preset: 'CARDLINE',
  columns: {},
  ignored: [],
  country: null,
  hasBareNumbers: true,
  utcOffset: 'Z',
  balanceCurrency: null,
  negativeAsZero: false,
  only: {},
  expired: 'REFUSE',
};
const TERMS = {
  currency: 'EUR',
  type: 'RECHARGEABLE',
  serialPrefix: '',
  validityDays: 60,
  graceDays: 7,
  maxBoundNumbers: 5,
  maxConcurrentCalls: 1,
  firstUseBy: null,
} as const;

/** What is read of a file with commas, and every problem of it. */
function read([heads = '', ...rows]: readonly string[], reading: Partial<CardFileReading> = {}) {
  const rules = { reading: { ...READING, ...reading }, terms: TERMS, now: new Date('2026-06-01T00:00:00Z') };
  const head = readCardHead(heads.split(','), rules.reading, 1);
  if (Array.isArray(head)) return { problems: head, cards: [], uses: [] };
  const sorting = new CardSorting(rules.reading, TERMS);
  const marks = new DecimalMarks(null);
  const lines = rows.map((row, index) =>
    readCardLine(row.split(','), { line: index + 2, head, rules, sorting, marks }),
  );
  return {
    cards: lines.map(({ card }) => card),
    problems: [
      ...lines.flatMap(({ problems }) => problems),
      ...marks.hiddenProblems(),
      ...head.unread.flatMap((column) => unreadProblem(column) ?? []),
    ],
    uses: columnUses(head),
  };
}

describe('a column that is not read', () => {
  test.each([
    ['blocked', 'yes'],
    ['blocked', '1'],
    ['Frozen', 'TRUE'],
    ['suspended', '2026-01-01'],
    ['card_status', 'active'],
    ['expiry', '2027-01-01'],
    ['validUntil', '31.12.2026'],
    ['valid_until', '20270101'],
    ['credit_limit', '50'],
    ['creditLimit', '50'],
    ['overdraft', '7'],
    ['reserved', '3'],
    ['plan', 'Gold'],
    ['discount', '10'],
    ['balance_currency', 'USD'],
    ['USD', '7'],
    ['daily_limit', '10'],
    ['reported stolen', '1'],
    ['remarks', 'blocked by the fraud team'],
    ['vip', '1'],
    ['isActive', 'no'],
    ['In-Service', '0'],
    ['usable', 'N'],
    ['Scadenza', '2026-12-31'],
    ['', 'x'],
  ])('with the head %j and %j in it refuses the file', (head, cell) => {
    const file = [`pin,${head}`, `471100000001,`, `471100000002,${cell}`, `471100000003,${cell}`];
    const { problems, uses } = read(file);
    expect(problems).toMatchObject([{ code: 'UNREAD_COLUMN', column: head, value: null }]);
    expect(problems[0]?.message).toContain('lines 3, 4.');
    if (head !== '') expect(uses.at(-1)).toMatchObject({ head, readAs: null, isRefused: true });
    const ignored = read(file, { ignored: [head.toUpperCase()] });
    expect(ignored.problems).toEqual([]);
    if (head !== '')
      expect(ignored.uses.at(-1)).toEqual({ head, readAs: null, isIgnoredAsOrdered: true, isRefused: false });
  });

  test.each([
    ['blocked', '0'],
    ['blocked', 'no'],
    ['suspended', '0000-00-00 00:00:00'],
    ['credit_limit', '0.00'],
    ['discount', 'NULL'],
    ['expiry', ''],
    ['validUntil', '0000-00-00'],
    ['isActive', 'yes'],
    ['usable', '1'],
    ['created_by', 'jane'],
    ['CreationDate', '2020-01-01'],
    ['last_used_at', '2020-01-01 10:00:00'],
    ['customer', 'Jane Doe'],
    ['id', '1'],
    ['email', 'jane@example.com'],
  ])('with the head %j and %j in it says nothing', (head, cell) => {
    const { problems, uses } = read([`pin,${head}`, `471100000001,${cell}`]);
    expect(problems).toEqual([]);
    expect(uses).toEqual([
      { head: 'pin', readAs: 'pin', isIgnoredAsOrdered: false, isRefused: false },
      { head, readAs: null, isIgnoredAsOrdered: false, isRefused: false },
    ]);
  });

  test('does not matter on rows that are left out', () => {
    const file = ['pin,partner,discount', '471100000001,Kiosk,0', '471100000002,Bar,20'];
    expect(read(file, { only: { partner: 'Kiosk' } }).problems).toEqual([]);
  });

  test('is not read as ordered, though the preset would read it', () => {
    const file = ['pin,locked,state', '471100000001,1,active'];
    expect(read(file).cards).toMatchObject([{ state: 'LOCKED' }]);
    expect(read(file, { ignored: ['Locked'] })).toMatchObject({
      problems: [],
      cards: [{ state: 'ACTIVE' }],
    });
    expect(read(file, { ignored: ['pin'] }).problems).toMatchObject([{ code: 'MISSING_COLUMN' }]);
  });
});

/** The columns of cc_card in A2Billing, with the values that its schema gives a new card. */
const CC_CARD: Readonly<Record<string, string>> = {
  id: '17',
  creationdate: '2026-01-01 10:00:00',
  firstusedate: '0000-00-00 00:00:00',
  expirationdate: '0000-00-00 00:00:00',
  enableexpire: '0',
  expiredays: '0',
  username: '8845120071',
  useralias: '884512',
  uipass: 'secret1',
  credit: '5.00000',
  tariff: '3',
  id_didgroup: '0',
  activated: 't',
  status: '1',
  lastname: 'Doe',
  firstname: 'Jane',
  address: '1 Main Street',
  city: 'Springfield',
  state: 'IL',
  country: 'USA',
  zipcode: '62701',
  phone: '2175550100',
  email: 'jane@example.com',
  fax: '',
  inuse: '0',
  simultaccess: '0',
  currency: 'USD',
  lastuse: '2026-02-01 10:00:00',
  nbused: '4',
  typepaid: '0',
  creditlimit: '0',
  voipcall: '1',
  sip_buddy: '1',
  iax_buddy: '0',
  language: 'en',
  redial: '',
  runservice: '0',
  nbservice: '0',
  id_campaign: '-1',
  num_trials_done: '0',
  vat: '0',
  servicelastrun: '0000-00-00 00:00:00',
  initialbalance: '10.00000',
  invoiceday: '1',
  autorefill: '0',
  loginkey: 'abc1',
  mac_lock: '',
  id_timezone: '1',
  tag: 'web',
  voicemail_permitted: '0',
  voicemail_activated: 'f',
  last_notification: '',
  email_notification: '',
  notify_email: '0',
  credit_notification: '-1',
  id_group: '1',
  company_name: 'Doe Ltd.',
  company_website: '',
  vat_rn: '',
  traffic: '',
  traffic_target: '',
  discount: '0.00',
  restriction: '0',
  id_seria: '',
  serial: '',
  block: '0',
  lock_pin: '',
  lock_date: '',
  max_concurrent: '10',
};

describe("a file of A2Billing's whole cc_card", () => {
  const a2b = (...cards: Readonly<Record<string, string>>[]) => {
    const rows = cards.map((card) => Object.values({ ...CC_CARD, ...card }).join(','));
    return read([Object.keys({ ...CC_CARD, ...cards[0] }).join(','), ...rows], { preset: 'A2BILLING' });
  };

  test('is taken with the values of a new card', () => {
    const { problems, cards, uses } = a2b({});
    expect(problems).toEqual([]);
    expect(cards).toMatchObject([{ serial: '17', state: 'ACTIVE', ownMaxConcurrentCalls: null }]);
    expect(uses).toHaveLength(Object.keys(CC_CARD).length);
    expect(uses.find(({ head }) => head === 'block')?.readAs).toBe('locked');
  });

  test.each([
    ['typepaid', '1'],
    ['creditlimit', '100'],
    ['discount', '12.50'],
    ['vat', '22'],
    ['autorefill', '1'],
    ['restriction', '2'],
    ['runservice', '1'],
    ['mac_lock', '00:11:22'],
  ])('is refused when %s is %s, with the lines', (head, value) => {
    const { problems } = a2b({}, { id: '18', username: '8845120072', [head]: value });
    expect(problems).toMatchObject([{ code: 'UNREAD_COLUMN', column: head, line: 3 }]);
  });

  test.each([
    ['t', 'ACTIVE'],
    ['TRUE', 'ACTIVE'],
    ['y', 'ACTIVE'],
    ['1', 'ACTIVE'],
    ['', 'ACTIVE'],
    ['f', 'DEACTIVATED'],
    ['0', 'DEACTIVATED'],
    ['no', 'DEACTIVATED'],
  ])('has a card with %j as activated in the state %s', (activated, state) => {
    expect(a2b({ activated }).cards).toMatchObject([{ state }]);
  });

  test('has a card that is locked, one with several calls, and several price lists', () => {
    expect(a2b({ block: '1' }).cards).toMatchObject([{ state: 'LOCKED' }]);
    const several = a2b({ simultaccess: '1', max_concurrent: '10' });
    expect(several.cards).toMatchObject([{ ownMaxConcurrentCalls: 10 }]);
    const mixed = a2b({}, { id: '18', username: '8845120072', tariff: '4' });
    expect(mixed.problems).toMatchObject([{ code: 'MIXED_FILE', column: 'tariff' }]);
  });

  test('has activated of the numbers, when it has numbers', () => {
    const [card] = a2b({ callerids: '393401110001', activated: 'f' }).cards;
    expect(card).toMatchObject({ state: 'ACTIVE', boundNumbers: [], numbersLeft: 1 });
  });
});

describe('the cells that a spreadsheet wrote', () => {
  test('as decimals are whole numbers', () => {
    const file = [
      'pin,money,activeday,bindlimit,locktype',
      '471100000001.0,5,90.0,3,0',
      '471100000002,5,-1.0,2,1.0',
    ];
    const { cards } = read(file, { preset: 'VOS3000_ACTIVE' });
    expect(cards).toMatchObject([
      { pin: '471100000001', ownValidityDays: 90, ownMaxBoundNumbers: 3 },
      { ownValidityDays: 0, state: 'LOCKED' },
    ]);
    const own = read(['pin,validity_days,grace_days,max_calls', '471100000003,30.0,5.00,2.0']);
    expect(own.problems).toEqual([]);
    expect(own.cards).toMatchObject([{ ownValidityDays: 30, ownGraceDays: 5, ownMaxConcurrentCalls: 2 }]);
  });

  test('with dates before 1990 are problems', () => {
    const file = ['pin,state,first_used_at,expires_at', '471100000001,active,1970-01-01,2027-01-01'];
    expect(read(file).problems).toMatchObject([{ code: 'BAD_TIME', column: 'first_used_at' }]);
    expect(read(['pin,expires_at', '471100000001,1899-12-30']).problems).toMatchObject([
      { code: 'BAD_TIME', column: 'expires_at' },
    ]);
  });
});

describe('balances with a decimal comma', () => {
  const balances = (...cells: string[]) => {
    const rows = cells.map((cell, n) => `47110000000${n}|${cell}`.split('|'));
    const reading = READING;
    const head = readCardHead(['pin', 'balance'], reading, 1);
    if (Array.isArray(head)) throw new Error('no head');
    const marks = new DecimalMarks(null);
    const rules = { reading, terms: TERMS, now: new Date() };
    const sorting = new CardSorting(reading, TERMS);
    const read = rows.map((row, index) =>
      readCardLine(row, { line: index + 2, head, rules, sorting, marks }),
    );
    return {
      micros: read.map(({ card }) => card.balance),
      codes: [...read.flatMap(({ problems }) => problems), ...marks.hiddenProblems()].map(({ code }) => code),
    };
  };

  test('are read when the file leaves nothing open', () => {
    expect(balances('10,50', '1.234,50')).toEqual({ micros: [10_500_000n, 1_234_500_000n], codes: [] });
    expect(balances('10,50', '1,234')).toEqual({ micros: [10_500_000n, 1_234_000n], codes: [] });
    expect(balances('1,234.50')).toEqual({ micros: [1_234_500_000n], codes: [] });
    expect(balances('-3,25').codes).toEqual(['BAD_BALANCE']);
  });

  test('are refused when it does, or mixes both', () => {
    expect(balances('1,234').codes).toEqual(['AMBIGUOUS_DECIMAL']);
    expect(balances('10,50', '9.95').codes).toEqual(['MIXED_DECIMALS']);
  });
});
