import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import { available, type Card } from '../../../src/domain/cards/card.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { replaceCard } from '../../../src/domain/cards/replacement.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import { adjustBalance } from '../../../src/domain/money/adjustment.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { reverseRecharge } from '../../../src/domain/money/reversal.ts';
import { topUpPartner } from '../../../src/domain/money/top-up.ts';
import { discountBack } from '../../../src/domain/money/wallet.ts';
import { BalanceTooLarge } from '../../../src/domain/rejections/recharges.ts';
import { Rejection } from '../../../src/domain/rejections/rejection.ts';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { MAX_AMOUNT_MICROS, MAX_BALANCE_MICROS } from '../../../src/domain/values/money.ts';
import { cardLike, partnerLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at: RuleContext = { now: NOW, actorId: uuidV7(), newId: () => uuidV7() };
const terms = termsLike();
const amounts = fc.bigInt({ min: 1n, max: 1_000_000n });

/** A card with a call in progress, whose hold is not to be touched. */
const cards = fc
  .tuple(fc.bigInt({ min: 0n, max: 1_000_000n }), fc.bigInt({ min: 0n, max: 1_000_000n }))
  .map(([free, held]) => cardLike({ balance: free + held, held, callsInProgress: 1 }));

function rechargeOf(card: Card, amount: bigint): PostedTransfer {
  return {
    id: uuidV7(),
    kind: 'RECHARGE',
    debitAccount: uuidV7(),
    creditAccount: card.id,
    amount,
    currency: 'EUR',
    cardId: card.id,
    cardVersion: 1,
    cardBalanceAfter: amount,
    partnerId: null,
    partnerVersion: null,
    walletBalanceAfter: null,
    reversesId: null,
    discount: 0n,
    callId: null,
    validUntilBefore: null,
    validUntilAfter: null,
    reason: null,
    actorId: uuidV7(),
    createdAt: NOW,
  };
}

const least = (...all: bigint[]) => all.reduce((a, b) => (b < a ? b : a));

test('a reversal takes what is asked, at most what the recharge gave, and nothing that a call holds', () => {
  fc.assert(
    fc.property(cards, amounts, fc.option(amounts), (card, given, amount) => {
      const recharge = rechargeOf(card, given);
      const none = { wallet: null, alreadyReversed: false, receivedSince: 0n, maxAgeDays: 30 };
      const reversal = { card, terms, ...none, recharge, amount, reason: 'r' };
      const takes = least(amount ?? given, given, available(card));
      if (takes === 0n) {
        expect(() => reverseRecharge(reversal, at)).toThrow(Rejection);
        return;
      }
      const { outcome, cards: [after] = [] } = reverseRecharge(reversal, at);
      expect(outcome.transfer.amount).toBe(takes);
      expect(after?.balance).toBe(card.balance - takes);
    }),
  );
});

test('a correction takes at most what no call holds, or nothing at all', () => {
  fc.assert(
    fc.property(cards, amounts, (card, amount) => {
      const asked = { card, terms, amount: -amount, currency: 'EUR', reason: 'r' };
      if (amount > available(card)) expect(() => adjustBalance(asked, at)).toThrow(Rejection);
      else expect(adjustBalance(asked, at).cards?.[0]?.balance).toBe(card.balance - amount);
    }),
  );
});

test('of a discount at least its share goes back, all of it with the whole recharge, and never more', () => {
  fc.assert(
    fc.property(amounts, amounts, amounts, (amount, part, share) => {
      const discount = least(share, amount);
      const reversed = least(part, amount);
      const back = discountBack({ amount, discount }, reversed);
      expect(back * amount).toBeGreaterThanOrEqual(discount * reversed);
      expect((back - 1n) * amount).toBeLessThan(discount * reversed);
      expect(discountBack({ amount, discount }, amount)).toBe(discount);
    }),
  );
});

test('a card whose grace is over is not closed while a call holds of it', () => {
  fc.assert(
    fc.property(cards, (card) => {
      const over = { ...card, validUntil: NOW, graceUntil: NOW };
      expect(noteTime({ card: over, terms }, at)).toEqual({ outcome: over });
      const settled = { ...over, balance: available(over), held: 0n, callsInProgress: 0 };
      expect(noteTime({ card: settled, terms }, at).outcome).toMatchObject({ status: 'CLOSED', balance: 0n });
    }),
  );
});

test('a card and a wallet take money up to a million million, and no further', () => {
  const order = { amount: MAX_AMOUNT_MICROS, currency: 'EUR' };
  const almost = MAX_BALANCE_MICROS - MAX_AMOUNT_MICROS;
  const fill = (balance: bigint) =>
    recharge({ card: cardLike({ balance }), terms, wallet: null, ...order }, at);
  const topUp = (balance: bigint) =>
    topUpPartner({ wallet: partnerLike({ balance }), other: null, reason: null, ...order }, at);
  const correct = (balance: bigint) =>
    adjustBalance({ card: cardLike({ balance }), terms, reason: 'r', ...order }, at);
  for (const put of [fill, correct]) {
    expect(put(almost).cards?.[0]?.balance).toBe(MAX_BALANCE_MICROS);
    expect(() => put(almost + 1n)).toThrow(BalanceTooLarge);
  }
  expect(topUp(almost).partners?.[0]?.balance).toBe(MAX_BALANCE_MICROS);
  expect(() => topUp(almost + 1n)).toThrow(BalanceTooLarge);
  expect(MAX_BALANCE_MICROS + 8n * MAX_BALANCE_MICROS).toBeLessThan(2n ** 63n);
});

test('what is recharged on a day is counted as far as any limit goes, and never overflows', () => {
  const today = { rechargedOn: '2026-06-01', rechargedToday: MAX_BALANCE_MICROS };
  const wallet = partnerLike({ balance: MAX_AMOUNT_MICROS, ...today });
  const order = { card: cardLike({ ...today }), terms, wallet, amount: MAX_AMOUNT_MICROS, currency: 'EUR' };
  const { cards = [], partners = [] } = recharge(order, at);
  expect([cards[0]?.rechargedToday, partners[0]?.rechargedToday]).toEqual([
    MAX_BALANCE_MICROS,
    MAX_BALANCE_MICROS,
  ]);
});

test('a card in the place of another has had its recharges of the day, beside its own', () => {
  const today = (rechargedToday: bigint) => ({ rechargedOn: '2026-06-01', rechargedToday });
  const lost = { card: cardLike({ balance: 5n, ...today(5n) }), terms, numbers: [] };
  const spare = { card: cardLike({ status: 'INACTIVE', ...today(2n) }), terms, numbers: [] };
  const { cards = [] } = replaceCard({ lost, spare, reason: 'lost', reach: null }, at);
  expect(cards[1]).toMatchObject({ ...today(7n), balance: 5n });
});
