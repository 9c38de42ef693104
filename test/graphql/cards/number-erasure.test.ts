import { beforeAll, expect, test } from 'vitest';
import {
  AuthorizeCallDocument,
  BindNumberDocument,
  CallsDocument,
  CompleteCallDocument,
  EraseNumberDocument,
  MoveNumberDocument,
  RechargeCardDocument,
} from '../../../src/client/operations.ts';
import { verify } from '../../../src/store/verification.ts';
import { type ApiBatch, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { expectForbidden, expectRefusal, succeeded } from '../../harness/refusals.ts';
import { tablesOf } from '../../harness/tables.ts';

const api = useApi();
let batch: ApiBatch;
beforeAll(async () => {
  const rateGroupId = await makeRateGroup(api.db.database.sql, [
    { prefix: '39', pricePer1e8Minute: 6_000_000n },
  ]);
  batch = await api.cards({ count: 3, rateGroupId, partnerId: api.partner.uuid });
});

const NUMBER = '+393331112223';
const MASK = '+3933********';

const erase = (number: string, by = api.administrator) => by.request(EraseNumberDocument, { number });

async function recharge(number: string, idempotencyKey = newKey()) {
  const input = { card: { boundNumber: number }, amount: euros('1.00'), idempotencyKey };
  return (await api.administrator.request(RechargeCardDocument, { input })).result;
}

/** Binds the number, recharges by it, moves it, calls from it and to it, and names it where nothing answers to it. */
async function use(number: string): Promise<string> {
  const unknown = newKey();
  expect(await recharge(number, unknown)).toMatchObject({ code: 'NOT_FOUND' });
  const [first, second] = [nth(batch, 0).id, nth(batch, 1).id];
  const { administrator, ivr } = api;
  succeeded(
    (await administrator.request(BindNumberDocument, { input: { card: { id: first }, number } })).result,
  );
  succeeded(await recharge(number));
  succeeded(
    (await administrator.request(MoveNumberDocument, { input: { card: { id: second }, number } })).result,
  );
  const switchCallId = newKey();
  const call = { switchCallId, by: { ani: number }, number };
  succeeded((await ivr.request(AuthorizeCallDocument, { input: call })).result);
  succeeded((await ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds: 60 } })).result);
  return unknown;
}

/** Every row of every table as text: what a dump would hold. */
async function dump(): Promise<string> {
  const { sql } = api.db.database;
  const texts: string[] = [];
  for (const name of await tablesOf(sql)) {
    const rows = await sql<{ text: string }[]>`SELECT t::text AS text FROM ${sql(name)} t`;
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

const sums = () => api.db.database.sql`
  SELECT (SELECT sum(balance) FROM cards) AS cards, (SELECT sum(amount) FROM transfers) AS moved,
         (SELECT sum(charge) FROM calls) AS charged, (SELECT count(*) FROM transfers) AS transfers`;

test('a partner sees the beginning and the end of numbers that its cards called, an operator sees all', async () => {
  await use(NUMBER);
  const numbers = async (client: typeof api.administrator) => {
    const { calls } = await client.request(CallsDocument, { first: 10 });
    return calls.edges.map(({ node }) => node.number);
  };
  expect(await numbers(api.partner.client)).toEqual(['+3933******23']);
  expect(await numbers(api.administrator)).toEqual([NUMBER]);
});

test('a number is erased from all that is kept, and no sum changes', async () => {
  const number = '+393331112224';
  const unknown = await use(number);
  expect(await dump()).toContain(number.slice(1));
  const before = await sums();
  const { result } = await erase('0039 333 111 2224');
  expect(succeeded(result)).toEqual({
    __typename: 'EraseNumberPayload',
    mask: MASK,
    unbound: true,
    calls: 1,
    events: 3,
    answers: 1,
  });
  expect(await dump()).not.toContain(number.slice(1));
  expect(await sums()).toEqual(before);
  expect((await verify(api.db.database.sql)).discrepancies).toEqual([]);
  expect(await recharge(number, unknown)).toMatchObject({ code: 'NOT_FOUND' });
});

test('what was erased stays so, and a number that is nowhere is no error', async () => {
  succeeded((await erase(NUMBER)).result);
  expect(succeeded((await erase(NUMBER)).result)).toMatchObject({
    unbound: false,
    calls: 0,
    events: 0,
    answers: 0,
  });
});

test('only an administrator erases, and only numbers', async () => {
  await expectForbidden(api, () => erase(NUMBER, api.partner.client));
  await expectForbidden(api, () => erase(NUMBER, api.ivr));
  await expectRefusal(api, 'INVALID_PHONE_NUMBER', () => erase('12'));
});

test('the log lets nothing but a mask take the place of a number', async () => {
  const { sql } = api.db.database;
  const number = '+393331112225';
  await use(number);
  const bound = sql`type = 'NUMBER_BOUND' AND payload->>'number' = ${number}`;
  for (const change of [
    sql`UPDATE events SET payload = jsonb_set(payload, '{number}', '"+393339999999"') WHERE ${bound}`,
    sql`UPDATE events SET payload = jsonb_set(payload, '{number}', '"+39******"') || '{"note": "x"}' WHERE ${bound}`,
    sql`UPDATE events SET payload = jsonb_set(payload, '{number}', '"+39******"'), actor_id = gen_random_uuid() WHERE ${bound}`,
    sql`UPDATE events SET payload = payload - 'number' WHERE ${bound}`,
    sql`UPDATE idempotency_keys SET outcome = '{}' WHERE outcome->'data'->>'reference' = ${number}`,
    sql`DELETE FROM idempotency_keys`,
  ]) {
    await expect(change).rejects.toThrow('append-only');
  }
});
