import { expect, test } from 'vitest';
import {
  AdjustCardBalanceDocument,
  BindNumberDocument,
  type CardReference,
  ChangeCardsDocument,
  MoveNumberDocument,
  RechargeCardDocument,
  RechargeCardsDocument,
  RedeemVoucherDocument,
  ReplaceCardDocument,
  UnbindNumberDocument,
} from '../../../src/client/operations.ts';
import { type Api, type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';

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

/** The same card, by its id, by a number and by its serial in several spellings. */
async function namesOf(
  { id, serial }: ApiCard,
  boundNumber: string,
): Promise<readonly [CardReference, ...CardReference[]]> {
  await api.administrator.request(BindNumberDocument, { input: { card: { id }, number: boundNumber } });
  const split = `${serial.slice(0, 4)}-${serial.slice(4)}`;
  return [{ serial }, { id }, { boundNumber }, { serial: ` ${serial.toLowerCase()} ` }, { serial: split }];
}

test('a key is for a card, however the card is named', async () => {
  const [serial, ...others] = await namesOf(nth(api.partner.batch, 3), '+390612345679');
  const amount = euros('1');
  const commands: Readonly<Record<string, (card: CardReference, key: string) => Promise<object>>> = {
    recharge: (card, idempotencyKey) =>
      api.administrator.request(RechargeCardDocument, { input: { card, amount, idempotencyKey } }),
    adjust: (card, idempotencyKey) =>
      api.administrator.request(AdjustCardBalanceDocument, {
        input: { card, amount, reason: 'Ticket', idempotencyKey },
      }),
    redeem: (card, idempotencyKey) =>
      api.ivr.request(RedeemVoucherDocument, { input: { card, voucherPin: '730461958219', idempotencyKey } }),
    'recharge a list': (card, idempotencyKey) =>
      api.administrator.request(RechargeCardsDocument, {
        input: { idempotencyKey, rows: [{ key: '1', card, amount }] },
      }),
    'change a list': (card, idempotencyKey) =>
      api.administrator.request(ChangeCardsDocument, {
        input: { idempotencyKey, change: 'LOCK', lockReason: 'OPERATOR', rows: [{ key: '1', card }] },
      }),
    replace: (card, idempotencyKey) =>
      api.administrator.request(ReplaceCardDocument, { input: { card, reason: 'Lost', idempotencyKey } }),
  };
  for (const [name, command] of Object.entries(commands)) {
    const key = newKey();
    const first = await command(serial, key);
    // A replaced card's numbers go to the new one.
    const same = name === 'replace' ? others.filter(({ boundNumber }) => !boundNumber) : others;
    for (const other of same) expect(await command(other, key), name).toEqual(first);
    const another = await command({ id: nth(api.partner.batch, 4).id }, key);
    expect(JSON.stringify(another), name).toContain('IDEMPOTENCY_KEY_REUSED');
  }
});

test('of a card that does not exist, spellings make no other request', async () => {
  const idempotencyKey = newKey();
  const recharge = (serial: string) =>
    api.administrator.request(RechargeCardDocument, {
      input: { card: { serial }, amount: euros('1'), idempotencyKey },
    });
  const refused = await recharge('NONE-0000000001');
  expect(refused.result).toMatchObject({ code: 'NOT_FOUND' });
  expect(await recharge('none 0000000001')).toEqual(refused);
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
