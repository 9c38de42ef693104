import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AuthorizeCallDocument,
  type AuthorizeCallInput,
  CallDocument,
  CallsDocument,
  CancelCallDocument,
  CompleteCallDocument,
  type ErrorCode,
  ExtendCallDocument,
  LockCardDocument,
  ReplaceCardDocument,
  ReportCallsDocument,
  SecurityAlertsDocument,
  TerminateCallDocument,
} from '../../../src/client/operations.ts';
import type { BatchTerms } from '../../../src/domain/cards/card.ts';
import { verify } from '../../../src/store/verification.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { expectRefusal, snapshot, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let rateGroupId: string;

/** Italy at 0.06 a minute, 60/60; its mobiles at 0.12, 30/6. */
beforeAll(async () => {
  rateGroupId = await makeRateGroup(api.db.database.sql, [
    { prefix: '39', pricePer1e8Minute: 6_000_000n },
    { prefix: '3933', pricePer1e8Minute: 12_000_000n, initial: 30, increment: 6 },
  ]);
});
afterAll(async () => {
  const { discrepancies } = await verify(api.db.database.sql);
  expect(discrepancies).toEqual([]);
});

const LANDLINE = '+390612345678';
const MOBILE = '+393331234567';

/** A new card with a bound number, by which it calls. */
async function caller(terms: Partial<BatchTerms> = {}): Promise<ApiCard & { ani: string }> {
  const batch = await api.cards({ count: 1, rateGroupId, type: 'STANDARD', ...terms });
  const card = nth(batch, 0);
  callers += 1;
  const ani = `+39061${String(callers).padStart(6, '0')}`;
  await api.db.database.sql`
    INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card.uuid}, now())`;
  return { ...card, ani };
}
let callers = 0;

let switchCallId: string;
beforeEach(() => {
  switchCallId = newKey();
});

const authorize = (card: { ani: string }, given: Partial<AuthorizeCallInput> = {}) =>
  api.ivr
    .request(AuthorizeCallDocument, {
      input: { switchCallId, by: { ani: card.ani }, number: LANDLINE, ...given },
    })
    .then(({ result }) => result);
const extend = (requestNumber: number, usedSeconds: number, id = switchCallId) =>
  api.ivr
    .request(ExtendCallDocument, { input: { switchCallId: id, requestNumber, usedSeconds } })
    .then(({ result }) => result);
const complete = (totalSeconds: number, id = switchCallId) =>
  api.ivr
    .request(CompleteCallDocument, { input: { switchCallId: id, totalSeconds } })
    .then(({ result }) => result);
const cancel = (id = switchCallId) =>
  api.ivr.request(CancelCallDocument, { switchCallId: id }).then(({ result }) => result);

const refused = <Result extends { readonly __typename: string }>(
  code: ErrorCode,
  ask: () => Promise<Result>,
) => expectRefusal(api, code, async () => ({ result: await ask() }));

test('a call is rated, held for in slices, and charged for what it used', async () => {
  const card = await caller();
  expect(succeeded(await authorize(card))).toMatchObject({
    grant: { seconds: 300, limit: 'SLICE', final: false },
    call: { state: 'AUTHORIZED', held: euros('0.30'), destination: 'Destination 39' },
    balance: euros('4.70'),
  });
  expect(succeeded(await extend(1, 240))).toMatchObject({
    grant: { seconds: 540, limit: 'SLICE' },
    call: { held: euros('0.54') },
  });
  expect(succeeded(await complete(301))).toMatchObject({
    call: { state: 'COMPLETED', charge: euros('0.36'), held: euros('0.00'), usedSeconds: 301 },
    balance: euros('4.64'),
  });
});

test('the longest prefix decides, and a national number is read in the country of the access number', async () => {
  const card = await caller();
  const { call } = succeeded(
    await authorize(card, { number: '333 123 4567', accessNumber: '+390699999999' }),
  );
  expect(call).toMatchObject({
    number: MOBILE,
    rating: { prefix: '3933', initialIncrement: 30, increment: 6 },
  });
});

test('the same id gets the same answer, and another question under it is refused', async () => {
  const card = await caller();
  const first = succeeded(await authorize(card));
  await extend(1, 100);
  expect(succeeded(await authorize(card)).grant).toEqual(first.grant);
  await expectCallIdReused(card);
});

test.each([
  ['completed', () => complete(10), 'COMPLETED', '4.94'],
  ['cancelled', () => cancel(), 'CANCELLED', '5.00'],
])(
  'the authorization of a call that was %s grants nothing when it is repeated',
  async (_how, end, state, left) => {
    const card = await caller();
    const { call } = succeeded(await authorize(card));
    succeeded(await end());
    for (let times = 0; times < 2; times += 1) {
      expect(succeeded(await authorize(card))).toMatchObject({
        grant: { seconds: 0, limit: 'ENDED', final: true },
        call: { id: call.id, state, held: euros('0.00') },
        balance: euros(left),
      });
    }
    expect(succeeded(await extend(1, 200)).grant).toMatchObject({ limit: 'ENDED', final: true });
  },
);

test('the answer to an end, or to its repetition, grants nothing either', async () => {
  const card = await caller();
  await authorize(card);
  for (const report of [await complete(10), await complete(10)]) {
    expect(succeeded(report).grant).toMatchObject({ seconds: 10, limit: 'ENDED', final: true });
  }
});

test('a repeated authorization grants nothing more when the card was locked since', async () => {
  const card = await caller();
  await authorize(card);
  const lock = { card: { id: card.id }, reason: 'SUSPECTED_FRAUD' } as const;
  await api.administrator.request(LockCardDocument, { input: lock });
  expect(succeeded(await authorize(card)).grant).toMatchObject({
    seconds: 0,
    limit: 'CARD_STATE',
    final: true,
  });
});

describe('a request that is repeated after its caller is no longer known', () => {
  const moveTo = (card: ApiCard, ani: string) =>
    api.db.database.sql`UPDATE number_bindings SET card_id = ${card.uuid} WHERE number = ${ani}`;

  test.each<[string, (card: ApiCard & { ani: string }) => Promise<unknown>]>([
    ['unbound', ({ ani }) => api.db.database.sql`DELETE FROM number_bindings WHERE number = ${ani}`],
    ['moved to another card', async ({ ani }) => moveTo(await caller(), ani)],
    [
      'moved to a replacement',
      async ({ id }) => {
        succeeded(await complete(60));
        const batch = await api.cards({ count: 1, rateGroupId, type: 'STANDARD', active: false });
        const input = {
          card: { id },
          newCard: { id: nth(batch, 0).id },
          reason: 'lost',
          idempotencyKey: newKey(),
        };
        succeeded((await api.administrator.request(ReplaceCardDocument, { input })).result);
      },
    ],
  ])('gets the same call when the number was %s', async (how, change) => {
    const card = await caller();
    const { call, grant } = succeeded(await authorize(card));
    await change(card);
    const again = succeeded(await authorize(card));
    expect(again.call.id).toBe(call.id);
    expect(again.grant).toMatchObject(how === 'moved to a replacement' ? { seconds: 0 } : grant);
    await expectCallIdReused(card);
    succeeded(await complete(60));
    expect(succeeded(await authorize(card)).grant).toMatchObject({ seconds: 0, limit: 'ENDED' });
    // Under another id it is a first request, by the number as it is bound now.
    const first = await authorize(card, { switchCallId: newKey() });
    expect(first.__typename).toBe(how === 'unbound' ? 'AuthenticationRefusedError' : 'AuthorizeCallPayload');
  });

  test('but is no answer for another caller, bound or not', async () => {
    const [card, other] = [await caller(), await caller()];
    succeeded(await authorize(card));
    await refused('CALL_ID_REUSED', () => authorize(other));
    await refused('AUTHENTICATION_REFUSED', () => authorize({ ani: '+390619888888' }));
  });
});

test('an id that comes back after its call with another number is refused, and raises an alert', async () => {
  const card = await caller();
  await authorize(card);
  await complete(10);
  const { message } = await expectCallIdReused(card);
  expect(message).toContain('and has ended');
  const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
    filter: { kinds: ['CALL_ID_REUSED'] },
  });
  expect(securityAlerts.edges.map(({ node }) => node.message)).toEqual([
    expect.stringContaining('which belongs to another call'),
  ]);
});

async function expectCallIdReused(card: { ani: string }) {
  const result = await authorize(card, { number: MOBILE });
  if (result.__typename !== 'CallIdReusedError') throw new Error(`It is a ${result.__typename}.`);
  expect(await authorize(card, { number: MOBILE })).toEqual(result);
  return result;
}

test('lost, repeated and reordered reports change nothing', async () => {
  const card = await caller();
  await authorize(card);
  const third = succeeded(await extend(3, 200));
  expect(succeeded(await extend(1, 60)).grant).toEqual(third.grant);
  expect(succeeded(await extend(3, 200)).grant).toEqual(third.grant);
  const ended = succeeded(await complete(61));
  expect(ended.call.charge).toEqual(euros('0.12'));
  expect(succeeded(await extend(4, 500)).grant).toMatchObject({ limit: 'ENDED', final: true, seconds: 61 });
  expect(succeeded(await complete(600)).call.charge).toEqual(euros('0.12'));
  await refused('CALL_ENDED', () => cancel());
});

test('a grant ends with the money, and the charge never exceeds it', async () => {
  const card = await caller({ faceValue: 130_000n });
  const { grant, balance } = succeeded(await authorize(card));
  expect(grant).toEqual(expect.objectContaining({ seconds: 120, limit: 'BALANCE', final: true }));
  expect(balance).toEqual(euros('0.01'));
  expect(succeeded(await complete(500))).toMatchObject({
    call: { charge: euros('0.13'), uncollected: euros('0.41') },
    balance: euros('0.00'),
  });
});

test('a call that was not answered costs nothing', async () => {
  const card = await caller();
  await authorize(card);
  expect(succeeded(await cancel())).toMatchObject({ call: { state: 'CANCELLED' }, balance: euros('5.00') });
  expect(succeeded(await cancel()).call.state).toBe('CANCELLED');
  await refused('CALL_ENDED', () => complete(10));
  expect(succeeded(await complete(0)).call.state).toBe('CANCELLED');
});

test('a call that has reported use was answered: it can be completed, not cancelled', async () => {
  const card = await caller();
  await authorize(card);
  await extend(1, 0);
  await extend(2, 240);
  const { message } = await refused('INVALID_INPUT', () => cancel());
  expect(message).toBe(
    'switchCallId: has reported 240 seconds, so it was answered: end it with completeCall.',
  );
  expect(succeeded(await complete(240)).call.charge).toEqual(euros('0.24'));
  await refused('CALL_ENDED', () => cancel());
});

/** All that a refused call must leave as it was: itself and its event are remembered. */
async function untouched() {
  const { calls: _calls, events: _events, event_head: _head, ...rest } = await snapshot(api.db.database.sql);
  return rest;
}

test.each<[string, Partial<BatchTerms>, Partial<AuthorizeCallInput>]>([
  ['NO_RATE', {}, { number: '+12125550123' }],
  ['INSUFFICIENT_BALANCE', { faceValue: 59_999n }, {}],
])('%s refuses a call and touches no money', async (reason, terms, given) => {
  const card = await caller(terms);
  const before = await untouched();
  const result = await authorize(card, given);
  expect(result).toMatchObject({ __typename: 'CallRefusedError', code: 'CALL_REFUSED', reason });
  expect(await authorize(card, given)).toEqual(result);
  expect(await untouched()).toEqual(before);
});

test('a card calls as often at once as its batch allows', async () => {
  const card = await caller({ maxConcurrentCalls: 2 });
  await authorize(card);
  await authorize(card, { switchCallId: newKey() });
  expect(await authorize(card, { switchCallId: newKey() })).toMatchObject({ reason: 'TOO_MANY_CALLS' });
  await complete(10);
  expect((await authorize(card, { switchCallId: newKey() })).__typename).toBe('AuthorizeCallPayload');
});

test('a locked card starts no call, and one in progress gets no more time', async () => {
  const card = await caller();
  await authorize(card);
  await api.administrator.request(LockCardDocument, {
    input: { card: { id: card.id }, reason: 'SUSPECTED_FRAUD' },
  });
  await refused('AUTHENTICATION_REFUSED', () => authorize(card, { switchCallId: newKey() }));
  expect(succeeded(await extend(1, 100)).grant).toEqual(
    expect.objectContaining({ seconds: 100, limit: 'CARD_STATE', final: true }),
  );
});

test('an operator ends a call at its next extension', async () => {
  const card = await caller();
  await authorize(card);
  await api.administrator.request(TerminateCallDocument, { callId: switchCallId });
  expect(succeeded(await extend(1, 50)).grant).toEqual(
    expect.objectContaining({ seconds: 50, limit: 'TERMINATED', final: true }),
  );
});

test('a disposable card is closed by its one answered call', async () => {
  const card = await caller({ type: 'DISPOSABLE', maxConcurrentCalls: 3 });
  const results = await Promise.all([authorize(card), authorize(card, { switchCallId: newKey() })]);
  expect(results.map(({ __typename }) => __typename).toSorted()).toEqual([
    'AuthorizeCallPayload',
    'CallRefusedError',
  ]);
  const won = results.find(({ __typename }) => __typename === 'AuthorizeCallPayload');
  expect(succeeded(await complete(30, succeeded(won ?? results[0]).call.switchCallId)).balance).toEqual(
    euros('0.00'),
  );
  await refused('AUTHENTICATION_REFUSED', () => authorize(card, { switchCallId: newKey() }));
});

test('an unlimited card pays nothing within its plan, and no more beyond it', async () => {
  const card = await caller({ type: 'UNLIMITED', faceValue: 0n, fairUseDaySeconds: 600 });
  expect(succeeded(await authorize(card))).toMatchObject({
    grant: { seconds: 300 },
    call: { held: euros('0.00') },
  });
  expect(succeeded(await extend(1, 290)).grant).toMatchObject({ seconds: 590 });
  expect(succeeded(await complete(550)).call.charge).toEqual(euros('0.00'));
  const last = newKey();
  expect(succeeded(await authorize(card, { switchCallId: last })).grant).toMatchObject({
    seconds: 50,
    limit: 'FAIR_USE',
  });
  await complete(50, last);
  expect(await authorize(card, { switchCallId: newKey() })).toMatchObject({ reason: 'FAIR_USE_REACHED' });
});

test('a silent call is settled at its last report, and a late end posts the difference once', async () => {
  const { sql } = api.db.database;
  const card = await caller();
  await authorize(card);
  await extend(1, 100);
  await sql`UPDATE calls SET expires_at = now() - interval '1 second' WHERE switch_call_id = ${switchCallId}`;
  expect(succeeded(await extend(2, 200)).grant).toMatchObject({ limit: 'ENDED' });
  const abandoned = await api.administrator.request(CallDocument, { switchCallId: switchCallId });
  expect(abandoned.call).toMatchObject({ state: 'ABANDONED', charge: euros('0.12') });
  expect(succeeded(await complete(290)).call).toMatchObject({ state: 'COMPLETED', charge: euros('0.30') });
  expect(succeeded(await complete(290)).balance).toEqual(euros('4.70'));
});

test('what a late end gives back to a card that was replaced goes to the end of its replacements', async () => {
  const { sql } = api.db.database;
  const batch = await api.cards({ count: 3, rateGroupId, type: 'STANDARD', active: false });
  const [first, second, third] = [nth(batch, 0), nth(batch, 1), nth(batch, 2)];
  await api.administrator.request(ActivateCardsDocument, { cards: { ids: [first.id] } });
  const ani = '+390619999999';
  await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${first.uuid}, now())`;
  await authorize({ ani });
  await extend(1, 290);
  await sql`UPDATE calls SET expires_at = now() - interval '1 second' WHERE switch_call_id = ${switchCallId}`;
  expect(succeeded(await extend(2, 290)).grant).toMatchObject({ limit: 'ENDED' });
  for (const [lost, newCard] of [
    [first, second],
    [second, third],
  ] as const) {
    const input = {
      card: { id: lost.id },
      newCard: { id: newCard.id },
      reason: 'lost',
      idempotencyKey: newKey(),
    };
    succeeded((await api.administrator.request(ReplaceCardDocument, { input })).result);
  }

  // Of the 0.30 that were charged, 0.24 are given back.
  const { call, balance } = succeeded(await complete(60));
  expect([call.charge, balance]).toEqual([euros('0.06'), euros('0.00')]);
  expect(succeeded(await complete(60)).call.charge).toEqual(euros('0.06'));
  const balances = await sql<{ balance: bigint }[]>`
    SELECT balance FROM cards WHERE id = ANY(${batch.cards.map(({ uuid }) => uuid)}::uuid[]) ORDER BY serial`;
  expect(balances.map((each) => each.balance)).toEqual([0n, 0n, 4_940_000n]);
  const [told] = await sql<{ payload: Record<string, unknown> }[]>`
    SELECT payload FROM events WHERE card_id = ${third.uuid} AND payload ? 'replaces' ORDER BY position DESC LIMIT 1`;
  expect(told?.payload).toMatchObject({ replaces: first.uuid });
});

test('and none is given back when that card is closed', async () => {
  const { sql } = api.db.database;
  const batch = await api.cards({ count: 2, rateGroupId, type: 'STANDARD', active: false });
  const [first, second] = [nth(batch, 0), nth(batch, 1)];
  await api.administrator.request(ActivateCardsDocument, { cards: { ids: [first.id] } });
  const ani = '+390618888888';
  await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${first.uuid}, now())`;
  await authorize({ ani });
  await extend(1, 290);
  await sql`UPDATE calls SET expires_at = now() - interval '1 second' WHERE switch_call_id = ${switchCallId}`;
  await extend(2, 290);
  const input = {
    card: { id: first.id },
    newCard: { id: second.id },
    reason: 'lost',
    idempotencyKey: newKey(),
  };
  succeeded((await api.administrator.request(ReplaceCardDocument, { input })).result);
  const past = new Date(Date.now() - 86_400_000);
  await sql`UPDATE cards SET valid_until = ${past}, grace_until = ${past}, due_at = ${past} WHERE id = ${second.uuid}`;
  await expect
    .poll(() => sql`SELECT status, balance FROM cards WHERE id = ${second.uuid}`, { timeout: 60_000 })
    .toMatchObject([{ status: 'CLOSED', balance: 0n }]);
  expect(succeeded(await complete(60)).call).toMatchObject({ state: 'COMPLETED', charge: euros('0.30') });
}, 90_000);

test('a list of reports has an outcome for each', async () => {
  const [one, two] = [await caller(), await caller()];
  const other = newKey();
  await authorize(one);
  await authorize(two, { switchCallId: other });
  const { result } = await api.ivr.request(ReportCallsDocument, {
    reports: [
      { complete: { switchCallId, totalSeconds: 60 } },
      { cancel: other },
      { cancel: 'nothing' },
      { extend: { switchCallId, requestNumber: 0, usedSeconds: 1 } },
    ],
  });
  expect(succeeded(result).outcomes).toMatchObject([
    { switchCallId, result: { call: { charge: euros('0.06') } } },
    { switchCallId: other, result: { call: { state: 'CANCELLED' } } },
    { switchCallId: 'nothing', result: { code: 'NOT_FOUND' } },
    { switchCallId, result: { code: 'INVALID_INPUT' } },
  ]);
});

test('a partner sees the calls of its cards and no others', async () => {
  const card = await caller({ partnerId: api.partner.uuid } as never);
  await authorize(card);
  const mine = await api.partner.client.request(CallsDocument, { first: 100 });
  expect(mine.calls.edges.map(({ node }) => node.switchCallId)).toContain(switchCallId);
  const theirs = await api.rival.client.request(CallsDocument, { first: 100 });
  expect(theirs.calls.edges).toEqual([]);
  expect((await api.rival.client.request(CallDocument, { switchCallId: switchCallId })).call).toBeNull();
});
