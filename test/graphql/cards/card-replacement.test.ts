import { describe, expect, test } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  AuthenticateCardDocument,
  BindNumberDocument,
  CardBalanceChangedDocument,
  CardDocument,
  type CardReference,
  LockCardDocument,
  RechargeCardDocument,
  ReplaceCardDocument,
  VerificationDocument,
} from '../../../src/client/operations.ts';
import { replaceLostCard } from '../../../src/store/cards/card-replacement.ts';
import { verify } from '../../../src/store/verification.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { type Api, type ApiBatch, type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { BEGINNING, batchEnded, orderBatch } from '../../harness/batches.ts';
import { OPERATOR } from '../../harness/cards.ts';
import { countAnew } from '../../harness/models/report-counters.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';

const EURO = 1_000_000n;
const money = { remembersKey: true };

const api = useApi();

interface Asked {
  by?: Client;
  newCard?: CardReference;
  key?: string;
  reason?: string;
}

const replace = (
  { id }: { id: string },
  { by = api.administrator, newCard, key = newKey(), reason = 'Lost in a taxi' }: Asked = {},
) =>
  by.request(ReplaceCardDocument, {
    input: { card: { id }, ...(newCard && { newCard }), reason, idempotencyKey: key },
  });

async function read({ id }: { id: string }) {
  const { card } = await api.administrator.request(CardDocument, { by: { id } });
  if (!card) throw new Error('The card is not there.');
  return card;
}

const statementOf = async (card: { id: string }) =>
  (await read(card)).statement.edges.map(({ node }) => [node.kind, node.cardChange?.amount, node.reason]);

/** A batch of which the first cards are in service, and the others in stock. */
async function stocked(
  inService: number,
  inStock: number,
  terms: Omit<Parameters<Api['cards']>[0], 'count'> = {},
): Promise<ApiBatch> {
  const batch = await api.cards({ ...terms, count: inService + inStock, active: false });
  const ids = batch.cards.slice(0, inService).map(({ id }) => id);
  if (ids.length > 0) await api.administrator.request(ActivateCardsDocument, { cards: { ids } });
  return batch;
}

let next = 0;
/** A number in Milan that nothing is bound to. */
async function bindNumber({ id }: ApiCard): Promise<string> {
  const number = `+39021234${String(1000 + next++)}`;
  succeeded(
    (await api.administrator.request(BindNumberDocument, { input: { card: { id }, number } })).result,
  );
  return number;
}

const callFrom = (ani: string) =>
  api.ivr.request(AuthenticateCardDocument, { input: { by: { ani }, use: true } });

describe('replaceCard', () => {
  test('balance, validity and numbers go to a card in stock, which gets no face value', async () => {
    const batch = await stocked(1, 2, { validityDays: 30, graceDays: 7, partnerId: api.partner.uuid });
    const lost = nth(batch, 0);
    const numbers = [await bindNumber(lost), await bindNumber(lost)];
    const used = succeeded((await callFrom(numbers[0] ?? '')).result);
    const recharge = { card: { id: lost.id }, amount: euros('2'), idempotencyKey: newKey() };
    await api.partner.client.request(RechargeCardDocument, { input: recharge });

    const done = succeeded((await replace(lost, { by: api.partner.client })).result);
    expect(done).toMatchObject({ moved: euros('7.00'), fee: euros('0.00') });
    expect(done.newCard).toMatchObject({
      serial: nth(batch, 2).serial,
      state: 'ACTIVE',
      balance: euros('7.00'),
      validUntil: used.card.validUntil,
      graceUntil: used.card.graceUntil,
      firstUsedAt: used.card.firstUsedAt,
      replaces: { id: lost.id },
    });
    expect(done.card).toMatchObject({
      state: 'DEACTIVATED',
      balance: euros('0.00'),
      replacedBy: { id: done.newCard.id },
    });
    expect((await statementOf(lost))[0]).toEqual(['REPLACEMENT', '-7.00', 'Lost in a taxi']);
    expect(await statementOf(done.newCard)).toEqual([['REPLACEMENT', '7.00', 'Lost in a taxi']]);
    for (const number of numbers) {
      expect(succeeded((await callFrom(number)).result).card.id).toBe(done.newCard.id);
    }
    expect((await read(lost)).numberBindings.edges).toEqual([]);
    expect(await read(done.newCard)).toMatchObject({ replaces: { id: lost.id }, replacedBy: null });
  });

  test('a named card that is in service keeps what is on it', async () => {
    const [lost, newCard] = api.partner.batch.cards as [ApiCard, ApiCard];
    const asked = { by: api.partner.client, newCard: { serial: newCard.serial } };
    const done = succeeded((await replace(lost, asked)).result);
    expect(done.newCard).toMatchObject({ id: newCard.id, balance: euros('10.00'), firstUsedAt: null });
  });

  test('a card that was locked as lost is replaced; the lost one never comes back', async () => {
    const batch = await stocked(1, 1);
    const lost = nth(batch, 0);
    await api.administrator.request(LockCardDocument, {
      input: { card: { id: lost.id }, reason: 'REPORTED_LOST' },
    });
    expect(succeeded((await replace(lost)).result).newCard.state).toBe('ACTIVE');
    const { result } = await api.administrator.request(ActivateCardsDocument, { cards: { ids: [lost.id] } });
    expect(succeeded(result).refusals).toMatchObject([{ error: { code: 'CARD_REPLACED' } }]);
    const card = { id: lost.id };
    const paid = { card, amount: euros('1'), idempotencyKey: newKey() };
    await expectRefusal(
      api,
      'CARD_REPLACED',
      () => api.administrator.request(RechargeCardDocument, { input: paid }),
      money,
    );
    const corrected = { ...paid, reason: 'r', idempotencyKey: newKey() };
    await expectRefusal(
      api,
      'CARD_REPLACED',
      () => api.administrator.request(AdjustCardBalanceDocument, { input: corrected }),
      money,
    );
    await expectRefusal(api, 'CARD_REPLACED', () =>
      api.administrator.request(BindNumberDocument, { input: { card, number: '+390299990001' } }),
    );
  });

  test('a lock from above is not got round: who may unlock the card replaces it', async () => {
    const batch = await stocked(2, 2, { partnerId: api.partner.uuid });
    const by = api.partner.client;
    const lock = ({ id }: ApiCard, client: Client) =>
      client.request(LockCardDocument, { input: { card: { id }, reason: 'SUSPECTED_FRAUD' } });
    const [first, second] = [nth(batch, 0), nth(batch, 1)];
    succeeded((await lock(first, api.administrator)).result);
    await expectRefusal(api, 'NOT_ALLOWED', () => replace(first, { by }), money);
    const newCard = { id: nth(batch, 3).id };
    await expectRefusal(api, 'NOT_ALLOWED', () => replace(first, { by, newCard }), money);
    succeeded((await replace(first)).result);
    succeeded((await lock(second, by)).result);
    succeeded((await replace(second, { by })).result);
  });

  test('the fee is taken first, at most what is there', async () => {
    const batch = await stocked(2, 2, { replacementFee: 2n * EURO, faceValue: 3n * EURO });
    const [rich, poor] = [nth(batch, 0), nth(batch, 1)];
    await api.administrator.request(AdjustCardBalanceDocument, {
      input: { card: { id: poor.id }, amount: euros('-2'), reason: 'r', idempotencyKey: newKey() },
    });
    expect(succeeded((await replace(rich)).result)).toMatchObject({
      moved: euros('1.00'),
      fee: euros('2.00'),
    });
    expect((await statementOf(rich)).slice(0, 2)).toEqual([
      ['REPLACEMENT', '-1.00', 'Lost in a taxi'],
      ['REPLACEMENT_FEE', '-2.00', 'Lost in a taxi'],
    ]);
    const done = succeeded((await replace(poor)).result);
    expect(done).toMatchObject({ moved: euros('0.00'), fee: euros('1.00') });
    expect(await statementOf(done.newCard)).toEqual([]);
  });

  test('sent again, at once or later, it has one effect and one answer', async () => {
    for (const terms of [{}, { faceValue: 0n }]) {
      const batch = await stocked(1, 3, terms);
      const key = newKey();
      const ask = () => replace(nth(batch, 0), { key });
      const answers = await Promise.all(Array.from({ length: 20 }, ask));
      answers.push(await ask());
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      succeeded(answers[0]?.result ?? { __typename: 'none' });
      const states = await Promise.all(batch.cards.map(async (card) => (await read(card)).state));
      expect(states).toEqual(['DEACTIVATED', 'INACTIVE', 'INACTIVE', 'ACTIVE']);
    }
  });

  test('the same key for another card, or another new card, is refused by name', async () => {
    const batch = await stocked(2, 2);
    const key = newKey();
    succeeded((await replace(nth(batch, 0), { key })).result);
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () => replace(nth(batch, 1), { key }));
    await expectRefusal(api, 'IDEMPOTENCY_KEY_REUSED', () =>
      replace(nth(batch, 0), { key, newCard: { id: nth(batch, 3).id } }),
    );
  });

  test('a key that was refused stays refused', async () => {
    const batch = await stocked(1, 1);
    const [lost, spare] = [nth(batch, 0), nth(batch, 1)];
    await api.administrator.request(ActivateCardsDocument, { cards: { ids: [spare.id] } });
    const key = newKey();
    await expectRefusal(api, 'NO_SPARE_CARD', () => replace(lost, { key }), money);
    await api.db.database.sql`UPDATE cards SET status = 'INACTIVE' WHERE id = ${spare.uuid}`;
    await expectRefusal(api, 'NO_SPARE_CARD', () => replace(lost, { key }));
    succeeded((await replace(lost)).result);
  });
});

describe('each bad request is refused by name and changes nothing', () => {
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

  test('because of the lost card', async () => {
    const { sql } = api.db.database;
    const batch = await stocked(5, 5);
    const [closed, expired, replaced, calling] = batch.cards as [ApiCard, ApiCard, ApiCard, ApiCard];
    await sql`UPDATE cards SET valid_until = ${ago(2)}, grace_until = ${ago(1)} WHERE id = ${expired.uuid}`;
    await sql`UPDATE cards SET held = 1000000, calls_in_progress = 1 WHERE id = ${calling.uuid}`;
    await api.administrator.request(AdjustCardBalanceDocument, {
      input: { card: { id: closed.id }, amount: euros('-5'), reason: 'r', idempotencyKey: newKey() },
    });
    await sql`UPDATE cards SET status = 'CLOSED' WHERE id = ${closed.uuid}`;
    succeeded((await replace(replaced)).result);
    const refuse = (code: Parameters<typeof expectRefusal>[1], card: { id: string }, asked: Asked = {}) =>
      expectRefusal(api, code, () => replace(card, asked), money);
    await refuse('CARD_CLOSED', closed);
    await refuse('CARD_CLOSED', expired);
    await refuse('CARD_REPLACED', replaced);
    await refuse('CARD_INACTIVE', nth(batch, 7));
    expect(await refuse('CALLS_IN_PROGRESS', calling)).toMatchObject({ held: '1.00', currency: 'EUR' });
    await sql`UPDATE cards SET held = 0, calls_in_progress = 0 WHERE id = ${calling.uuid}`;
    await refuse('REPLACEMENT_NOT_ALLOWED', nth(await stocked(1, 1, { replacementAllowed: false }), 0));
    await refuse('NO_SPARE_CARD', nth(await stocked(2, 0), 0));
    await refuse('NOT_FOUND', { id: api.partner.id });
    await refuse('INVALID_INPUT', nth(batch, 4), { reason: ' ' });
    await refuse('INVALID_INPUT', nth(batch, 4), { key: '' });
    await refuse('INVALID_PHONE_NUMBER', nth(batch, 4), { newCard: { boundNumber: '12' } });
  });

  test('because of the new card', async () => {
    const { sql } = api.db.database;
    const batch = await stocked(6, 6, { maxBoundNumbers: 1 });
    const [lost, used, locked, deactivated, taken, expired] = batch.cards as ApiCard[] &
      Record<0 | 1 | 2 | 3 | 4 | 5, ApiCard>;
    const [late, dollars] = [nth(batch, 6), nth(batch, 7)];
    const set = ({ uuid }: ApiCard, changes: Record<string, unknown>) =>
      sql`UPDATE cards SET ${sql(changes)} WHERE id = ${uuid}`;
    await callFrom(await bindNumber(used));
    await set(locked, { locked_at: new Date(), lock_reason: 'OPERATOR' });
    await set(deactivated, { status: 'DEACTIVATED' });
    await set(expired, { valid_until: ago(2), grace_until: ago(1) });
    await set(late, { valid_until: ago(1), grace_until: ago(-1) });
    await set(dollars, { currency: 'USD' });
    const other = nth(await stocked(1, 0), 0);
    succeeded((await replace(other, { newCard: { id: taken.id } })).result);
    const unnumbered = nth(await api.cards({ count: 1, maxBoundNumbers: 0, active: false }), 0);
    await bindNumber(lost);
    const cases = [
      ['INVALID_INPUT', lost],
      ['CARD_ALREADY_USED', used],
      ['CARD_ALREADY_USED', taken],
      ['CARD_LOCKED', locked],
      ['CARD_DEACTIVATED', deactivated],
      ['CARD_CLOSED', expired],
      ['FIRST_USE_OVER', late],
      ['CURRENCY_MISMATCH', dollars],
      ['PARTNER_MISMATCH', nth(api.rival.batch, 0)],
      ['TOO_MANY_BINDINGS', unnumbered],
      ['NOT_FOUND', { id: api.partner.id }],
    ] as const;
    for (const [code, { id }] of cases) {
      const key = newKey();
      const ask = () => replace(lost, { newCard: { id }, key });
      const refused = await expectRefusal(api, code, ask, money);
      expect(await expectRefusal(api, code, ask)).toEqual(refused);
    }
    await set(dollars, { currency: 'EUR' });
  });

  test('another partner’s card is not there, as the lost or as the new one; a switch may not ask', async () => {
    const [mine, foreign] = [nth(api.partner.batch, 3), nth(api.rival.batch, 1)];
    const by = api.partner.client;
    await expectRefusal(api, 'NOT_FOUND', () => replace(foreign, { by }), money);
    await expectRefusal(api, 'NOT_FOUND', () => replace(mine, { by, newCard: { id: foreign.id } }), money);
    await expectForbidden(api, () => replace(mine, { by: api.ivr }));
  });
});

describe('at once', () => {
  test('of two replacements of one card one wins, the other is refused by name', async () => {
    const { cards } = await stocked(10, 20);
    for (const card of cards.slice(0, 10)) {
      const results = await Promise.all([replace(card), replace(card)]);
      const kinds = results.map(({ result }) => result.__typename).toSorted();
      expect(kinds).toEqual(['CardReplacedError', 'ReplaceCardPayload']);
    }
  });

  test('lost cards of one batch get different new cards, on two instances; the last ones none', async () => {
    const { sql } = api.db.database;
    const { cards } = await stocked(40, 30);
    const writers = [new CommandWriter(sql, { lanes: 2 }), new CommandWriter(sql, { lanes: 2 })] as const;
    const results = await Promise.allSettled(
      cards.slice(0, 40).map(({ uuid }, place) => {
        const card = { id: uuid, reference: uuid };
        const request = { card, newCard: null, reason: 'lost', idempotencyKey: newKey() };
        return replaceLostCard({ sql, writer: writers[place % 2 === 0 ? 0 : 1] }, OPERATOR, request);
      }),
    );
    const taken = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(new Set(taken.map(({ newCardId }) => newCardId)).size).toBe(30);
    expect(refused).toEqual(Array(10).fill('NO_SPARE_CARD'));
  });

  test('two lost cards that name one new card: one has it', async () => {
    const { cards } = await stocked(2, 1);
    const [first, second, spare] = cards as [ApiCard, ApiCard, ApiCard];
    const results = await Promise.all(
      [first, second].map((card) => replace(card, { newCard: { id: spare.id } })),
    );
    const kinds = results.map(({ result }) => result.__typename).toSorted();
    expect(kinds).toEqual(['CardAlreadyUsedError', 'ReplaceCardPayload']);
  });
});

test('both cards have live events', async () => {
  const batch = await stocked(1, 1, { partnerId: api.partner.uuid, replacementFee: EURO });
  const cardIds = batch.cards.map(({ id }) => id);
  const changes = api.partner.client.subscribe(CardBalanceChangedDocument, { cardIds, after: BEGINNING });
  await replace(nth(batch, 0));
  const told = [];
  for await (const { cardBalanceChanged } of changes) {
    const { change, balance, card } = cardBalanceChanged;
    told.push([card?.cardId, change.amount, balance.amount]);
    if (told.length === 4) break;
  }
  const [lost, successor] = cardIds;
  expect(told).toEqual([
    [lost, '5.00', '5.00'],
    [lost, '-1.00', '4.00'],
    [lost, '-4.00', '0.00'],
    [successor, '4.00', '4.00'],
  ]);
});

test('the policy is a term of the batch', async () => {
  const policy = { allowed: true, fee: euros('0.50') };
  const { cardBatch } = succeeded((await orderBatch(api, { quantity: 1, replacement: policy })).result);
  expect(cardBatch.replacement).toEqual(policy);
  const plain = succeeded((await orderBatch(api, { quantity: 1 })).result).cardBatch;
  expect(plain.replacement).toEqual({ allowed: true, fee: null });
  const never = { quantity: 1, replacement: { allowed: false } };
  const none = succeeded((await orderBatch(api, never)).result).cardBatch;
  expect(none.replacement).toEqual({ allowed: false, fee: null });
  for (const { id } of [cardBatch, plain, none]) await batchEnded(api, id);
  const priced = (fee: { amount: string; currency: string }) => () =>
    orderBatch(api, { replacement: { allowed: true, fee } });
  await expectRefusal(api, 'INVALID_AMOUNT', priced(euros('0')));
  await expectRefusal(api, 'CURRENCY_MISMATCH', priced({ amount: '1', currency: 'USD' }));
});

test('after all of it the transfers explain every balance and nothing is left on the way', async () => {
  await countAnew(api.db.database.sql);
  const { verification } = await api.administrator.request(VerificationDocument);
  expect(verification.discrepancies).toEqual([]);
});

test('the proof finds a replacement that only one of the cards knows, and money left on the way', async () => {
  const { sql } = api.db.database;
  const found = async () => new Set((await verify(sql)).discrepancies.map(({ check }) => check));
  const batch = await stocked(1, 1);
  succeeded((await replace(nth(batch, 0))).result);
  await sql`UPDATE cards SET replaces_id = NULL WHERE id = ${nth(batch, 1).uuid}`;
  expect(await found()).toEqual(new Set(['replacements']));
  await sql`UPDATE cards SET replaces_id = ${nth(batch, 0).uuid} WHERE id = ${nth(batch, 1).uuid}`;
  await sql.begin(async (tx) => {
    await tx`ALTER TABLE transfers DISABLE TRIGGER transfers_append_only`;
    await tx`UPDATE transfers SET amount = amount - 1 WHERE kind = 'REPLACEMENT' AND card_id = ${nth(batch, 1).uuid}`;
    await tx`ALTER TABLE transfers ENABLE TRIGGER transfers_append_only`;
  });
  expect(await found()).toContain('replacement clearing');
});
