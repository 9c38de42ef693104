import { describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  BindNumberDocument,
  CardImportsDocument,
  ImportCardsDocument,
} from '../../../src/client/operations.ts';
import { fromGlobalId } from '../../../src/graphql/core/global-id.ts';
import { verify } from '../../../src/store/verification.ts';
import { euros, newKey, nth, useApi } from '../../harness/api.ts';
import { orderBatch } from '../../harness/batches.ts';
import { cardFile } from '../../harness/card-file.ts';
import { importEnded, importFile, importInput, problemsOf, uploadCards } from '../../harness/card-imports.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();

/** What an import notes of itself, whatever became of its file. */
const OF_IMPORTS = [
  'card_imports',
  'card_import_problems',
  'event_head',
  'events',
  'file_links',
  'file_chunks',
];

async function contents(): Promise<Record<string, string>> {
  const all = await snapshot(api.db.database.sql);
  return Object.fromEntries(Object.entries(all).filter(([table]) => !OF_IMPORTS.includes(table)));
}

describe('importCards', () => {
  test('takes cards over in the states they are in, with what is on them', async () => {
    const { sql } = api.db.database;
    const file = [
      'serial,pin,balance,state,first_used_at,expires_at,bound_numbers',
      'K-1,4711000001,5.00,inactive,,,',
      'K-2,4711000002,7.25,inactive,,2030-01-01,',
      'K-3,4711000003,3.5,active,,,06 6982 0001;+39 06 6982 0002',
      'K-4,4711000004,2.000001,active,2026-01-05 10:00:00,2031-01-01T00:00:00+01:00,',
      'K-5,4711000005,0,locked,2026-01-05,,',
      'K-6,4711000006,1.10,deactivated,2026-01-05,,',
      `K-7,4711000007,9,active,2020-01-05,${new Date(Date.now() - 86_400_000).toISOString()},`,
      'K-8,4711000008,4,expired,2020-01-05,2020-03-01,',
    ].join('\n');
    const ended = await importFile(api, file, { acceptDensePins: true, expired: 'FORFEIT' });
    expect(ended).toMatchObject({ state: 'DONE', rowCount: 8, problemCount: 0 });
    expect(ended.cardBatch).toMatchObject({ made: 8, imported: true });

    const [event] = await sql<
      { payload: unknown }[]
    >`SELECT payload FROM events WHERE type = 'CARDS_IMPORTED'`;
    expect(event?.payload).toMatchObject({
      count: 8,
      currency: 'EUR',
      openingValue: '19.600001',
      stockValue: '12.25',
      boundNumbers: 2,
      states: { ACTIVE: 2, DEACTIVATED: 1, EXPIRED: 1, INACTIVE: 2, IN_GRACE: 1, LOCKED: 1 },
    });
    expect(
      await sql`SELECT serial, amount FROM transfers JOIN cards ON cards.id = card_id WHERE kind = 'OPENING' AND card_version = 1 AND card_balance_after = amount ORDER BY serial`,
    ).toEqual([
      { serial: 'K-3', amount: 3_500_000n },
      { serial: 'K-4', amount: 2_000_001n },
      { serial: 'K-6', amount: 1_100_000n },
      { serial: 'K-7', amount: 9_000_000n },
      { serial: 'K-8', amount: 4_000_000n },
    ]);
    expect(await sql`SELECT number FROM number_bindings ORDER BY 1`).toEqual([
      { number: '+390669820001' },
      { number: '+390669820002' },
    ]);
    // What is over by its dates goes the way of every card.
    const overdue = () => sql`SELECT status FROM cards WHERE serial IN ('K-7', 'K-8') ORDER BY serial`;
    await expect.poll(overdue, { timeout: 30_000 }).toEqual([{ status: 'IN_GRACE' }, { status: 'CLOSED' }]);
    // No PIN is anywhere in the clear.
    expect(await sql`SELECT FROM file_chunks`).toHaveLength(0);
    expect(await verify(sql)).toMatchObject({ clean: true });
  });

  test('a card in stock gets what it is worth at its activation, and its history begins with the import', async () => {
    const batch = { faceValue: euros('6') };
    const file = 'pin,balance\n90000000000000000001,3.25\n90000000000000000002,\n';
    const ended = await importFile(api, file, { batch: { ...batch, serialPrefix: 'GIVEN' } });
    const batchId = ended.cardBatch?.id ?? '';
    succeeded((await api.administrator.request(ActivateCardsDocument, { cards: { batchId } })).result);
    const { sql } = api.db.database;
    const cards = await sql`
      SELECT serial, balance, version FROM cards WHERE batch_id = ${fromGlobalId('CardBatch', batchId)} ORDER BY serial`;
    expect(cards).toEqual([
      { serial: 'GIVEN0000000001', balance: 3_250_000n, version: 2 },
      { serial: 'GIVEN0000000002', balance: 6_000_000n, version: 2 },
    ]);
    expect(await verify(sql)).toMatchObject({ clean: true });
  });

  test('a bad file changes nothing, and every bad row is named', async () => {
    const before = await contents();
    const bad = new Map([
      [7, 'SERIAL WITH BLANKS,1000000055433,1,active,,,'],
      [500, 'BAD-500,12,1,active,,,'],
      [999, 'BAD-999,1000000999999,-1,active,,,'],
      [1_500, 'BAD-1500,1000001500000,1,gone,,,'],
      [2_000, 'MANY-3,1000002000000,1,active,,,'],
      [2_500, 'BAD-2500,1000000000000007919,1,inactive,2026-02-30,,'],
      [2_998, 'BAD-2998,1000002998000,1,active,,,12'],
      [2_999, 'BAD-2999,4711000001,1,active,,,+390669820001'],
    ]);
    const ended = await importFile(
      api,
      cardFile(3_000, (n) => bad.get(n)),
      { acceptDensePins: true },
    );
    expect(ended).toMatchObject({ state: 'REFUSED', rowCount: 3_000, problemCount: 9, cardBatch: null });
    const problems = await problemsOf(api, ended.id);
    expect(problems.map(({ line, column, code }) => [line, column, code])).toEqual([
      [9, 'serial', 'BAD_SERIAL'],
      [502, 'pin', 'BAD_PIN'],
      [1_001, 'balance', 'BAD_BALANCE'],
      [1_502, 'state', 'BAD_STATE'],
      [2_002, 'serial', 'DOUBLE_SERIAL'],
      [2_502, 'first_used_at', 'BAD_TIME'],
      [3_000, 'bound_numbers', 'BAD_NUMBER'],
      [3_001, 'bound_numbers', 'NUMBER_TAKEN'],
      [3_001, 'pin', 'PIN_TAKEN'],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/4711000001|1000000999999/);
    expect(await contents()).toEqual(before);
  });

  test('PINs that are easily guessed are refused unless they are accepted', async () => {
    const file = 'serial,pin\nDENSE-1,123456\n';
    const refused = await importFile(api, file);
    expect((await problemsOf(api, refused.id)).map(({ code }) => code)).toEqual(['PINS_TOO_DENSE']);
    expect(await importFile(api, file, { acceptDensePins: true })).toMatchObject({ state: 'DONE' });
  });

  test('a file of A2Billing is read by its preset', async () => {
    const file = [
      'id;username;credit;currency;status;block;firstusedate;enableexpire;expirationdate;expiredays;creationdate;callerids',
      '17;8845120071;4.50000;EUR;1;0;2026-03-01 12:00:00;2;0000-00-00 00:00:00;3650;2026-01-01 00:00:00;393401234567',
      '18;8845120072;10.00000;EUR;2;0;0000-00-00 00:00:00;0;0000-00-00 00:00:00;0;2026-01-01 00:00:00;NULL',
      '19;8845120073;0.00000;EUR;0;0;\\N;1;2027-01-01 00:00:00;0;2026-01-01 00:00:00;',
    ].join('\n');
    const given = { preset: 'A2BILLING', bareNumbers: true, acceptDensePins: true } as const;
    const ended = await importFile(api, file, { ...given, batch: { serialPrefix: 'A2B-' } });
    expect(await problemsOf(api, ended.id)).toEqual([]);
    const { sql } = api.db.database;
    expect(
      await sql`SELECT serial, status, balance, face_value, valid_until FROM cards WHERE serial LIKE 'A2B-%' ORDER BY serial`,
    ).toEqual([
      {
        serial: 'A2B-17',
        status: 'ACTIVE',
        balance: 4_500_000n,
        face_value: null,
        valid_until: new Date('2036-02-27T12:00:00Z'),
      },
      { serial: 'A2B-18', status: 'INACTIVE', balance: 0n, face_value: 10_000_000n, valid_until: null },
      {
        serial: 'A2B-19',
        status: 'DEACTIVATED',
        balance: 0n,
        face_value: null,
        valid_until: new Date('2027-01-01T00:00:00Z'),
      },
    ]);
  });

  test('a key names one import: sent again, twenty times at once, it has one effect', async () => {
    const file = cardFile(50).replaceAll('MANY-', 'ONCE-').replaceAll('+3933', '+3932');
    const input = await importInput(api, { uploadId: await uploadCards(api, file) });
    const order = () => api.administrator.request(ImportCardsDocument, { input });
    const answers = await Promise.all(Array.from({ length: 20 }, order));
    const [id = '', ...others] = new Set(answers.map(({ result }) => succeeded(result).cardImport.id));
    expect(others).toEqual([]);
    expect(await importEnded(api.administrator, id)).toMatchObject({ state: 'DONE', rowCount: 50 });
    expect(succeeded((await order()).result).cardImport).toMatchObject({ id, state: 'DONE' });
    const other = { ...input, acceptDensePins: true };
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      api.administrator.request(ImportCardsDocument, { input: other }),
    );
    const again = { ...input, idempotencyKey: newKey() };
    await expectRefusal(api, 'UPLOAD_USED', () =>
      api.administrator.request(ImportCardsDocument, { input: again }),
    );
  });

  test('the same file saved again is the same import under its key, and another file is none', async () => {
    const file = 'serial,pin,balance,state\nSAME-1,50000000000000000001,10.00,active\n';
    const again = '\uFEFFbalance;state;pin;serial\r\n"10";active;50000000000000000001;SAME-1';
    const input = await importInput(api, { uploadId: await uploadCards(api, file) });
    const order = async (text: string) => {
      const uploadId = await uploadCards(api, text);
      return api.administrator.request(ImportCardsDocument, { input: { ...input, uploadId } });
    };
    const { id } = succeeded((await order(file)).result).cardImport;
    expect(succeeded((await order(again)).result).cardImport.id).toBe(id);
    expect(await importEnded(api.administrator, id)).toMatchObject({ state: 'DONE', rowCount: 1 });
    expect(succeeded((await order(again)).result).cardImport).toMatchObject({ id, state: 'DONE' });
    const other = { ...input, uploadId: await uploadCards(api, file.replace('10.00', '11.00')) };
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      api.administrator.request(ImportCardsDocument, { input: other }),
    );
  });

  test('the same file twice at once lands once; of the other it is said', async () => {
    const file = cardFile(2_000)
      .replaceAll('MANY-', 'TWICE-')
      .replaceAll('+3933', '+3931')
      .replaceAll(',1000', ',2000');
    const both = await Promise.all([importFile(api, file), importFile(api, file)]);
    expect(both.map(({ state }) => state).toSorted()).toEqual(['DONE', 'REFUSED']);
    const refused = both.find(({ state }) => state === 'REFUSED');
    expect(await problemsOf(api, refused?.id ?? '')).toMatchObject([{ code: 'IMPORTED_BEFORE' }]);
    expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
  });

  test('a number that a live command binds meanwhile is had by one of the two', async () => {
    const card = nth(await api.cards({ count: 1 }), 0);
    const file = 'serial,pin,state,bound_numbers\nRACE-1,30000000000000000001,active,+390612345678\n';
    const [ended, { result }] = await Promise.all([
      importFile(api, file),
      api.administrator.request(BindNumberDocument, {
        input: { card: { serial: card.serial }, number: '+390612345678' },
      }),
    ]);
    const bound = result.__typename === 'BindNumberPayload';
    expect(ended.state).toBe(bound ? 'REFUSED' : 'DONE');
    expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
  });

  test('serials of the kind made here are not given again', async () => {
    await importFile(api, 'serial,pin\nSEEN0000000007,40000000000000000001\n');
    const { result } = await orderBatch(api, { quantity: 1, serialPrefix: 'SEEN' });
    const batchId = fromGlobalId('CardBatch', succeeded(result).cardBatch.id);
    const { sql } = api.db.database;
    const serials = () => sql`SELECT serial FROM cards WHERE batch_id = ${batchId}`;
    await expect.poll(serials, { timeout: 20_000 }).toEqual([{ serial: 'SEEN0000000008' }]);
  });

  test('a file of which a piece or the key is gone imports nothing, and is to be sent again', async () => {
    const { sql } = api.db.database;
    const before = await contents();
    const file = `${cardFile(20_000).replaceAll('MANY-', 'GONE-')}\n`;
    expect(file.length).toBeGreaterThan(1024 * 1024);
    const gone = {
      state: 'FAILED',
      rowCount: 0,
      cardBatch: null,
      failure: expect.stringMatching(/upload the file again/),
    };
    // A purge between the order and the reading.
    await sql`CREATE RULE purged AS ON INSERT TO card_imports DO ALSO DELETE FROM file_chunks WHERE sequence > 0`;
    try {
      expect(await importFile(api, file, { acceptDensePins: true })).toMatchObject(gone);
    } finally {
      await sql`DROP RULE purged ON card_imports`;
    }
    // Sealed under a key that nobody has any more.
    const uploadId = await uploadCards(api, file);
    await sql`UPDATE file_chunks SET content = '\\x0063'::bytea || substring(content FROM 3)`;
    const { result } = await api.administrator.request(ImportCardsDocument, {
      input: await importInput(api, { uploadId }),
    });
    const { id } = succeeded(result).cardImport;
    expect(await importEnded(api.administrator, id)).toMatchObject(gone);
    expect(await contents()).toEqual(before);
  });

  test('is for administrators, and is refused by name', async () => {
    const input = await importInput(api, { uploadId: await uploadCards(api, cardFile(1)) });
    for (const by of [api.partner.client, api.ivr]) {
      await expectForbidden(api, () => by.request(ImportCardsDocument, { input }));
      await expectForbidden(api, () => by.request(CardImportsDocument, {}));
    }
    const refused = (changes: Partial<typeof input>) => () =>
      api.administrator.request(ImportCardsDocument, { input: { ...input, ...changes } });
    await expectRefusal(api, 'INVALID_INPUT', refused({ idempotencyKey: '' }));
    await expectRefusal(api, 'INVALID_INPUT', refused({ utcOffset: 'Rome' }));
    await expectRefusal(api, 'INVALID_INPUT', refused({ batch: { ...input.batch, graceDays: -1 } }));
    const usd = { amount: '5', currency: 'USD' };
    await expectRefusal(api, 'CURRENCY_MISMATCH', refused({ batch: { ...input.batch, faceValue: usd } }));
  });
});
