import { expect, test } from 'vitest';
import {
  BindNumberDocument,
  MoveNumberDocument,
  RechargeCardDocument,
  RedeemVoucherDocument,
  UnbindNumberDocument,
} from '../../../src/client/operations.ts';
import { type Api, euros, newKey, nth, useApi } from '../../harness/api.ts';

const api = useApi();

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

test('the keys of a switch are its own: an administrator’s same key is another', async () => {
  const card = { id: nth(api.partner.batch, 2).id };
  const idempotencyKey = newKey();
  const redeem = (client: Api['ivr'], voucherPin: string) =>
    client.request(RedeemVoucherDocument, { input: { card, voucherPin, idempotencyKey } });
  const answers = await Promise.all([
    redeem(api.ivr, '730461958214'),
    redeem(api.administrator, '730461958215'),
  ]);
  for (const { result } of answers) expect(result).toMatchObject({ code: 'VOUCHER_REFUSED' });
  expect((await redeem(api.ivr, '730461958215')).result).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});
