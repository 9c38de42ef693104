import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CardStaging, type StagingOrder } from '../../../src/store/imports/staged-cards.ts';
import { PinVault } from '../../../src/store/keys/pin-vault.ts';

const TERMS = {
  name: 'Moved',
  type: 'RECHARGEABLE',
  currency: 'EUR',
  serialPrefix: '',
  validityDays: 60,
  graceDays: 7,
  firstUseBy: null,
  maxBoundNumbers: 5,
  maxConcurrentCalls: 1,
  maintenanceEveryDays: null,
} as const;
const ORDER: StagingOrder = {
  terms: TERMS,
  rules: {
    terms: TERMS,
    now: new Date('2026-06-01T00:00:00Z'),
    reading: {
      preset: 'CARDLINE',
      columns: {},
      ignored: [],
      country: null,
      hasBareNumbers: false,
      utcOffset: 'Z',
      balanceCurrency: null,
      negativeAsZero: true,
      only: {},
      expired: 'LEAVE_OUT',
    },
  },
};
const KEY = { keyId: 1, vault: PinVault.fromMasterKey(Buffer.alloc(32, 7)), earlier: [] };

const COLUMNS = ['serial', 'pin', 'balance', 'state', 'validity_days', 'expires_at'] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

const row = fc.record({
  cents: fc.integer({ min: -500, max: 100_000 }),
  state: fc.constantFrom('active', 'inactive', 'locked', 'deactivated'),
  validity_days: fc.constantFrom('', '0', '30', '90'),
  expires_at: fc.constantFrom('', '2026-05-01', '2027-01-31'),
});
const list = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) =>
  rows.map(({ cents, ...others }, index): Row => {
    return {
      serial: `C-${index}`,
      pin: `47110000${100 + index}`,
      balance: (cents / 100).toFixed(2),
      ...others,
    };
  }),
);

const saving = fc.record({
  columns: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  isQuoted: fc.boolean(),
  isShort: fc.boolean(),
  hasMark: fc.boolean(),
  hasBlankLine: fc.boolean(),
  endsWithLineEnd: fc.boolean(),
  isPacked: fc.boolean(),
});
type Saving = typeof saving extends fc.Arbitrary<infer Form> ? Form : never;

function saved(rows: readonly Row[], form: Saving): Uint8Array {
  const cell = (text: string) => (form.isQuoted ? `"${text}"` : text);
  const written = (each: Row, column: keyof Row) =>
    column === 'balance' && form.isShort ? String(Number(each.balance)) : each[column];
  const lines = [
    form.columns.map(cell),
    ...rows.map((each) => form.columns.map((column) => cell(written(each, column)))),
  ].map((cells) => cells.join(form.delimiter));
  if (form.hasBlankLine) lines.splice(1, 0, '');
  const text = `${form.hasMark ? '\uFEFF' : ''}${lines.join(form.lineEnd)}${form.endsWithLineEnd ? form.lineEnd : ''}`;
  return form.isPacked ? gzipSync(text) : Buffer.from(text);
}

async function read(file: Uint8Array) {
  async function* chunks() {
    yield file;
  }
  for await (const { end } of new CardStaging(ORDER, KEY).pieces(chunks())) if (end) return end;
  throw new Error('The file has no end.');
}

test('a list of cards says the same in whatever form it is saved, and brings in the same money', async () => {
  await fc.assert(
    fc.asyncProperty(list, saving, saving, async (rows, first, second) => {
      const [one, other] = [await read(saved(rows, first)), await read(saved(rows, second))];
      expect(other.content).toBe(one.content);
      expect(other.totals).toEqual(one.totals);
      const { file, taken, leftOut, overdrawn } = one.totals;
      const cents = rows.reduce((sum, { balance }) => sum + Math.round(Number(balance) * 100), 0);
      expect(file.micros).toBe(BigInt(cents) * 10_000n);
      expect(taken.micros + leftOut.micros - overdrawn.micros).toBe(file.micros);
    }),
    { numRuns: 150 },
  );
});

test('another list says something else', async () => {
  await fc.assert(
    fc.asyncProperty(list, list, saving, async (rows, others, form) => {
      fc.pre(JSON.stringify(rows) !== JSON.stringify(others));
      expect((await read(saved(rows, form))).content).not.toBe((await read(saved(others, form))).content);
    }),
    { numRuns: 150 },
  );
});
