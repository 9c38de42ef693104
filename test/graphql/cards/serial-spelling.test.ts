import { beforeAll, describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AuthenticateCardDocument,
  type CardCredentials,
  CardDocument,
  CardsDocument,
  LockCardDocument,
  RedeemVoucherDocument,
} from '../../../src/client/operations.ts';
import { newKey, nth, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../../harness/batches.ts';
import { importFile, problemsOf } from '../../harness/card-imports.ts';
import { expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let printed: PrintedCard;

beforeAll(async () => {
  const { cardBatch } = succeeded((await orderBatch(api, { quantity: 3, serialPrefix: 'SP-' })).result);
  await batchEnded(api, cardBatch.id);
  const [first] = await printedCards(api, cardBatch.id);
  if (!first) throw new Error('No card was printed.');
  printed = first;
  await api.db.database
    .sql`UPDATE cards SET status = 'ACTIVE', activated_at = now() WHERE serial LIKE 'SP-%'`;
});

const authenticate = (by: CardCredentials) =>
  api.ivr.request(AuthenticateCardDocument, { input: { by } }).then(({ result }) => result);

/** The same serial as people type it. */
const typed = (serial: string) => [
  serial,
  serial.toLowerCase(),
  ` ${serial} `,
  serial.replaceAll('-', ''),
  serial.replaceAll('-', '\u2013'),
  serial.replace(/([0-9]{4})/g, '$1 '),
];

describe('a serial however it is typed', () => {
  test('names its card', async () => {
    for (const serial of typed(printed.serial)) {
      const { card } = await api.administrator.request(CardDocument, { by: { serial } });
      expect(card?.serial, serial).toBe(printed.serial);
    }
    const unknown = await api.administrator.request(CardDocument, { by: { serial: 'SP-9999999999' } });
    expect(unknown.card).toBeNull();
  });

  test('names it in commands', async () => {
    const card = nth(api.partner.batch, 0);
    const input = {
      card: { serial: card.serial.toLowerCase().replaceAll('-', ' ') },
      reason: 'OPERATOR',
    } as const;
    const { result } = await api.administrator.request(LockCardDocument, { input });
    expect(succeeded(result).__typename).toBe('LockCardPayload');
  });

  test('begins and ends a range, and begins the serials of a list', async () => {
    const [from = '', to = ''] = ['SP-0000000001', 'SP-0000000003'];
    for (const [index, first] of typed(from).entries()) {
      const last = typed(to).toReversed()[index] ?? to;
      const selection = { serials: { from: first, to: last } };
      const { result } = await api.administrator.request(ActivateCardsDocument, { cards: selection });
      expect(succeeded(result).refusals.map(({ serial }) => serial)).toEqual([from, 'SP-0000000002', to]);
    }
    // Ends that no card has.
    const wider = { serials: { from: 'sp 0000000000', to: 'sp0000009999' } };
    const { result } = await api.administrator.request(ActivateCardsDocument, { cards: wider });
    expect(succeeded(result)).toMatchObject({ refused: 3 });
    for (const serialPrefix of ['SP-', 'sp', ' sp-00', 'Sp\u20130000']) {
      const { cards } = await api.administrator.request(CardsDocument, {
        filter: { serialPrefix },
        first: 10,
      });
      expect(cards.edges.map(({ node }) => node.serial)).toEqual([from, 'SP-0000000002', to]);
    }
    const plain = nth(api.partner.batch, 0).serial;
    const { cards } = await api.administrator.request(CardsDocument, {
      filter: { serialPrefix: ` ${plain.toLowerCase()}` },
      first: 10,
    });
    expect(cards.edges.map(({ node }) => node.serial)).toEqual([plain]);
  });

  test('goes with its PIN', async () => {
    for (const serial of typed(printed.serial)) {
      const found = succeeded(await authenticate({ serialAndPin: { serial, pin: printed.pin } }));
      expect(found.card.serial, serial).toBe(printed.serial);
    }
  });

  test('gives no further tries: five wrong PINs lock the card', async () => {
    const { sql } = api.db.database;
    for (const serial of typed('SP-0000000002').slice(0, 5)) {
      await authenticate({ serialAndPin: { serial, pin: '00000000000000' } });
    }
    const failures = await sql`SELECT serial, failures FROM serial_failures`;
    expect(failures).toEqual([{ serial: 'SP-0000000002', failures: 5 }]);
    await expect
      .poll(() => sql`SELECT lock_reason FROM cards WHERE serial = 'SP-0000000002'`)
      .toEqual([{ lock_reason: 'FAILED_ATTEMPTS' }]);
  });
});

describe('imported serials', () => {
  test('that differ in case, blanks or hyphens are one serial', async () => {
    const file = [
      'serial,pin,balance',
      'QQ112802,5811000001,1',
      'qq112802,5811000002,1',
      'QQ-112802,5811000003,1',
    ];
    const ended = await importFile(api, file.join('\n'), { acceptDensePins: true });
    expect(ended).toMatchObject({ state: 'REFUSED', problemCount: 2 });
    const problems = await problemsOf(api, ended.id);
    expect(problems.map(({ line, code }) => [line, code])).toEqual([
      [3, 'DOUBLE_SERIAL'],
      [4, 'DOUBLE_SERIAL'],
    ]);
  });

  test('are taken by a card in any spelling', async () => {
    const first = ['serial,pin,balance', 'rr-1,5821000001,1', 'RR2,5821000002,1'];
    expect(await importFile(api, first.join('\n'), { acceptDensePins: true })).toMatchObject({
      state: 'DONE',
    });
    const next = ['serial,pin,balance', 'RR1,5821000003,1', 'r-r2,5821000004,1', 'sp0000000003,5821000005,1'];
    const ended = await importFile(api, next.join('\n'), { acceptDensePins: true });
    expect(ended).toMatchObject({ state: 'REFUSED', problemCount: 3 });
    const { card } = await api.administrator.request(CardDocument, { by: { serial: 'RR 1' } });
    expect(card?.serial).toBe('rr-1');
  });

  test('are not given again to a batch whose prefix is spelled otherwise', async () => {
    const file = ['serial,pin,balance', 'tt-0000000001,5831000001,1'];
    expect(await importFile(api, file.join('\n'), { acceptDensePins: true })).toMatchObject({
      state: 'DONE',
    });
    for (const serialPrefix of ['TT', 'T-T']) {
      const { cardBatch } = succeeded((await orderBatch(api, { quantity: 1, serialPrefix })).result);
      await batchEnded(api, cardBatch.id);
    }
    const { sql } = api.db.database;
    const serials = await sql`SELECT serial FROM cards WHERE serial ~* '^t-?t' ORDER BY serial`;
    expect(serials.map(({ serial }) => serial)).toEqual(['T-T0000000003', 'TT0000000002', 'tt-0000000001']);
  });

  test('of before, which differ in case only, name their cards by their exact spelling', async () => {
    const { sql } = api.db.database;
    const [one, other] = [nth(api.rival.batch, 0), nth(api.rival.batch, 1)];
    await sql`UPDATE cards SET serial = 'UU1' WHERE id = ${one.uuid}`;
    await sql`UPDATE cards SET serial = 'uu1' WHERE id = ${other.uuid}`;
    const find = async (serial: string) =>
      (await api.administrator.request(CardDocument, { by: { serial } })).card?.id ?? null;
    expect([await find('UU1'), await find('uu1'), await find('Uu1')]).toEqual([one.id, other.id, null]);
  });
});

describe('a PIN however it is typed', () => {
  test.each([
    (pin: string) => pin.replace(/(....)/g, '$1.'),
    (pin: string) => pin.replace(/(....)/g, '$1\u2013'),
    (pin: string) => pin.replace(/(....)/g, '$1\u00a0'),
    (pin: string) => `${pin}#`,
  ])('is the same PIN', async (spell) => {
    const found = succeeded(await authenticate({ pin: spell(printed.pin) }));
    expect(found.card.serial).toBe(printed.serial);
  });

  test('is no guess if no card can have it', async () => {
    const { sql } = api.db.database;
    const counts = async () => [
      await sql`SELECT sum(attempts) FROM failed_authentications`,
      await sql`SELECT kind, failures FROM guess_sources ORDER BY kind`,
    ];
    const before = await counts();
    for (const pin of ['12', '4242 €', '1'.repeat(33), '1234+5678']) {
      expect(await authenticate({ pin })).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
      await expectRefusal(api, 'VOUCHER_REFUSED', () =>
        api.ivr.request(RedeemVoucherDocument, {
          input: { card: { id: nth(api.partner.batch, 1).id }, voucherPin: pin, idempotencyKey: newKey() },
        }),
      );
    }
    expect(await counts()).toEqual(before);
  });
});
