import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AuthenticateCardDocument,
  CardImportProblemsDocument,
  ImportCardsDocument,
} from '../../../src/client/operations.ts';
import { DAY_MS } from '../../../src/domain/values/calendar.ts';
import { verify } from '../../../src/store/verification.ts';
import { newKey, useApi } from '../../harness/api.ts';
import {
  type GivenImport,
  importEnded,
  importFile,
  importInput,
  problemsOf,
  uploadCards,
} from '../../harness/card-imports.ts';
import { expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();

let pins = 8_845_120_000;
function pin(): string {
  pins += 1;
  return `${pins}`;
}
const ago = (days: number) =>
  new Date(Date.now() - days * DAY_MS).toISOString().replace('T', ' ').slice(0, 19);

const A2B_HEAD =
  'id;username;credit;currency;status;block;firstusedate;enableexpire;expirationdate;expiredays;creationdate;callerids;activated';
const A2B = { preset: 'A2BILLING', bareNumbers: true, acceptDensePins: true } as const;
const NEVER = '0000-00-00 00:00:00';

interface A2bRow {
  readonly credit?: string;
  readonly currency?: string;
  readonly status?: number;
  readonly firstUse?: string;
  readonly mode?: number;
  readonly date?: string;
  readonly days?: number;
  readonly created?: string;
  readonly numbers?: string;
  readonly activated?: string;
}

function a2b(serial: string, row: A2bRow): string {
  const { credit = '5.00000', currency = 'EUR', status = 1, firstUse = NEVER, mode = 0, date = NEVER } = row;
  const { days = 0, created = ago(900), numbers = '', activated = '' } = row;
  return [
    serial,
    pin(),
    credit,
    currency,
    status,
    0,
    firstUse,
    mode,
    date,
    days,
    created,
    `"${numbers}"`,
    `"${activated}"`,
  ].join(';');
}

const a2bFile = (rows: Readonly<Record<string, A2bRow>>) =>
  [A2B_HEAD, ...Object.entries(rows).map(([serial, row]) => a2b(serial, row))].join('\n');

/** The cards of an import, by their serials. */
async function cardsLike(pattern: string) {
  const rows = await api.db.database.sql<Record<string, unknown>[]>`
    SELECT serial, status, balance, face_value, valid_until, grace_until, own_validity_days, own_grace_days,
      own_max_bound_numbers, own_max_concurrent_calls
    FROM cards WHERE serial LIKE ${pattern} ORDER BY serial`;
  return Object.fromEntries(
    rows.map(({ serial, ...card }): [string, Record<string, unknown>] => [`${serial}`, card]),
  );
}

async function notesOf(id: string) {
  const { node } = await api.administrator.request(CardImportProblemsDocument, { id, first: 1 });
  if (node?.__typename !== 'CardImport') throw new Error('The import is gone.');
  return node.notes.edges.map(({ node: { line, column, code } }) => [line, column, code]);
}

const sums = (ended: { totals?: unknown }) =>
  ended.totals as Record<string, { count: number; amount: { amount: string } }>;

const given = (more: GivenImport = {}): GivenImport => ({
  ...A2B,
  ...more,
  batch: { validityDays: 60, graceDays: 7, ...more.batch },
});

describe('a card from another system', () => {
  test('keeps the end, and the days, that it was sold with', async () => {
    const file = a2bFile({
      E1: { mode: 0, firstUse: ago(800) },
      E2: { mode: 1, date: '2040-01-01 00:00:00', firstUse: ago(800) },
      E3: { mode: 2, days: 90 },
      E4: { mode: 2, days: 900, firstUse: ago(800) },
      E5: { mode: 3, days: 2_000, status: 2 },
      E6: { mode: 2, days: 60, status: 2 },
      E7: { mode: 2, days: 0, firstUse: ago(800) },
    });
    const ended = await importFile(api, file, given());
    expect(await problemsOf(api, ended.id)).toEqual([]);
    const cards = await cardsLike('E_');
    const own = Object.fromEntries(
      Object.entries(cards).map(([serial, card]) => [serial, card.own_validity_days]),
    );
    expect(own).toEqual({ E1: 0, E2: 0, E3: 90, E4: 900, E5: 0, E6: null, E7: 0 });
    const ends = Object.fromEntries(
      Object.entries(cards).map(([serial, card]) => [serial, card.valid_until !== null]),
    );
    expect(ends).toEqual({ E1: false, E2: true, E3: false, E4: true, E5: true, E6: false, E7: false });
    expect(cards.E2?.valid_until).toEqual(new Date('2040-01-01T00:00:00Z'));
    expect(Object.values(cards).every(({ status }) => status !== 'CLOSED')).toBe(true);
    expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
  });

  test('that is expired refuses the file, unless it is to be left out or forfeited', async () => {
    const file = a2bFile({ F1: { mode: 1, date: ago(30), credit: '7.50000' }, F2: { credit: '2.50000' } });
    const refused = await importFile(api, file, given());
    expect(refused).toMatchObject({ state: 'REFUSED' });
    expect((await problemsOf(api, refused.id)).map(({ line, code }) => [line, code])).toEqual([
      [2, 'EXPIRES_AT_ONCE'],
    ]);
    expect(sums(refused)).toMatchObject({ expired: { count: 1, amount: { amount: '7.50' } } });
    expect(await cardsLike('F_')).toEqual({});

    const left = await importFile(api, file, given({ expired: 'LEAVE_OUT' }));
    expect(left).toMatchObject({ state: 'DONE', rowCount: 2, cardBatch: { made: 1 } });
    expect(sums(left)).toMatchObject({
      file: { count: 2, amount: { amount: '10.00' } },
      taken: { count: 1, amount: { amount: '2.50' } },
      leftOut: { count: 1, amount: { amount: '7.50' } },
    });
    expect(await notesOf(left.id)).toEqual([[2, 'expirationdate', 'EXPIRED_LEFT_OUT']]);
    expect(Object.keys(await cardsLike('F_'))).toEqual(['F2']);
  });

  test('has its credit in the base currency, whatever it is announced in', async () => {
    const file = a2bFile({ C1: { currency: 'USD' }, C2: { currency: 'INR' } });
    const input = await importInput(api, given({ uploadId: await uploadCards(api, file), currency: 'USD' }));
    await expectRefusal(api, 'CURRENCY_MISMATCH', () =>
      api.administrator.request(ImportCardsDocument, { input }),
    );
    expect(await importFile(api, file, given({ currency: 'EUR' }))).toMatchObject({ state: 'DONE' });
  });

  test('brings the numbers that are in use there, and no others', async () => {
    const file = a2bFile({
      N1: { numbers: '393401110001;393401110002;393401110003', activated: 't;f;1' },
      N2: { numbers: '393401110004', activated: 'f' },
    });
    const ended = await importFile(api, file, given());
    expect(await problemsOf(api, ended.id)).toEqual([]);
    const bound = await api.db.database.sql<{ number: string }[]>`
      SELECT number FROM number_bindings WHERE number LIKE '+39340111%' ORDER BY 1`;
    expect(bound.map(({ number }) => number)).toEqual(['+393401110001', '+393401110003']);
    expect(await notesOf(ended.id)).toEqual([
      [2, 'callerids', 'NUMBER_NOT_TAKEN'],
      [3, 'callerids', 'NUMBER_NOT_TAKEN'],
    ]);
  });

  test('with a balance below zero refuses the file, or comes in with nothing and is named', async () => {
    const file = a2bFile({ B1: { credit: '-3.25000' }, B2: { credit: '4.00000' } });
    const refused = await importFile(api, file, given());
    expect((await problemsOf(api, refused.id)).map(({ line, code }) => [line, code])).toEqual([
      [2, 'BAD_BALANCE'],
    ]);
    const ended = await importFile(api, file, given({ negativeAsZero: true }));
    expect(ended).toMatchObject({ state: 'DONE' });
    expect(await notesOf(ended.id)).toEqual([[2, 'credit', 'NEGATIVE_AS_ZERO']]);
    expect(sums(ended)).toMatchObject({
      file: { amount: { amount: '0.75' } },
      taken: { count: 2, amount: { amount: '4.00' } },
      overdrawn: { count: 1, amount: { amount: '3.25' } },
    });
    expect(await cardsLike('B_')).toMatchObject({ B1: { balance: 0n }, B2: { balance: 4_000_000n } });
  });

  test('of VOS3000 keeps its days and its limit of numbers, and its price list is not mixed with others', async () => {
    const head =
      'serialno,pin,password,money,locktype,expiretime,usedtime,activeday,bindlimit,feerategroup,agent';
    const row = (serial: string, days: string, limit: string, group: string) =>
      `${serial},${pin()},,5,0,,,${days},${limit},${group},`;
    const rows = [row('V1', '90', '2', 'Gold'), row('V2', '0', '5', 'Gold'), row('V3', '60', '', 'Silver')];
    const file = [head, ...rows].join('\n');
    const vos = given({ preset: 'VOS3000_STOCK' });
    const mixed = await importFile(api, file, vos);
    expect((await problemsOf(api, mixed.id)).map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, 'feerategroup', 'MIXED_FILE'],
    ]);
    const gold = await importFile(api, file, { ...vos, only: { rateGroup: 'gold' } });
    expect(gold).toMatchObject({ state: 'DONE', cardBatch: { made: 2 } });
    expect(sums(gold)).toMatchObject({ leftOut: { count: 1, amount: { amount: '5.00' } } });
    expect(await cardsLike('V_')).toMatchObject({
      V1: { own_validity_days: 90, own_max_bound_numbers: 2 },
      V2: { own_validity_days: 0, own_max_bound_numbers: null },
    });
  });

  test('that is locked in stock refuses the file: its activation would put it in service', async () => {
    const files = [
      [{ preset: 'VOS3000_STOCK' }, `serialno,pin,password,money,locktype\nL1,${pin()},,5,1`],
      [{ preset: 'CARDLINE' }, `serial,pin,balance,state,locked\nL1,${pin()},5,inactive,1`],
    ] as const;
    for (const [form, file] of files) {
      const ended = await importFile(api, file, given(form));
      expect(ended.state).toBe('REFUSED');
      expect((await problemsOf(api, ended.id)).map(({ code }) => code)).toEqual(['BAD_LOCK']);
    }
    expect(await cardsLike('L_')).toEqual({});
  });

  test('has the PIN that is printed on it, whatever a spreadsheet made of it', async () => {
    const printed = pin();
    const file = `serial,pin,balance,state\n20000000001.0,${printed}.0,5,active`;
    expect(await importFile(api, file, given({ preset: 'CARDLINE' }))).toMatchObject({ state: 'DONE' });
    const authenticate = (by: { pin: string }) =>
      api.ivr.request(AuthenticateCardDocument, { input: { by } });
    expect(succeeded((await authenticate({ pin: printed })).result).card.serial).toBe('20000000001');
  });

  test('announces its own validity before its first use', async () => {
    const pins = [pin(), pin(), pin()];
    const lines = ['5', '0', ''].map((days, n) => `W${n},${pins[n]},5,active,${days}`);
    const file = ['serial,pin,balance,state,validity_days', ...lines].join('\n');
    const ended = await importFile(api, file, given({ preset: 'CARDLINE' }));
    expect(ended).toMatchObject({ state: 'DONE' });
    const remaining = await Promise.all(
      pins.map(async (each) => {
        const { result } = await api.ivr.request(AuthenticateCardDocument, { input: { by: { pin: each } } });
        return succeeded(result).remainingSeconds;
      }),
    );
    expect(remaining).toEqual([5 * 86_400, null, 60 * 86_400]);
  });

  test('is no card of another type than its batch', async () => {
    const file = `type,pin,balance\nvoucher,${pin()}000,5\nvoucher,${pin()}000,5\n`;
    const ended = await importFile(api, file, { acceptDensePins: true });
    expect((await problemsOf(api, ended.id)).map(({ code }) => code)).toEqual(['BAD_TYPE', 'BAD_TYPE']);
    const mixed = await importFile(api, `${file}rechargeable,${pin()}000,5\n`, { acceptDensePins: true });
    expect((await problemsOf(api, mixed.id)).map(({ code }) => code)).toContain('MIXED_FILE');
  });
});

describe('importCards(dryRun)', () => {
  test('lists the columns, and refuses those that say something and are not read', async () => {
    const file = `serial,pin,balance,state,Frozen,memo\nU1,${pin()},1,active,no,x\nU2,${pin()},2,active,yes,\n`;
    const given = { acceptDensePins: true, dryRun: true };
    const refused = await importFile(api, file, given);
    expect(refused.state).toBe('REFUSED');
    const problems = await problemsOf(api, refused.id);
    expect(problems).toMatchObject([{ line: 3, column: 'Frozen', code: 'UNREAD_COLUMN' }]);
    expect(refused.columns?.filter((each) => each.refused)).toMatchObject([{ head: 'Frozen' }]);
    const checked = await importFile(api, file, { ...given, ignoredColumns: ['frozen'] });
    expect(checked.state).toBe('CHECKED');
    expect(checked.columns?.map(({ head, readAs }) => [head, readAs])).toEqual([
      ['serial', 'serial'],
      ['pin', 'pin'],
      ['balance', 'balance'],
      ['state', 'state'],
      ['Frozen', null],
      ['memo', null],
    ]);
    expect(checked.columns?.filter((each) => each.ignoredAsRequested)).toMatchObject([{ head: 'Frozen' }]);
    const input = await importInput(api, {
      uploadId: await uploadCards(api, file),
      ignoredColumns: Array<string>(201).fill('x'),
    });
    await expectRefusal(api, 'INVALID_INPUT', () =>
      api.administrator.request(ImportCardsDocument, { input }),
    );
  });

  test('tells what would come in, writes nothing, and keeps the file for the import', async () => {
    const file = `serial,pin,balance,state,grace_days\nD1,${pin()},1.5,active,30\nD2,${pin()},2,inactive,\nD3,${pin()},,inactive,\n`;
    const uploadId = await uploadCards(api, file);
    const input = await importInput(api, { uploadId, acceptDensePins: true });
    const order = async (dryRun: boolean) => {
      const { result } = await api.administrator.request(ImportCardsDocument, {
        input: { ...input, dryRun, idempotencyKey: newKey() },
      });
      return importEnded(api.administrator, succeeded(result).cardImport.id);
    };
    for (let n = 0; n < 2; n += 1) {
      const checked = await order(true);
      expect(checked).toMatchObject({ state: 'CHECKED', rowCount: 3, problemCount: 0, cardBatch: null });
      expect(checked.totals).toMatchObject({
        file: { count: 3, amount: { amount: '3.50' } },
        states: [
          { state: 'ACTIVE', count: 1, amount: { amount: '1.50' } },
          { state: 'INACTIVE', count: 2, amount: { amount: '2.00' } },
        ],
        withFaceValue: 1,
      });
    }
    expect(await cardsLike('D_')).toEqual({});
    expect(await order(false)).toMatchObject({ state: 'DONE', cardBatch: { made: 3 } });
    expect(await cardsLike('D_')).toMatchObject({ D1: { own_grace_days: 30 } });
  });
});

/** A row of a file of any kind. Cents below zero are in old systems. */
const anyRow = fc.record({
  cents: fc.integer({ min: -500, max: 5_000 }),
  state: fc.constantFrom('inactive', 'active', 'locked', 'deactivated', 'expired', ''),
  usedDaysAgo: fc.option(fc.integer({ min: 1, max: 400 })),
  expiresInDays: fc.option(fc.integer({ min: -100, max: 100 })),
  validityDays: fc.constantFrom('', '0', '30', '90', '365'),
  partner: fc.constantFrom('A', 'B'),
});

test('of any file the money is in the ledger, or named as not taken', { timeout: 300_000 }, async () => {
  const { sql } = api.db.database;
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 30 }), async (rows) => {
      files += 1;
      const now = Date.now();
      const lines = rows.map(({ cents, state, usedDaysAgo, expiresInDays, validityDays, partner }, n) =>
        [
          `P${files}-${n}`,
          `${pin()}77`,
          (cents / 100).toFixed(2),
          state,
          usedDaysAgo === null || state === 'inactive' ? '' : ago(usedDaysAgo),
          expiresInDays === null ? '' : ago(-expiresInDays),
          validityDays,
          partner,
        ].join(),
      );
      const file = ['serial,pin,balance,state,first_used_at,expires_at,validity_days,partner', ...lines].join(
        '\n',
      );
      const ended = await importFile(api, file, {
        acceptDensePins: true,
        negativeAsZero: true,
        expired: 'LEAVE_OUT',
        only: { partner: 'A' },
        batch: { validityDays: 60, graceDays: 7, name: `Of any file ${files} ${now}` },
      });
      const problems = await problemsOf(api, ended.id);
      const brought = await sql<{ opening: bigint; stock: bigint; lost: bigint }[]>`
        SELECT coalesce(sum(balance), 0)::bigint AS opening, coalesce(sum(face_value), 0)::bigint AS stock,
          count(*) FILTER (WHERE status = 'CLOSED' OR grace_until <= now()) AS lost
        FROM cards WHERE serial LIKE ${`P${files}-%`}`;
      const { opening = 0n, stock = 0n, lost } = brought[0] ?? {};
      if (problems.length > 0) {
        expect(problems.map(({ code }) => code)).toEqual(['NOTHING_TO_TAKE']);
        expect(opening + stock).toBe(0n);
        return;
      }
      const inFile = rows.reduce((sum, { cents }) => sum + cents, 0);
      const cents = (name: string) => Math.round(Number(sums(ended)[name]?.amount.amount) * 100);
      expect(cents('file')).toBe(inFile);
      expect(Number((opening + stock) / 10_000n)).toBe(cents('taken'));
      expect(cents('taken') + cents('leftOut') - cents('overdrawn')).toBe(inFile);
      expect(lost).toBe(0n);
    }),
    { numRuns: 10 },
  );
  expect(await verify(sql)).toMatchObject({ clean: true });
});
