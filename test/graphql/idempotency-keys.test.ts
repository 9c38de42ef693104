import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BindNumberDocument,
  MoveNumberDocument,
  RechargeCardDocument,
  UnbindNumberDocument,
} from '../../src/client/operations.ts';
import { type Api, euros, newKey, nth, startApi } from '../harness/api.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const NUMBER = '+390612345678';

const rechargeByNumber = (idempotencyKey: string) =>
  api.administrator.request(RechargeCardDocument, {
    input: { card: { boundNumber: NUMBER }, amount: euros('1'), idempotencyKey },
  });

test('the answer to a key stays, wherever the number that named the card has gone', async () => {
  const { administrator, partner } = api;
  const [first, second] = [nth(partner.batch, 0), nth(partner.batch, 1)];
  const [refusedKey, key] = [newKey(), newKey()];

  // Refused while the number stands for nothing, and refused ever after.
  const refused = await rechargeByNumber(refusedKey);
  expect(refused.result).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND' });

  await administrator.request(BindNumberDocument, { input: { card: { id: first.id }, number: NUMBER } });
  const answer = await rechargeByNumber(key);
  expect(answer.result).toMatchObject({ __typename: 'RechargeCardPayload', balance: euros('6.00') });
  expect(await rechargeByNumber(refusedKey)).toEqual(refused);

  await administrator.request(MoveNumberDocument, { input: { card: { id: second.id }, number: NUMBER } });
  expect(await rechargeByNumber(key)).toEqual(answer);

  await administrator.request(UnbindNumberDocument, { input: { card: { id: second.id }, number: NUMBER } });
  expect(await rechargeByNumber(key)).toEqual(answer);
});
