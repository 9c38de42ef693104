import { beforeAll, describe, expect, test } from 'vitest';
import {
  ActivateCardsDocument,
  AdjustCardBalanceDocument,
  AuthorizeCallDocument,
  CompleteCallDocument,
  ExtendCallDocument,
  RechargeCardDocument,
  RechargeCardsDocument,
  RedeemVoucherDocument,
  ReverseRechargeDocument,
  TopUpPartnerDocument,
} from '../../../src/client/operations.ts';
import { type ApiCard, euros, newKey, nth, useApi } from '../../harness/api.ts';
import { batchEnded, orderBatch, printedCards } from '../../harness/batches.ts';
import { makeRateGroup } from '../../harness/cards.ts';
import { expectRefusal, succeeded } from '../../harness/refusals.ts';

const api = useApi();
let card: ApiCard;
beforeAll(async () => {
  card = nth(await api.cards({ count: 1 }), 0);
});

const recharge = (amount: { amount: string; currency: string }, idempotencyKey = newKey()) =>
  api.administrator.request(RechargeCardDocument, {
    input: { card: { id: card.id }, amount, idempotencyKey },
  });

describe('an amount of money must be payable in its currency', () => {
  const [yen, dinars] = [
    (amount: string) => ({ amount, currency: 'JPY' }),
    (amount: string) => ({ amount, currency: 'KWD' }),
  ];

  test.each([yen('10.50'), yen('0.000001'), dinars('1.0005'), euros('9.995')])(
    '%j is refused wherever a person pays it',
    async (amount) => {
      const partnerId = api.partner.id;
      const refusals = [
        await expectRefusal(api, 'INVALID_AMOUNT', () => orderBatch(api, { faceValue: amount })),
        await expectRefusal(api, 'INVALID_AMOUNT', () => recharge(amount)),
        await expectRefusal(api, 'INVALID_AMOUNT', () =>
          api.administrator.request(TopUpPartnerDocument, {
            input: { partnerId, amount, idempotencyKey: newKey() },
          }),
        ),
      ];
      for (const { message } of refusals) expect(message).toContain(`can't be paid in ${amount.currency}`);
      const rows = [{ key: '1', card: { id: card.id }, amount }];
      const { result } = await api.administrator.request(RechargeCardsDocument, {
        input: { idempotencyKey: newKey(), rows },
      });
      expect(succeeded(result).outcomes).toMatchObject([{ result: { code: 'INVALID_AMOUNT' } }]);
    },
  );

  test('a correction may have all the decimals of a charge', async () => {
    const adjust = (amount: string) =>
      api.administrator.request(AdjustCardBalanceDocument, {
        input: { card: { id: card.id }, amount: euros(amount), reason: 'test', idempotencyKey: newKey() },
      });
    const { balance } = succeeded((await adjust('0.109865')).result);
    expect(balance.amount).toMatch(/\.109865$/);
    succeeded((await adjust('-0.109865')).result);
  });

  test.each([yen('10'), yen('10.00'), dinars('1.005')])('%j is an amount', async (amount) => {
    // The card is in euros: the next refusal.
    await expectRefusal(api, 'CURRENCY_MISMATCH', () => recharge(amount), { remembersKey: true });
  });
});

test.each([
  ['0.00', 'is zero: send'],
  ['-5.00', 'is negative: send'],
  ['5,00', 'is not an amount: send'],
  ['1.0000001', 'has more than six decimals'],
  ['1000000001', 'is more than one amount may be'],
])('the refusal of %s says what is wrong with it', async (amount, why) => {
  const refusal = await expectRefusal(api, 'INVALID_AMOUNT', () => recharge(euros(amount)), {
    remembersKey: true,
  });
  expect(refusal.message).toContain(`"${amount}" ${why}`);
});

test('keys are compared as they are, and blanks around one are refused', async () => {
  const key = newKey();
  for (const blank of [` ${key}`, `${key} `, `${key}\n`]) {
    const { message } = await expectRefusal(api, 'INVALID_INPUT', () => recharge(euros('1'), blank));
    expect(message).toMatch(/^idempotencyKey: must not begin or end with a blank/);
    const rows = [{ key: '1', card: { id: card.id }, amount: euros('1') }];
    await expectRefusal(api, 'INVALID_INPUT', () =>
      api.administrator.request(RechargeCardsDocument, { input: { idempotencyKey: blank, rows } }),
    );
    await expectRefusal(api, 'INVALID_INPUT', () =>
      api.administrator.request(RechargeCardsDocument, {
        input: { idempotencyKey: key, rows: rows.map((row) => ({ ...row, key: ' 1' })) },
      }),
    );
  }
});

test('the redemption of a voucher is named when it is taken for a recharge', async () => {
  const { cardBatch } = succeeded(
    (await orderBatch(api, { type: 'VOUCHER', faceValue: euros('3'), quantity: 1 })).result,
  );
  await batchEnded(api, cardBatch.id);
  await api.administrator.request(ActivateCardsDocument, { cards: { batchId: cardBatch.id } });
  const [voucher] = await printedCards(api, cardBatch.id);
  const redemption = { card: { id: card.id }, voucherPin: voucher?.pin ?? '', idempotencyKey: newKey() };
  const { transfer } = succeeded(
    (await api.administrator.request(RedeemVoucherDocument, { input: redemption })).result,
  );
  const reverse = (by = api.administrator) =>
    by.request(ReverseRechargeDocument, {
      input: { rechargeId: transfer.id, reason: 'test', idempotencyKey: newKey() },
    });
  const { message } = await expectRefusal(api, 'INVALID_INPUT', reverse);
  expect(message).toContain('is the redemption of a voucher');
  expect(message).toContain('adjustCardBalance');
  // Whoever may not see the transfer learns nothing about it.
  await expectRefusal(api, 'NOT_FOUND', () => reverse(api.partner.client));
});

describe('what a switch reports of a call', () => {
  const ani = '+390655507777';
  beforeAll(async () => {
    const { sql } = api.db.database;
    const rateGroupId = await makeRateGroup(sql, [{ prefix: '39', pricePer1e8Minute: 6_000_000n }]);
    const caller = nth(await api.cards({ count: 1, rateGroupId, maxConcurrentCalls: 10 }), 0);
    await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${caller.uuid}, now())`;
  });
  const authorize = (switchCallId: string) =>
    api.ivr.request(AuthorizeCallDocument, { input: { switchCallId, by: { ani }, number: '+390612345678' } });

  test.each([
    ['answeredAt', { answeredAt: '2080-01-01T00:00:00Z' }],
    ['endedAt', { endedAt: '2080-01-01T00:00:00Z' }],
    ['endedAt', { answeredAt: '2026-01-01T10:00:00Z', endedAt: '2026-01-01T09:59:59Z' }],
    ['answeredAt', { answeredAt: '1970-01-01T00:00:00Z' }],
    ['endedAt', { endedAt: '2026-01-01T10:00:00Z' }],
  ])('%s can not be %j', async (field, times) => {
    const switchCallId = newKey();
    succeeded((await authorize(switchCallId)).result);
    const end = (given: object) =>
      api.ivr.request(CompleteCallDocument, { input: { switchCallId, totalSeconds: 10, ...given } });
    const { message } = await expectRefusal(api, 'INVALID_INPUT', () => end(times));
    expect(message).toMatch(new RegExp(`^${field}: is`));
    expect(succeeded((await end({})).result).call.state).toBe('COMPLETED');
  });

  test('a call id is compared as it is, and blanks around one are refused', async () => {
    const id = newKey();
    await expectRefusal(api, 'INVALID_INPUT', () => authorize(`${id} `));
    succeeded((await authorize(id)).result);
    await expectRefusal(api, 'INVALID_INPUT', () =>
      api.ivr.request(ExtendCallDocument, {
        input: { switchCallId: ` ${id}`, requestNumber: 1, usedSeconds: 1 },
      }),
    );
    await expectRefusal(api, 'INVALID_INPUT', () =>
      api.ivr.request(CompleteCallDocument, { input: { switchCallId: `${id} `, totalSeconds: 1 } }),
    );
  });
});
