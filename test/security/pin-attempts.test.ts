import { beforeAll, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AuthorizeCallDocument,
  type CreateCardBatchInput,
  FailedAuthenticationsDocument,
  LockCardDocument,
  RedeemVoucherDocument,
} from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import { batchEnded, orderBatch, type PrintedCard, printedCards } from '../harness/batches.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { succeeded } from '../harness/refusals.ts';

const api = useApi();
let vouchers: PrintedCard[];
let callers: PrintedCard[];

beforeAll(async () => {
  const rates = await makeRateGroup(api.db.database.sql, [{ prefix: '39', pricePer1e8Minute: 1_000_000n }]);
  vouchers = await printed({ type: 'VOUCHER', faceValue: euros('3'), quantity: 3 });
  callers = await printed({ quantity: 5, rateGroupId: toGlobalId('RateGroup', rates) });
});

async function printed(terms: Partial<CreateCardBatchInput>): Promise<PrintedCard[]> {
  const { cardBatch } = succeeded((await orderBatch(api, terms)).result);
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  return printedCards(api, cardBatch.id);
}

const redeem = (voucherPin: string, callerNumber: string, idempotencyKey = newKey()) =>
  api.ivr.request(RedeemVoucherDocument, {
    input: { card: { id: nth(api.partner.batch, 0).id }, voucherPin, callerNumber, idempotencyKey },
  });

const call = (by: { pin: string }, switchCallId = newKey(), callerNumber = '+390655500001') =>
  api.ivr.request(AuthorizeCallDocument, {
    input: { switchCallId, by, number: '+390612345678', callerNumber },
  });

const failuresFrom = async (callerNumber: string) => {
  const { failedAuthentications } = await api.administrator.request(FailedAuthenticationsDocument, {
    filter: { callerNumber },
  });
  return failedAuthentications.edges.map(({ node }) => [node.operation, node.reason, node.attempts]);
};

const wrong = (n: number) => `${n}`.padStart(14, '0');

test('wrong vouchers are guesses: a number in its delay is refused without a comparison, which is not kept, and redeems under the same key after it', async () => {
  const number = '+390655500002';
  const [{ pin }, { pin: other }] = [vouchers[0] as PrintedCard, vouchers[1] as PrintedCard];
  for (let n = 0; n < 5; n += 1) expect((await redeem(wrong(n), number)).result).toMatchObject(REFUSED);
  expect(await failuresFrom(number)).toEqual([['REDEEM_VOUCHER', 'UNKNOWN_PIN', 5]]);
  const key = newKey();
  expect((await redeem(pin, number, key)).result).toMatchObject(REFUSED);
  await api.db.database.sql`
    UPDATE guess_sources SET counted_at = now() - interval '1 hour' WHERE source = ${number}`;
  succeeded((await redeem(pin, number, key)).result);
  succeeded((await redeem(other, number)).result);
});

const REFUSED = { code: 'VOUCHER_REFUSED' };

test('a card is no voucher and a voucher no card: the operator sees which', async () => {
  const [card, voucher] = [callers[0] as PrintedCard, vouchers[2] as PrintedCard];
  expect((await redeem(card.pin, '+390655500003')).result).toMatchObject(REFUSED);
  const { result } = await call({ pin: voucher.pin }, newKey(), '+390655500004');
  expect(result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  expect(await failuresFrom('+390655500003')).toEqual([['REDEEM_VOUCHER', 'NOT_FOR_THIS', 1]]);
  expect(await failuresFrom('+390655500004')).toEqual([['AUTHORIZE_CALL', 'NOT_FOR_THIS', 1]]);
});

test('a call that was allowed is granted nothing more when its card is locked by now; another is refused with the reason, and counted', async () => {
  const { serial, pin } = callers[1] as PrintedCard;
  const switchCallId = newKey();
  expect(succeeded((await call({ pin }, switchCallId)).result).grant.seconds).toBeGreaterThan(0);
  await api.administrator.request(LockCardDocument, { input: { card: { serial }, reason: 'OPERATOR' } });
  const again = succeeded((await call({ pin }, switchCallId)).result);
  expect(again.grant).toEqual({ seconds: 0, limit: 'CARD_STATE', final: true });
  const [locked, unknown] = await Promise.all([call({ pin }), call({ pin: wrong(9) })]);
  expect(locked.result).toMatchObject({ code: 'CALL_REFUSED', reason: 'CARD_LOCKED' });
  expect(unknown.result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  expect(await failuresFrom('+390655500001')).toEqual(
    expect.arrayContaining([
      ['AUTHORIZE_CALL', 'LOCKED', 1],
      ['AUTHORIZE_CALL', 'UNKNOWN_PIN', 1],
    ]),
  );
});

test('a call that is asked for again is no guess: neither counted nor delayed, and no way to try PINs', async () => {
  const [{ pin, serial }, { pin: other }] = [callers[2] as PrintedCard, callers[3] as PrintedCard];
  const [switchCallId, callerNumber] = [newKey(), '+390655500005'];
  const repeat = (given: { pin: string }) => call(given, switchCallId, callerNumber);
  const { call: begun } = succeeded((await repeat({ pin })).result);
  // Wrong PINs under its id are guesses like any others, until the number is delayed.
  for (let n = 0; n < 5; n += 1) {
    expect((await repeat({ pin: wrong(50 + n) })).result).toMatchObject({ code: 'AUTHENTICATION_REFUSED' });
  }
  const counted = await failuresFrom(callerNumber);
  expect(counted).toEqual([['AUTHORIZE_CALL', 'UNKNOWN_PIN', 5]]);
  expect((await call({ pin: other }, newKey(), callerNumber)).result).toMatchObject({
    code: 'AUTHENTICATION_REFUSED',
  });
  const beforeIt = await failuresFrom(callerNumber);
  expect(succeeded((await repeat({ pin })).result).call.id).toBe(begun.id);
  // Spelled otherwise it is the same PIN.
  expect(succeeded((await repeat({ pin: `${pin.slice(0, 4)} ${pin.slice(4)}` })).result).call.id).toBe(
    begun.id,
  );
  await api.administrator.request(LockCardDocument, { input: { card: { serial }, reason: 'OPERATOR' } });
  expect(succeeded((await repeat({ pin })).result).grant).toMatchObject({ seconds: 0, limit: 'CARD_STATE' });
  expect(await failuresFrom(callerNumber)).toEqual(beforeIt);
});

test('a call that another caller identified by number tells nothing about the PIN of its card', async () => {
  const { pin, serial } = callers[4] as PrintedCard;
  const [switchCallId, ani, callerNumber] = [newKey(), '+390655500006', '+390655500007'];
  const { sql } = api.db.database;
  await sql`
    INSERT INTO number_bindings (number, card_id, created_at) SELECT ${ani}, id, now() FROM cards WHERE serial = ${serial}`;
  const input = { switchCallId, by: { ani }, number: '+390612345678' };
  succeeded((await api.ivr.request(AuthorizeCallDocument, { input })).result);
  for (let n = 0; n < 5; n += 1) await call({ pin: wrong(60 + n) }, switchCallId, callerNumber);
  // Delayed: no PIN is compared, not even the right one.
  expect((await call({ pin }, switchCallId, callerNumber)).result).toMatchObject({
    code: 'AUTHENTICATION_REFUSED',
  });
});
