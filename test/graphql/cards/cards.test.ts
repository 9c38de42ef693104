import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  type AdjustCardBalanceInput,
  CardDocument,
  type CardFilter,
  type CardSelection,
  CardsDocument,
  DeactivateCardsDocument,
  NodeDocument,
  NodesDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, failure, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();

const activate = (cards: CardSelection, by: Client = api.administrator) =>
  by.request(ActivateCardsDocument, { cards });
const deactivate = (cards: CardSelection, by: Client = api.administrator) =>
  by.request(DeactivateCardsDocument, { cards });

async function expire({ uuid }: ApiCard): Promise<void> {
  await api.db.database.sql`
    UPDATE cards SET valid_until = now() - interval '2 days', grace_until = now() - interval '1 day'
    WHERE id = ${uuid}`;
}

describe('activateCards', () => {
  test('gives each card its face value, once: by batch, by serials, by ids', async () => {
    const made = await api.cards({ count: 6, active: false, partnerId: api.partner.uuid });
    const { client } = api.partner;
    const serials = { from: nth(made, 0).serial, to: nth(made, 2).serial };
    expect(succeeded((await activate({ serials }, client)).result)).toMatchObject({
      activated: 3,
      refused: 0,
    });
    const ids = [nth(made, 2).id, nth(made, 3).id];
    expect(succeeded((await activate({ ids })).result)).toMatchObject({
      activated: 1,
      refusals: [{ serial: nth(made, 2).serial, error: { code: 'CARD_ALREADY_ACTIVE' } }],
    });
    expect(succeeded((await activate({ batchId: made.id }, client)).result)).toMatchObject({
      activated: 2,
      refused: 4,
    });
    const { cards } = await client.request(CardsDocument, { filter: { batchId: made.id }, first: 10 });
    expect(cards.edges.map(({ node }) => [node.state, node.balance.amount])).toEqual(
      Array(6).fill(['ACTIVE', '5.00']),
    );
    const before = await snapshot(api.db.database.sql);
    expect(succeeded((await activate({ batchId: made.id })).result)).toMatchObject({
      activated: 0,
      refused: 6,
    });
    expect(await snapshot(api.db.database.sql)).toEqual(before);
  });

  test('brings deactivated cards back without a second face value, and no ended one', async () => {
    const made = await api.cards({ count: 3 });
    expect(succeeded((await deactivate({ batchId: made.id })).result).deactivated).toBe(3);
    await expire(nth(made, 2));
    expect(succeeded((await activate({ batchId: made.id })).result)).toMatchObject({
      activated: 2,
      refusals: [{ serial: nth(made, 2).serial, error: { code: 'CARD_CLOSED', retryable: false } }],
    });
    const { card } = await api.administrator.request(CardDocument, { by: { id: nth(made, 0).id } });
    expect(card).toMatchObject({ state: 'ACTIVE', balance: euros('5.00') });
    expect(card?.statement.edges).toHaveLength(1);
  });

  test('a card named twice is activated once', async () => {
    const card = nth(await api.cards({ count: 1, active: false }), 0);
    const { activated } = succeeded((await activate({ ids: [card.id, card.id] })).result);
    expect(activated).toBe(1);
  });
});

test('deactivateCards takes cards out of service with what is on them', async () => {
  const { client, batch } = api.partner;
  const ids = [nth(batch, 4).id, nth(batch, 5).id];
  expect(succeeded((await deactivate({ ids }, client)).result)).toMatchObject({ deactivated: 2, refused: 0 });
  expect(succeeded((await deactivate({ ids }, client)).result)).toMatchObject({
    deactivated: 0,
    refusals: ids.map(() => ({ error: { code: 'CARD_DEACTIVATED' } })),
  });
  const { card } = await client.request(CardDocument, { by: { id: nth(batch, 4).id } });
  expect(card).toMatchObject({ state: 'DEACTIVATED', balance: euros('5.00') });
});

/** One shape for both: here only the refusals matter. */
type Change = (cards: CardSelection, by?: Client) => Promise<{ result: { __typename: string } }>;

test.each<[string, Change]>([
  ['activateCards', activate],
  ['deactivateCards', deactivate],
])('%s is refused by name and changes nothing', async (_name, change) => {
  const serial = (place: number) => nth(api.partner.batch, place).serial;
  const { id } = nth(api.partner.batch, 0);
  await expectRefusal(api, 'INVALID_INPUT', () => change({ ids: [] }));
  await expectRefusal(api, 'INVALID_INPUT', () => change({ serials: { from: serial(2), to: serial(1) } }));
  await expectRefusal(api, 'INVALID_INPUT', () => change({ serials: { from: '1', to: serial(1) } }));
  await expectRefusal(api, 'TOO_MANY_CARDS', () => change({ ids: Array(1001).fill(id) }));
  await expectRefusal(api, 'NOT_FOUND', () => change({ ids: [api.partner.id] }));
  await expectRefusal(api, 'NOT_FOUND', () => change({ serials: { from: 'X000', to: 'X999' } }));
  const { batch } = api.rival;
  const foreign = [{ batchId: batch.id }, { ids: [nth(batch, 0).id] }] as const;
  for (const cards of foreign) {
    await expectRefusal(api, 'NOT_FOUND', () => change(cards as never, api.partner.client));
  }
  await expectForbidden(api, () => change({ ids: [id] }, api.ivr));
});

describe('adjustCardBalance', () => {
  const adjust = (
    { id }: { id: string },
    given: Partial<AdjustCardBalanceInput> = {},
    by: Client = api.administrator,
  ) =>
    by.request(AdjustCardBalanceDocument, {
      input: { card: { id }, amount: euros('1'), reason: 'Goodwill', idempotencyKey: newKey(), ...given },
    });

  test('gives and takes, once for each key', async () => {
    const card = nth(api.partner.batch, 0);
    const given = { idempotencyKey: newKey(), amount: euros('-4.99') };
    const first = await adjust(card, given);
    expect(succeeded(first.result)).toMatchObject({
      balance: euros('0.01'),
      transfer: { kind: 'ADJUSTMENT', reason: 'Goodwill', cardChange: euros('-4.99') },
    });
    expect(await adjust(card, given)).toEqual(first);
    expect(succeeded((await adjust(card)).result).balance).toEqual(euros('1.01'));
  });

  test('is refused by name and changes nothing', async () => {
    const card = nth(api.partner.batch, 1);
    const inactive = nth(await api.cards({ count: 1, active: false }), 0);
    const ended = nth(await api.cards({ count: 1 }), 0);
    await expire(ended);
    const key = newKey();
    succeeded((await adjust(card, { idempotencyKey: key })).result);
    const cases = [
      ['INVALID_AMOUNT', card, { amount: euros('0') }],
      ['INVALID_AMOUNT', card, { amount: euros('1e3') }],
      ['INVALID_AMOUNT', card, { amount: euros('-0.0000001') }],
      ['INVALID_INPUT', card, { reason: '' }],
      ['INVALID_INPUT', card, { idempotencyKey: '' }],
      ['CURRENCY_MISMATCH', card, { amount: { amount: '1', currency: 'USD' } }],
      ['CARD_INACTIVE', inactive, {}],
      ['CARD_CLOSED', ended, {}],
      ['INSUFFICIENT_BALANCE', card, { amount: euros('-6.01') }],
      ['IDEMPOTENCY_KEY_REUSED', card, { idempotencyKey: key, reason: 'Another' }],
      ['NOT_FOUND', api.partner, {}],
      ['INVALID_PHONE_NUMBER', card, { card: { boundNumber: 'x' } }],
    ] as const;
    for (const [code, of, given] of cases) {
      await expectRefusal(api, code, () => adjust(of, given), { remembersKey: true });
    }
    await expectForbidden(api, () => adjust(card, {}, api.partner.client));
    await expectForbidden(api, () => adjust(card, {}, api.ivr));
  });
});

describe('reading', () => {
  test('a transfer that the operator caused is there for the partner of its card, and for no other', async () => {
    const card = nth(api.partner.batch, 4);
    const { result } = await api.administrator.request(AdjustCardBalanceDocument, {
      input: { card: { id: card.id }, amount: euros('1'), reason: 'Goodwill', idempotencyKey: newKey() },
    });
    const { id } = succeeded(result).transfer;
    expect((await api.partner.client.request(NodeDocument, { id })).node).toMatchObject({ id });
    expect((await api.rival.client.request(NodeDocument, { id })).node).toBeNull();
    expect((await api.ivr.request(NodeDocument, { id })).node).toBeNull();
  });

  test('another’s card is not there, by id, serial or node; a switch sees it by id', async () => {
    const { id, serial } = nth(api.rival.batch, 0);
    const by = api.partner.client;
    expect((await by.request(CardDocument, { by: { id } })).card).toBeNull();
    expect((await by.request(CardDocument, { by: { serial } })).card).toBeNull();
    expect((await by.request(NodeDocument, { id })).node).toBeNull();
    expect((await by.request(NodeDocument, { id: api.rival.batch.id })).node).toBeNull();
    expect((await api.ivr.request(NodeDocument, { id })).node).toMatchObject({ __typename: 'Card', id });
    // Who sells it and what moved on it is no business of a switch.
    expect(await failure(() => api.ivr.request(CardDocument, { by: { id } }))).toBe('FORBIDDEN');
  });

  test('what is no id of ours is nothing, and no fault', async () => {
    const { client } = api.partner;
    const { uuid } = nth(api.partner.batch, 0);
    for (const text of ['nonsense', 'Card:1', `Query:${uuid}`, `Upload:${uuid}`, `:${uuid}`]) {
      const id = Buffer.from(text).toString('base64');
      expect((await client.request(CardDocument, { by: { id } })).card).toBeNull();
      expect(await failure(() => client.request(NodeDocument, { id }))).toBe('BAD_USER_INPUT');
    }
    const unknown = Buffer.from(`Partner:${uuid}`).toString('base64');
    expect((await client.request(NodeDocument, { id: unknown })).node).toBeNull();
    const [own, foreign] = [nth(api.partner.batch, 0).id, nth(api.rival.batch, 0).id];
    const { nodes } = await client.request(NodesDocument, {
      ids: [foreign, own, unknown, api.partner.id, own],
    });
    expect(nodes.map((node) => node?.id ?? null)).toEqual([null, own, null, api.partner.id, own]);
    expect(await failure(() => client.request(NodesDocument, { ids: Array(101).fill(own) }))).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('cards are found by state, type, batch, partner, serial, balance and validity', async () => {
    const made = await api.cards({ count: 3, type: 'UNLIMITED', faceValue: 7_000_000n });
    const [first, second, third] = made.cards as [ApiCard, ApiCard, ApiCard];
    await api.db.database
      .sql`UPDATE cards SET locked_at = now(), lock_reason = 'OPERATOR' WHERE id = ${second.uuid}`;
    await expire(third);
    const found = async (filter: CardFilter, by: Client = api.administrator) =>
      (await by.request(CardsDocument, { filter, first: 100 })).cards.edges.map(({ node }) => node.serial);
    const batchId = made.id;
    const all = [first.serial, second.serial, third.serial];
    expect(await found({ batchId })).toEqual(all);
    expect(await found({ batchId, state: 'ACTIVE' })).toEqual([first.serial]);
    expect(await found({ batchId, state: 'LOCKED' })).toEqual([second.serial]);
    expect(await found({ batchId, state: 'EXPIRED' })).toEqual([third.serial]);
    expect(await found({ type: 'UNLIMITED' })).toEqual(all);
    expect(await found({ minBalance: '6.99', maxBalance: '7' })).toEqual(all);
    expect(await found({ batchId, maxBalance: '6.99' })).toEqual([]);
    expect(await found({ serialPrefix: first.serial })).toEqual([first.serial]);
    const now = new Date().toISOString();
    expect(await found({ validUntilTo: now, batchId })).toEqual([third.serial]);
    expect(await found({ validUntilFrom: now, batchId })).toEqual([]);
    expect(await found({ partnerId: api.rival.id }, api.partner.client)).toEqual([]);
    expect(await found({ batchId }, api.partner.client)).toEqual([]);
    expect(await failure(() => found({ minBalance: 'much' }))).toBe('INVALID_AMOUNT');
    expect(await failure(() => found({ batchId: first.id }))).toBe('NOT_FOUND');
    await expectForbidden(api, () => found({}, api.ivr));
  });
});
