import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { BatchOrder } from '../../../src/domain/batches/batch-order.ts';
import { checkBatchOrder } from '../../../src/domain/batches/card-batch.ts';
import { DEFAULT_PIN_FORMAT } from '../../../src/domain/batches/pin-format.ts';
import type { BatchTerms, Card } from '../../../src/domain/cards/card.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { canAuthenticate, useForTheFirstTime } from '../../../src/domain/cards/first-use.ts';
import { bindNumber, moveNumber } from '../../../src/domain/cards/number-binding.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import { adjustBalance } from '../../../src/domain/money/adjustment.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { redeemVoucher } from '../../../src/domain/money/voucher.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at: RuleContext = { now: NOW, actorId: uuidV7(), newId: () => uuidV7() };
const EURO = 1_000_000n;
const [past, future] = [addDays(NOW, -1), addDays(NOW, 1)];

const voucherTerms = termsLike({ type: 'VOUCHER' });
const voucherLike = (changes: Partial<Card> = {}) =>
  cardLike({ serial: 'V0000000001', balance: 5n * EURO, ...changes });

interface Given {
  card?: Partial<Card>;
  terms?: Partial<BatchTerms>;
  voucher?: Partial<Card>;
  voucherTerms?: BatchTerms;
}

const redeem = (given: Given = {}) =>
  redeemVoucher(
    {
      card: cardLike(given.card),
      terms: termsLike(given.terms),
      voucher: { card: voucherLike(given.voucher), terms: given.voucherTerms ?? voucherTerms },
    },
    at,
  );

/** The code and the words a rule refuses with. */
function refusalOf(rule: () => unknown): { code: string; message: string } | undefined {
  try {
    rule();
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return { code, message };
  }
  return undefined;
}

describe('redeemVoucher', () => {
  test('moves the whole value, whatever it is, and leaves the clearing account empty', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (value, before) => {
          const decision = redeem({
            card: { balance: before, version: 7, firstUsedAt: past },
            voucher: { balance: value, version: 1, dueAt: future, graceUntil: future, validUntil: future },
          });
          const [redeemed, after] = decision.cards ?? [];
          expect(redeemed).toMatchObject({ status: 'CLOSED', balance: 0n, version: 2, dueAt: null });
          expect(after).toMatchObject({ status: 'ACTIVE', balance: before + value, version: 8 });
          const clearing = { operator: { kind: 'VOUCHERS', currency: 'EUR' } };
          expect(decision.transfers).toMatchObject([
            { kind: 'VOUCHER', debit: { card: redeemed }, credit: clearing, amount: value },
            { kind: 'VOUCHER', debit: clearing, credit: { card: after }, amount: value },
          ]);
          expect(decision.outcome.transfer).toBe(decision.transfers?.[1]);
        },
      ),
    );
  });

  test('has events of both cards, each with its change', () => {
    expect(redeem({ card: { firstUsedAt: past } }).events).toMatchObject([
      { type: 'CARD_CLOSED', payload: { change: '-5.00', card: { balance: '0.00', status: 'CLOSED' } } },
      { type: 'VOUCHER_REDEEMED', payload: { change: '5.00', reason: 'voucher V0000000001' } },
    ]);
  });

  test('is the first use of a card that was never used: validity first, then the money, then the fee', () => {
    const { cards, transfers, events } = redeem({
      card: { balance: 0n, version: 7 },
      terms: { validityDays: 30, rechargeExtendsDays: 10, firstUseFee: EURO },
    });
    expect(cards?.[1]).toMatchObject({
      firstUsedAt: NOW,
      validUntil: addDays(NOW, 40),
      balance: 4n * EURO,
      version: 10,
    });
    expect(transfers?.map(({ kind }) => kind)).toEqual(['VOUCHER', 'VOUCHER', 'FIRST_USE_FEE']);
    const types = ['CARD_CLOSED', 'CARD_FIRST_USED', 'VOUCHER_REDEEMED', 'FEE_CHARGED'];
    expect(events?.map(({ type }) => type)).toEqual(types);
  });

  test('extends the validity as a recharge does, and the range of recharges does not apply', () => {
    const { cards } = redeem({
      card: { firstUsedAt: addDays(NOW, -9), status: 'IN_GRACE', validUntil: past, graceUntil: future },
      terms: { rechargeExtendsDays: 10, graceDays: 5, rechargeMax: EURO },
    });
    expect(cards?.[1]).toMatchObject({
      status: 'ACTIVE',
      validUntil: addDays(NOW, 10),
      graceUntil: addDays(NOW, 15),
      dueAt: addDays(NOW, 10),
    });
    expect(redeem({ terms: { rechargeMin: 6n * EURO } }).cards).toHaveLength(2);
  });

  test('a locked card takes the money and stays locked', () => {
    const { cards } = redeem({ card: { lockedAt: past, lockReason: 'OPERATOR' } });
    expect(cards?.[1]).toMatchObject({ lockReason: 'OPERATOR', balance: 5n * EURO });
  });

  const badVouchers: [string, Given][] = [
    ['used', { voucher: { status: 'CLOSED', balance: 0n } }],
    ['inactive', { voucher: { status: 'INACTIVE', balance: 0n } }],
    ['deactivated', { voucher: { status: 'DEACTIVATED' } }],
    ['locked', { voucher: { lockedAt: past, lockReason: 'REPORTED_LOST' } }],
    ['past its last date', { voucher: { validUntil: past, graceUntil: future } }],
    ['expired', { voucher: { validUntil: past, graceUntil: past } }],
    ['emptied', { voucher: { balance: 0n } }],
    ['no voucher', { voucherTerms: termsLike() }],
    ["another partner's", { card: { partnerId: uuidV7() }, voucher: { partnerId: uuidV7() } }],
    ["a partner's, for the operator's card", { voucher: { partnerId: uuidV7() } }],
    ['used and of another currency', { voucher: { status: 'CLOSED', balance: 0n, currency: 'USD' } }],
  ];

  test.each(badVouchers)('refuses one that is %s in the same words as an unknown PIN', (_why, given) => {
    const unknown = refusalOf(() =>
      redeemVoucher({ card: cardLike(), terms: termsLike(), voucher: undefined }, at),
    );
    expect(unknown?.code).toBe('VOUCHER_REFUSED');
    expect(refusalOf(() => redeem(given))).toEqual(unknown);
  });

  test("a partner's voucher is for its own cards, the operator's for all", () => {
    const partnerId = uuidV7();
    expect(redeem({ card: { partnerId }, voucher: { partnerId } }).cards).toHaveLength(2);
    expect(redeem({ card: { partnerId } }).cards).toHaveLength(2);
  });

  test.each<[string, Partial<Card>, Partial<BatchTerms>]>([
    ['CARD_NOT_RECHARGEABLE', {}, { type: 'STANDARD' }],
    ['CARD_NOT_RECHARGEABLE', {}, { type: 'DISPOSABLE' }],
    ['CARD_NOT_RECHARGEABLE', {}, { type: 'VOUCHER' }],
    ['CARD_INACTIVE', { status: 'INACTIVE' }, {}],
    ['CARD_DEACTIVATED', { status: 'DEACTIVATED' }, {}],
    ['CARD_IN_GRACE', { validUntil: past, graceUntil: future }, {}],
    ['CARD_CLOSED', { validUntil: past, graceUntil: past }, {}],
    ['CARD_CLOSED', { status: 'CLOSED' }, {}],
  ])('%s, whatever the PIN', (code, card, terms) => {
    const answers = [{}, ...badVouchers.map(([, given]) => given)].map((given) =>
      refusalOf(() => redeem({ ...given, card: { ...given.card, ...card }, terms })),
    );
    expect(new Set(answers.map((answer) => answer?.code))).toEqual(new Set([code]));
  });

  test('a good voucher of another currency is refused by name', () => {
    expect(refusalOf(() => redeem({ voucher: { currency: 'USD' } }))?.code).toBe('CURRENCY_MISMATCH');
  });

  test('a late job changes no outcome', () => {
    const days = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.option(fc.tuple(days, fc.integer({ min: 0, max: 10 }))), (validity) => {
        const validUntil = validity && addDays(NOW, validity[0]);
        const card = voucherLike({
          validUntil,
          graceUntil: validUntil && addDays(validUntil, validity[1]),
        });
        const noted = noteTime({ card, terms: termsLike({ type: 'VOUCHER' }) }, at).outcome;
        expect(refusalOf(() => redeem({ voucher: noted }))).toEqual(
          refusalOf(() => redeem({ voucher: card })),
        );
      }),
    );
  });
});

describe('a voucher', () => {
  const [card, terms] = [voucherLike(), voucherTerms];

  test('lets no caller in', () => {
    expect(canAuthenticate(card, { type: 'VOUCHER', known: true }, NOW)).toBe(false);
    expect(canAuthenticate(card, { type: 'STANDARD', known: false }, NOW)).toBe(true);
    expect(refusalOf(() => useForTheFirstTime({ card, terms, known: false }, at))?.code).toBe(
      'AUTHENTICATION_REFUSED',
    );
  });

  test('takes no number', () => {
    const number = '+390612345678';
    const present = { number, cardId: uuidV7(), createdAt: NOW };
    const asked = { card, terms, number, boundNumbers: 0 };
    expect(refusalOf(() => bindNumber({ ...asked, present: undefined }, at))?.code).toBe('CARD_IS_VOUCHER');
    expect(refusalOf(() => moveNumber({ ...asked, present }, at))?.code).toBe('CARD_IS_VOUCHER');
  });

  test('takes no money, and may be corrected downwards only', () => {
    const give = { card, terms, amount: EURO, currency: 'EUR' };
    expect(refusalOf(() => recharge({ ...give, wallet: null }, at))?.code).toBe('CARD_NOT_RECHARGEABLE');
    expect(refusalOf(() => adjustBalance({ ...give, reason: 'r' }, at))?.code).toBe('CARD_IS_VOUCHER');
    expect(adjustBalance({ ...give, amount: -EURO, reason: 'r' }, at).cards).toMatchObject([
      { balance: 4n * EURO },
    ]);
  });

  const order: BatchOrder = {
    name: 'Vouchers',
    type: 'VOUCHER',
    quantity: 1,
    currency: 'EUR',
    faceValue: EURO,
    validityDays: null,
    graceDays: 0,
    firstUseBy: future,
    callSurcharge: 0n,
    maxCallSeconds: null,
    fairUseDaySeconds: null,
    fairUseMonthSeconds: null,
    overflowRateGroupId: null,
    firstUseFee: null,
    maintenanceFee: null,
    maintenanceEveryDays: null,
    replacementAllowed: true,
    replacementFee: null,
    lowBalanceThreshold: null,
    maxConcurrentCalls: 1,
    maxBoundNumbers: 5,
    language: 'en',
    rateGroupId: uuidV7(),
    partnerId: null,
    rechargeMin: null,
    rechargeMax: null,
    rechargeExtendsDays: null,
    pinFormat: DEFAULT_PIN_FORMAT,
    serialPrefix: '',
  };

  test.each<[string, Partial<BatchOrder>]>([
    ['INVALID_AMOUNT', { faceValue: 0n }],
    ['INVALID_INPUT', { validityDays: 30 }],
    ['INVALID_INPUT', { rechargeMin: EURO }],
    ['INVALID_INPUT', { rechargeMax: EURO }],
    ['INVALID_INPUT', { rechargeExtendsDays: 30 }],
  ])('%s when its batch is ordered with terms that do not fit', (code, given) => {
    expect(checkBatchOrder(order, NOW)).toEqual(order);
    expect(refusalOf(() => checkBatchOrder({ ...order, ...given }, NOW))?.code).toBe(code);
  });
});
