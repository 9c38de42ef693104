import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  CardDocument,
  NodeDocument,
  PartnersDocument,
  RechargeCardDocument,
  RechargesDocument,
  ReverseRechargeDocument,
  type ReverseRechargeInput,
  VerificationDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { countAnew } from '../../harness/models/report-counters.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();

interface Asked {
  by?: Client;
  amount?: string;
  currency?: string;
  key?: string;
}

const recharge = (
  { id }: { id: string },
  { by = api.administrator, amount = '1.00', currency = 'EUR', key = newKey() }: Asked = {},
) =>
  by.request(RechargeCardDocument, {
    input: { card: { id }, amount: { amount, currency }, idempotencyKey: key },
  });

const reverse = (rechargeId: string, given: Partial<ReverseRechargeInput> = {}, by = api.administrator) =>
  by.request(ReverseRechargeDocument, {
    input: { rechargeId, reason: 'Wrong card', idempotencyKey: newKey(), ...given },
  });

const money = { remembersKey: true };

describe('rechargeCard', () => {
  test('a partner pays from its wallet; the card has the money in the same step', async () => {
    const { client, batch } = api.partner;
    const card = nth(batch, 0);
    const { balance, transfer } = succeeded((await recharge(card, { by: client, amount: '2.50' })).result);
    expect(balance).toEqual(euros('7.50'));
    expect(transfer).toMatchObject({
      kind: 'RECHARGE',
      cardChange: euros('2.50'),
      walletChange: euros('-2.50'),
      walletBalanceAfter: euros('97.50'),
    });
    const { partners } = await client.request(PartnersDocument);
    expect(partners.edges.map(({ node }) => node.balance)).toEqual([euros('97.50')]);
  });

  test('the operator recharges against cash, by serial or bound number too', async () => {
    const card = nth(api.partner.batch, 1);
    const { result } = await api.administrator.request(RechargeCardDocument, {
      input: { card: { serial: card.serial }, amount: euros('1'), idempotencyKey: newKey() },
    });
    expect(succeeded(result).transfer).toMatchObject({ walletChange: null, cardBalanceAfter: euros('6.00') });
  });

  test('fifty of the same at once: one transfer, fifty equal answers', async () => {
    const { client, batch } = api.partner;
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => recharge(nth(batch, 2), { by: client, key })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.result).toMatchObject({ __typename: 'RechargeCardPayload', balance: euros('6.00') });
    expect(await transferKindsOf(nth(batch, 2))).toEqual(['RECHARGE', 'ISSUE']);
  });

  test('the same key with other arguments, or for another operation, is refused by name', async () => {
    const card = nth(api.partner.batch, 3);
    const key = newKey();
    const first = succeeded((await recharge(card, { key })).result);
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () => recharge(card, { key, amount: '2' }));
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () => recharge(nth(api.partner.batch, 4), { key }));
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      reverse(first.transfer.id, { idempotencyKey: key }),
    );
    // A key belongs to its owner: a partner may use the same text for its own.
    succeeded((await recharge(card, { key, by: api.partner.client })).result);
  });

  test('a key refused for lack of funds stays refused', async () => {
    const { client, batch } = api.partner;
    const asked = { by: client, key: newKey(), amount: '1000' };
    const ask = () => recharge(nth(batch, 0), asked);
    const refused = await expectRefusal(api, 'INSUFFICIENT_FUNDS', ask, money);
    expect(await expectRefusal(api, 'INSUFFICIENT_FUNDS', ask)).toEqual(refused);
    expect(refused).toMatchObject({ retryable: true, currency: 'EUR' });
  });

  test('each bad request is refused by name and changes nothing', async () => {
    const { sql } = api.db.database;
    const [fixed, single, open, limited] = [
      nth(await api.cards({ count: 1, type: 'STANDARD' }), 0),
      nth(await api.cards({ count: 1, type: 'DISPOSABLE' }), 0),
      await api.cards({ count: 4 }),
      nth(await api.cards({ count: 1, rechargeMin: 2_000_000n, rechargeMax: 5_000_000n }), 0),
    ];
    const inactive = nth(await api.cards({ count: 1, active: false }), 0);
    const [gone, late, ended] = [nth(open, 1), nth(open, 2), nth(open, 3)];
    await sql`UPDATE cards SET status = 'DEACTIVATED' WHERE id = ${gone.uuid}`;
    await sql`UPDATE cards SET valid_until = now() - interval '1 day', grace_until = now() + interval '1 day'
              WHERE id = ${late.uuid}`;
    await sql`UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
              WHERE id = ${ended.uuid}`;
    const cases = [
      ['INVALID_AMOUNT', open, { amount: '0' }],
      ['INVALID_AMOUNT', open, { amount: '-1' }],
      ['INVALID_AMOUNT', open, { amount: '0.0000001' }],
      ['INVALID_INPUT', open, { key: '' }],
      ['INVALID_INPUT', open, { key: 'x'.repeat(256) }],
      ['CURRENCY_MISMATCH', open, { currency: 'USD' }],
      ['CARD_NOT_RECHARGEABLE', fixed, {}],
      ['CARD_NOT_RECHARGEABLE', single, {}],
      ['CARD_INACTIVE', inactive, {}],
      ['CARD_DEACTIVATED', gone, {}],
      ['CARD_IN_GRACE', late, {}],
      ['CARD_CLOSED', ended, {}],
      ['RECHARGE_OUT_OF_RANGE', limited, { amount: '1.99' }],
      ['RECHARGE_OUT_OF_RANGE', limited, { amount: '5.01' }],
      ['NOT_FOUND', { id: api.partner.id }, {}],
      ['NOT_FOUND', { id: 'nonsense' }, {}],
    ] as const;
    for (const [code, card, asked] of cases) {
      await expectRefusal(api, code, () => recharge('cards' in card ? nth(card, 0) : card, asked), money);
    }
    await expectRefusal(api, 'INVALID_PHONE_NUMBER', () =>
      api.administrator.request(RechargeCardDocument, {
        input: { card: { boundNumber: '12' }, amount: euros('1'), idempotencyKey: newKey() },
      }),
    );
  });

  test('another partner’s card is not there; a switch may not ask', async () => {
    const foreign = nth(api.rival.batch, 0);
    const by = api.partner.client;
    await expectRefusal(api, 'NOT_FOUND', () => recharge(foreign, { by }), money);
    await expectForbidden(api, () => recharge(foreign, { by: api.ivr }));
  });
});

describe('reverseRecharge', () => {
  const newRecharge = async (card: ApiCard, asked: Asked = {}) =>
    succeeded((await recharge(card, asked)).result).transfer.id;

  test('the whole goes back to the wallet that paid, once', async () => {
    const { client, batch } = api.rival;
    const id = await newRecharge(nth(batch, 0), { by: client, amount: '3' });
    const { transfer } = succeeded((await reverse(id, {}, client)).result);
    expect(transfer).toMatchObject({
      kind: 'REVERSAL',
      cardChange: euros('-3.00'),
      walletBalanceAfter: euros('100.00'),
      reverses: { id },
    });
    await expectRefusal(api, 'ALREADY_REVERSED', () => reverse(id, {}, client), money);
    const { recharges } = await client.request(RechargesDocument, { first: 1 });
    expect(recharges.edges[0]?.node).toMatchObject({ id, reversal: { id: transfer.id } });
  });

  test('a part, as much as is asked for', async () => {
    const id = await newRecharge(nth(api.rival.batch, 1));
    const { balance } = succeeded((await reverse(id, { amount: euros('0.25') })).result);
    expect(balance).toEqual(euros('5.75'));
  });

  test('each bad request is refused by name and changes nothing', async () => {
    const { sql } = api.db.database;
    const { cards } = await api.cards({ count: 2, faceValue: 0n });
    const [card, ended] = [cards[0], cards[1]] as [ApiCard, ApiCard];
    const id = await newRecharge(card);
    const own = await newRecharge(nth(api.rival.batch, 2), { by: api.rival.client });
    const endedId = await newRecharge(ended);
    await sql`UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
              WHERE id = ${ended.uuid}`;
    const refuse = (code: Parameters<typeof expectRefusal>[1], rechargeId: string, given = {}, by?: Client) =>
      expectRefusal(api, code, () => reverse(rechargeId, given, by), money);
    await refuse('INVALID_AMOUNT', id, { amount: euros('0') });
    await refuse('INVALID_INPUT', id, { reason: ' ' });
    await refuse('INVALID_INPUT', id, { idempotencyKey: '' });
    await refuse('CURRENCY_MISMATCH', id, { amount: { amount: '1', currency: 'USD' } });
    await refuse('CARD_CLOSED', endedId);
    await refuse('NOT_FOUND', card.id);
    await refuse('NOT_FOUND', own, {}, api.partner.client);
    await refuse('NOT_FOUND', id, {}, api.partner.client);
    await sql`UPDATE cards SET held = balance WHERE id = ${card.uuid}`;
    await refuse('NOTHING_TO_REVERSE', id);
    await sql`UPDATE cards SET held = 0 WHERE id = ${card.uuid}`;
    await expectForbidden(api, () => reverse(id, {}, api.ivr));
    expect((await api.partner.client.request(NodeDocument, { id: own })).node).toBeNull();
    expect((await api.rival.client.request(NodeDocument, { id: own })).node).toMatchObject({ id: own });
  });
});

test('the statement is newest first, each transfer with the balance after it', async () => {
  const card = nth(await api.cards({ count: 1 }), 0);
  for (const amount of ['1', '2', '3']) await recharge(card, { amount });
  const { card: read } = await api.administrator.request(CardDocument, { by: { id: card.id } });
  const steps = read?.statement.edges.map(({ node }) => [
    node.cardChange?.amount,
    node.cardBalanceAfter?.amount,
  ]);
  expect(steps).toEqual([
    ['3.00', '11.00'],
    ['2.00', '8.00'],
    ['1.00', '6.00'],
    ['5.00', '5.00'],
  ]);
});

test('recharges are found by card and time; a partner sees those of its wallet only', async () => {
  const [mine, others] = [api.partner.client, api.rival.client];
  const cardId = nth(api.partner.batch, 2).id;
  const list = async (by: Client, filter: object) =>
    (await by.request(RechargesDocument, { filter, first: 100 })).recharges.edges.map(({ node }) => node);
  expect(await list(mine, { cardId })).toHaveLength(1);
  expect(await list(others, { cardId })).toHaveLength(0);
  expect(await list(mine, { to: '2020-01-01T00:00:00Z' })).toHaveLength(0);
  const all = await list(api.administrator, { partnerId: api.partner.id, from: '2020-01-01T00:00:00Z' });
  expect(all).toEqual(await list(mine, {}));
  await expectForbidden(api, () => list(api.ivr, {}));
});

test('after all of it the transfers explain every balance', async () => {
  await countAnew(api.db.database.sql);
  const { verification } = await api.administrator.request(VerificationDocument);
  expect(verification.discrepancies).toEqual([]);
  expect(verification.clean).toBe(true);
  await expectForbidden(api, () => api.partner.client.request(VerificationDocument));
  await expectForbidden(api, () => api.ivr.request(VerificationDocument));
});

test('however often the proof is asked for at once, it is made once', async () => {
  const key = await api.secret('ADMINISTRATOR');
  const aliases = Array.from({ length: 50 }, (_, n) => `v${n}: verification { clean }`).join(' ');
  const ask = () =>
    fetch(api.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ ${aliases} }` }),
    });
  const { sql } = api.db.database;
  const waiting = () => sql`
    SELECT FROM pg_locks JOIN pg_class ON pg_class.oid = relation WHERE relname = 'ledger_accounts' AND NOT granted`;
  const answers = await sql.begin(async (tx) => {
    // The proof reads this table, and its other users are those that move money.
    await tx`LOCK TABLE ledger_accounts IN ACCESS EXCLUSIVE MODE`;
    const asked = Promise.all([ask(), ask()]);
    await expect.poll(waiting).toHaveLength(1);
    return { asked, all: await waiting() };
  });
  expect(answers.all).toHaveLength(1);
  for (const answer of await answers.asked) {
    const { data } = (await answer.json()) as { data: Record<string, { clean: boolean }> };
    expect(Object.values(data)).toEqual(Array(50).fill({ clean: true }));
  }
});

async function transferKindsOf({ id }: ApiCard): Promise<string[]> {
  const { card } = await api.administrator.request(CardDocument, { by: { id } });
  return card?.statement.edges.map(({ node }) => node.kind) ?? [];
}
