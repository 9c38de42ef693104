import { expect, test } from 'vitest';
import { type Client, createClient } from '../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  CardBalanceChangedDocument,
  CardLockChangedDocument,
  CreatePartnerDocument,
  EventCursorDocument,
  LockCardDocument,
  RechargeCardDocument,
  UpdateCardBatchDocument,
  WatchEventsDocument,
} from '../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi, useInstance } from '../harness/api.ts';
import { BEGINNING } from '../harness/batches.ts';
import { failure, succeeded } from '../harness/refusals.ts';

/** Two instances on one database. */
const api = useApi();
const second = useInstance(api);

const recharge = ({ id }: ApiCard, amount: string, by: Client = api.administrator) =>
  by.request(RechargeCardDocument, {
    input: { card: { id }, amount: euros(amount), idempotencyKey: newKey() },
  });

type Watched = Parameters<typeof watch>[1];

/** Balance changes, as many as are asked for. */
async function watch(
  client: Client,
  variables: { cardIds?: string[]; batchId?: string; partnerId?: string; after?: string },
  count: number,
) {
  const changes = [];
  for await (const { cardBalanceChanged } of client.subscribe(CardBalanceChangedDocument, variables)) {
    changes.push(cardBalanceChanged);
    if (changes.length === count) break;
  }
  return changes;
}

const amounts = async (client: Client, variables: Watched, count: number) =>
  (await watch(client, variables, count)).map(({ change }) => change.amount);

test('events before and after the start of a subscription arrive in one order, from any instance', async () => {
  const card = nth(api.partner.batch, 0);
  const elsewhere = createClient({ url: second.url, key: await api.secret('PARTNER', api.partner.id) });
  await recharge(card, '1');
  const watching = watch(elsewhere, { cardIds: [card.id], after: BEGINNING }, 22);
  for (let amount = 2; amount <= 21; amount += 1) await recharge(card, `${amount}`);
  const changes = await watching;
  expect(changes.map(({ change }) => change.amount)).toEqual([
    '5.00',
    ...Array.from({ length: 21 }, (_, place) => `${place + 1}.00`),
  ]);
  expect(changes.at(-1)).toMatchObject({ balance: euros('236.00'), card: { cardId: card.id } });

  // From each cursor on, on either instance: what came since, no more and no less.
  for (const place of [0, 7, 20]) {
    const after = changes[place]?.cursor ?? '';
    for (const client of [elsewhere, api.partner.client]) {
      const rest = await watch(client, { cardIds: [card.id], after }, 21 - place);
      expect(rest).toEqual(changes.slice(place + 1));
    }
  }
  await elsewhere.close();
});

test('a partner receives events of its own cards only, whatever it asks for', async () => {
  const { client, id, batch } = api.rival;
  const mine = nth(batch, 0);
  const cursor = (await watch(client, { after: BEGINNING }, 1))[0]?.cursor ?? '';
  const watching = [
    amounts(client, { after: cursor }, 1),
    amounts(client, { partnerId: id, after: cursor }, 1),
    amounts(client, { batchId: batch.id, after: cursor }, 1),
  ];
  await recharge(nth(api.partner.batch, 1), '7');
  await recharge(mine, '8');
  expect(await Promise.all(watching)).toEqual([['8.00'], ['8.00'], ['8.00']]);
  // The operator is told of both.
  expect((await amounts(api.administrator, { after: cursor }, 23)).slice(-2)).toEqual(['7.00', '8.00']);
});

test('a subscription to another partner’s cards is refused', async () => {
  const foreign = nth(api.partner.batch, 0).id;
  const next = (variables: object, client = api.rival.client) =>
    failure(() => client.subscribe(CardLockChangedDocument, variables).next());
  expect(await next({ cardIds: [foreign] })).toBe('NOT_FOUND');
  expect(await next({ cardIds: ['nothing'] })).toBe('NOT_FOUND');
  expect(await next({ after: 'made up' })).toBe('INVALID_CURSOR');
  expect(await next({ cardIds: Array(1_001).fill(foreign) })).toBe('TOO_MANY_CARDS');
  expect(await next({}, api.ivr)).toBe('FORBIDDEN');
});

test('a bulk activation is one event for its range, and reaches subscribers to one of its cards', async () => {
  const batch = await api.cards({ count: 40, active: false, partnerId: api.partner.uuid });
  const card = nth(batch, 20);
  const variables = { cardIds: [card.id], after: BEGINNING };
  const watching = watch(api.partner.client, variables, 2);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: batch.id } });
  await recharge(card, '3');
  const [activated, recharged] = await watching;
  expect(activated).toMatchObject({
    change: euros('5.00'),
    serials: { from: nth(batch, 0).serial, to: nth(batch, 39).serial, count: 40 },
    card: { cardId: card.id },
  });
  expect(recharged).toMatchObject({ change: euros('3.00'), balance: euros('8.00') });
});

test('locks of a batch are delivered live', async () => {
  const { client, batch } = api.partner;
  const locks = client.subscribe(CardLockChangedDocument, { batchId: batch.id, after: BEGINNING });
  const first = locks.next();
  await api.administrator.request(LockCardDocument, {
    input: { card: { id: nth(batch, 3).id }, reason: 'SUSPECTED_FRAUD' },
  });
  expect((await first).value).toMatchObject({
    cardLockChanged: { locked: true, reason: 'SUSPECTED_FRAUD', card: { serial: nth(batch, 3).serial } },
  });
  await locks.return?.();
});

test('a threshold set on one instance applies on the other as soon as it hears of it', async () => {
  const batch = await api.cards({ count: 1 });
  const card = nth(batch, 0);
  const elsewhere = createClient({ url: second.url, key: await api.secret('ADMINISTRATOR') });
  const move = async (amount: string) => {
    const input = { card: { id: card.id }, amount: euros(amount), reason: 'test', idempotencyKey: newKey() };
    succeeded((await elsewhere.request(AdjustCardBalanceDocument, { input })).result);
  };
  await move('1');
  const { eventCursor: after } = await api.administrator.request(EventCursorDocument);
  const events = elsewhere.subscribe(WatchEventsDocument, { filter: { batchId: batch.id }, after });
  const input = { id: batch.id, lowBalanceThreshold: '5.50' };
  succeeded((await api.administrator.request(UpdateCardBatchDocument, { input })).result);
  expect((await events.next()).value).toMatchObject({ events: { type: 'BATCH_CHANGED' } });
  await move('-1');
  expect((await events.next()).value).toMatchObject({ events: { type: 'CARD_BALANCE_ADJUSTED' } });
  expect((await events.next()).value).toMatchObject({
    events: { type: 'LOW_BALANCE', card: { cardId: card.id, balance: euros('5.00'), state: 'ACTIVE' } },
  });
  await events.return?.();
  await elsewhere.close();
});

test('a partner receives on another instance every event of a partner just moved below it', async () => {
  const key = await api.secret('PARTNER', api.partner.id);
  const elsewhere = createClient({ url: second.url, key });
  for (let round = 0; round < 5; round += 1) {
    const { eventCursor: after } = await api.administrator.request(EventCursorDocument);
    const events = elsewhere.subscribe(WatchEventsDocument, { filter: {}, after });
    const told = events.next();
    await recharge(nth(api.partner.batch, 4), '1');
    // From here on it is live.
    expect((await told).value).toMatchObject({ events: { type: 'CARD_RECHARGED' } });
    const input = { name: `Below ${round}`, currency: 'EUR', parentId: api.partner.id };
    succeeded((await api.administrator.request(CreatePartnerDocument, { input })).result);
    expect((await events.next()).value).toMatchObject({ events: { type: 'PARTNER_CREATED' } });
    await events.return?.();
  }
  await elsewhere.close();
});
