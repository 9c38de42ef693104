import { afterAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  ChangeCardsDocument,
  type ChangeCardsInput,
  RechargeCardDocument,
  RechargeCardsDocument,
  type RechargeCardsInput,
  type RechargeRow,
  UnlockCardDocument,
} from '../../../src/client/operations.ts';
import { verify } from '../../../src/store/verification.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();
afterAll(async () => {
  expect(await verify(api.db.database.sql)).toMatchObject({ clean: true });
});

const rechargeList = (input: RechargeCardsInput, by: Client = api.administrator) =>
  by.request(RechargeCardsDocument, { input });

const changeList = (input: ChangeCardsInput, by: Client = api.administrator) =>
  by.request(ChangeCardsDocument, { input });

const row = ({ serial }: ApiCard, key: string, amount = '1'): RechargeRow => ({
  key,
  card: { serial },
  amount: euros(amount),
});

const rowsOf = (cards: readonly ApiCard[]) =>
  cards.map(({ serial }, index) => ({ key: `${index}`, card: { serial } }));

async function countOf(table: 'transfers' | 'idempotency_keys' | 'events'): Promise<number> {
  const [found] = await api.db.database.sql<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM ${api.db.database.sql(table)}`;
  return found?.count ?? 0;
}

describe('a list of recharges', () => {
  test('has an outcome for each row, in order; the rows that are refused hold up no other', async () => {
    const { batch, client } = api.partner;
    const [first, second] = [nth(batch, 0), nth(batch, 1)];
    const foreign = nth(api.rival.batch, 0);
    const input = {
      idempotencyKey: newKey(),
      rows: [
        row(first, 'a', '1.50'),
        row(foreign, 'b'),
        row(second, 'c', '-1'),
        row(second, 'd', '1000'),
        { ...row(first, 'e'), amount: { amount: '1', currency: 'USD' } },
        { ...row(first, 'f'), card: { boundNumber: '12' } },
        row(first, 'g', '2'),
      ],
    };
    const list = succeeded((await rechargeList(input, client)).result);
    expect(list).toMatchObject({
      recharged: 2,
      refused: 5,
      outcomes: [
        { key: 'a', result: { __typename: 'RechargedCard', balance: euros('6.50') } },
        { key: 'b', result: { code: 'NOT_FOUND' } },
        { key: 'c', result: { code: 'INVALID_AMOUNT' } },
        { key: 'd', result: { code: 'INSUFFICIENT_FUNDS' } },
        { key: 'e', result: { code: 'CURRENCY_MISMATCH' } },
        { key: 'f', result: { code: 'INVALID_PHONE_NUMBER' } },
        { key: 'g', result: { __typename: 'RechargedCard', balance: euros('8.50') } },
      ],
    });

    const before = await snapshot(api.db.database.sql);
    expect(succeeded((await rechargeList(input, client)).result)).toEqual(list);
    expect(await snapshot(api.db.database.sql)).toEqual(before);
  });

  test('rows of one card are done in the order given, whatever they name it by and whoever runs beside them', async () => {
    const batch = await api.cards({ count: 3, partnerId: null });
    const rows = Array.from({ length: 300 }, (_, index) => {
      const { id, serial } = nth(batch, index % 3);
      return { key: `${index}`, card: index % 2 ? { id } : { serial }, amount: euros('1') };
    });
    const { outcomes } = succeeded((await rechargeList({ idempotencyKey: newKey(), rows })).result);
    const balances = outcomes.map(({ result }) => 'balance' in result && result.balance.amount);
    expect(balances).toEqual(rows.map((_, index) => `${6 + Math.floor(index / 3)}.00`));
  });

  test('a thousand rows sent twenty times at once are each done once, and every answer is the same', async () => {
    const { cards } = await api.cards({ count: 1_000, partnerId: null });
    const input = { idempotencyKey: newKey(), rows: cards.map((card, index) => row(card, `row ${index}`)) };
    const [transfers, keys] = [await countOf('transfers'), await countOf('idempotency_keys')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => rechargeList(input)));
    const list = succeeded(answers[0]?.result ?? expect.fail());
    expect(list).toMatchObject({ recharged: 1_000, refused: 0 });
    for (const { result } of answers) expect(result).toEqual(list);
    expect(await countOf('transfers')).toBe(transfers + 1_000);
    expect(await countOf('idempotency_keys')).toBe(keys + 1_001);
  }, 120_000);

  test('that was broken off is taken up where it was', async () => {
    const { sql } = api.db.database;
    const { cards } = await api.cards({ count: 4, partnerId: null });
    const rows = cards.map((card, index) => row(card, `${index}`));
    const [listKey, brokenKey] = [newKey(), newKey()];
    const whole = succeeded((await rechargeList({ idempotencyKey: listKey, rows })).result);
    // As if of another list only its own key and its first two rows had become durable.
    const copied = await sql`
      INSERT INTO idempotency_keys (owner_id, key, fingerprint, outcome, created_at)
      SELECT owner_id, replace(key, ${listKey}, ${brokenKey}), fingerprint, outcome, now()
      FROM idempotency_keys WHERE position(${listKey} IN key) > 0 AND right(key, 2) NOT IN (':2', ':3')`;
    expect(copied.count).toBe(3);
    const rest = succeeded((await rechargeList({ idempotencyKey: brokenKey, rows })).result);
    expect(rest.outcomes.slice(0, 2)).toEqual(whole.outcomes.slice(0, 2));
    expect(rest.outcomes.slice(2)).toMatchObject([
      { result: { balance: euros('7.00') } },
      { result: { balance: euros('7.00') } },
    ]);
  });

  test('another list under its key is refused by name, and so is a single recharge', async () => {
    const [first, second] = [nth(api.partner.batch, 2), nth(api.partner.batch, 3)];
    const idempotencyKey = newKey();
    const rows = [row(first, '1')];
    succeeded((await rechargeList({ idempotencyKey, rows })).result);
    for (const others of [
      [row(first, '1', '2')],
      [row(second, '1')],
      [row(first, '2')],
      [...rows, row(second, '2')],
    ]) {
      await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
        rechargeList({ idempotencyKey, rows: others }),
      );
    }
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      changeList({ idempotencyKey, change: 'ACTIVATE', rows: rowsOf([first]) }),
    );
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      api.administrator.request(RechargeCardDocument, {
        input: { card: { serial: first.serial }, amount: euros('1'), idempotencyKey },
      }),
    );
  });

  test('keys of lists and rows do not run into each other', async () => {
    const card = nth(api.partner.batch, 4);
    const key = newKey();
    const one = succeeded((await rechargeList({ idempotencyKey: key, rows: [row(card, 'b:c')] })).result);
    const other = succeeded(
      (await rechargeList({ idempotencyKey: `${key}:b`, rows: [row(card, 'c')] })).result,
    );
    expect(one.outcomes[0]?.result).toMatchObject({ balance: euros('6.00') });
    expect(other.outcomes[0]?.result).toMatchObject({ balance: euros('7.00') });
  });

  test('beyond its limits it is refused, and nothing is kept', async () => {
    const card = nth(api.partner.batch, 5);
    const many = Array.from({ length: 1_001 }, (_, index) => row(card, `${index}`));
    for (const given of [
      { rows: [] },
      { rows: many },
      { rows: [row(card, '')] },
      { rows: [row(card, 'x'.repeat(101))] },
      { rows: [row(card, '1'), row(card, '1')] },
      { idempotencyKey: '' },
      { idempotencyKey: 'x'.repeat(151) },
    ]) {
      const input = { idempotencyKey: newKey(), rows: [row(card, '1')], ...given };
      await expectRefusal(api, 'INVALID_INPUT', () => rechargeList(input));
    }
    const longest = { idempotencyKey: 'x'.repeat(150), rows: [row(card, 'y'.repeat(100))] };
    expect(succeeded((await rechargeList(longest)).result).recharged).toBe(1);
  });

  test('is for administrators and partners', async () => {
    const input = { idempotencyKey: newKey(), rows: [row(nth(api.partner.batch, 5), '1')] };
    await expectForbidden(api, () => rechargeList(input, api.ivr));
  });
});

test('a recharge that a daily limit refused is refused in the same words ever after', async () => {
  const { client, uuid, batch } = api.rival;
  const { sql } = api.db.database;
  await sql`UPDATE partners SET daily_limit = 1000000 WHERE id = ${uuid}`;
  const input = { idempotencyKey: newKey(), rows: [row(nth(batch, 1), '1', '2')] };
  const refused = await rechargeList(input, client);
  expect(refused.result).toMatchObject({ outcomes: [{ result: { code: 'DAILY_LIMIT_REACHED' } }] });
  await sql`UPDATE partners SET daily_limit = NULL WHERE id = ${uuid}`;
  expect(await rechargeList(input, client)).toEqual(refused);
});

describe('a list of changes', () => {
  test('locks, unlocks, deactivates and activates, with an outcome for each card', async () => {
    const { cards } = await api.cards({ count: 3, partnerId: null });
    const rows = rowsOf(cards);
    const steps = [
      ['LOCK', 'LOCKED', 'CARD_ALREADY_LOCKED'],
      ['UNLOCK', 'ACTIVE', 'CARD_NOT_LOCKED'],
      ['DEACTIVATE', 'DEACTIVATED', 'CARD_DEACTIVATED'],
      ['ACTIVATE', 'ACTIVE', 'CARD_ALREADY_ACTIVE'],
    ] as const;
    for (const [change, state, again] of steps) {
      const given = { change, rows, ...(change === 'LOCK' && { lockReason: 'REPORTED_LOST' as const }) };
      const done = succeeded((await changeList({ idempotencyKey: newKey(), ...given })).result);
      expect(done).toMatchObject({ changed: 3, refused: 0 });
      expect(done.outcomes.map(({ result }) => result)).toEqual(
        cards.map(({ id, serial }) => ({ __typename: 'ChangedCard', cardId: id, serial, state })),
      );
      const refused = succeeded((await changeList({ idempotencyKey: newKey(), ...given })).result);
      expect(refused).toMatchObject({ changed: 0, refused: 3 });
      expect(refused.outcomes.map(({ result }) => result)).toMatchObject(cards.map(() => ({ code: again })));
    }
  });

  test('gives stock its face value, once, however often and at once it is sent', async () => {
    const { cards } = await api.cards({ count: 50, active: false });
    const input = {
      idempotencyKey: newKey(),
      change: 'ACTIVATE' as const,
      rows: [...rowsOf(cards), { key: 'none', card: { serial: 'T0-0000000000' } }],
    };
    const [transfers, events] = [await countOf('transfers'), await countOf('events')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => changeList(input)));
    const list = succeeded(answers[0]?.result ?? expect.fail());
    expect(list).toMatchObject({ changed: 50, refused: 1 });
    expect(list.outcomes[50]).toMatchObject({ key: 'none', result: { code: 'NOT_FOUND' } });
    for (const { result } of answers) expect(result).toEqual(list);
    expect(await countOf('transfers')).toBe(transfers + 50);
    expect(await countOf('events')).toBe(events + 50);
  }, 60_000);

  test('sent again after others went on, it answers as it did and changes nothing', async () => {
    const card = nth(api.partner.batch, 0);
    const input: ChangeCardsInput = {
      idempotencyKey: newKey(),
      change: 'LOCK',
      lockReason: 'SUSPECTED_FRAUD',
      note: 'List of the morning',
      rows: rowsOf([card]),
    };
    const locked = await changeList(input);
    succeeded(
      (await api.administrator.request(UnlockCardDocument, { input: { card: { id: card.id } } })).result,
    );
    const before = await snapshot(api.db.database.sql);
    expect(await changeList(input)).toEqual(locked);
    expect(await snapshot(api.db.database.sql)).toEqual(before);
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      changeList({ ...input, lockReason: 'REPORTED_LOST' }),
    );
  });

  test('a partner changes its own cards, and does not take away what was locked above it', async () => {
    const { client, batch } = api.partner;
    const own = nth(batch, 1);
    const rows = rowsOf([own, nth(api.rival.batch, 0)]);
    const lock = { change: 'LOCK', lockReason: 'OPERATOR', rows } as const;
    const mine = succeeded((await changeList({ idempotencyKey: newKey(), ...lock }, client)).result);
    expect(mine).toMatchObject({ changed: 1, outcomes: [{}, { result: { code: 'NOT_FOUND' } }] });
    const unlock = (by: Client) =>
      changeList({ idempotencyKey: newKey(), change: 'UNLOCK', rows: rowsOf([own]) }, by);
    expect(succeeded((await unlock(client)).result).changed).toBe(1);
    succeeded((await changeList({ idempotencyKey: newKey(), ...lock, rows: rowsOf([own]) })).result);
    expect(succeeded((await unlock(client)).result).outcomes[0]?.result).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    expect(succeeded((await unlock(api.administrator)).result).changed).toBe(1);
  });

  test('what does not go together is refused, and whoever may not is', async () => {
    const rows = rowsOf([nth(api.partner.batch, 2)]);
    const unlockAt = '2099-01-01T00:00:00Z';
    for (const given of [
      { change: 'LOCK' },
      { change: 'UNLOCK', lockReason: 'OPERATOR' },
      { change: 'UNLOCK', unlockAt },
      { change: 'ACTIVATE', note: 'Why' },
      { change: 'DEACTIVATE', unlockAt },
      { change: 'ACTIVATE', rows: [] },
    ] as const) {
      await expectRefusal(api, 'INVALID_INPUT', () =>
        changeList({ idempotencyKey: newKey(), ...given, rows: 'rows' in given ? [] : rows }),
      );
    }
    await expectForbidden(api, () =>
      changeList({ idempotencyKey: newKey(), change: 'ACTIVATE', rows }, api.ivr),
    );
  });
});
