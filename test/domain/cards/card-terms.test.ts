import { describe, expect, test } from 'vitest';
import { NO_OWN_TERMS, ownTermsOf, termsOf } from '../../../src/domain/cards/card-terms.ts';
import { useForTheFirstTime } from '../../../src/domain/cards/first-use.ts';
import { validityAfterRecharge } from '../../../src/domain/cards/validity.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, OPERATOR, termsLike } from '../../harness/cards.ts';

const now = new Date('2026-12-01T12:00:00Z');
const at = { now, actorId: OPERATOR.actorId, newId: () => '018f0000-0000-7000-8000-00000000000a' };
const batch = termsLike({ validityDays: 60, graceDays: 7, maxBoundNumbers: 5, maxConcurrentCalls: 1 });

describe('the terms of a card', () => {
  test("are its batch's, unchanged, when it has none of its own", () => {
    expect(termsOf(cardLike(), batch)).toBe(batch);
  });

  test('are its own where it has any', () => {
    const card = cardLike({ ownGraceDays: 0, ownMaxBoundNumbers: 0, ownMaxConcurrentCalls: 3 });
    expect(termsOf(card, batch)).toEqual({
      ...batch,
      graceDays: 0,
      maxBoundNumbers: 0,
      maxConcurrentCalls: 3,
    });
  });

  test.each([
    [null, null, addDays(now, 60), addDays(now, 67)],
    [90, null, addDays(now, 90), addDays(now, 97)],
    [90, 0, addDays(now, 90), addDays(now, 90)],
    [0, null, null, null],
  ])(
    'with %s days and %s of grace end after the first use at %s',
    (ownValidityDays, ownGraceDays, until, grace) => {
      const card = cardLike({ ownValidityDays, ownGraceDays });
      const { outcome } = useForTheFirstTime({ card, terms: termsOf(card, batch), known: false }, at);
      expect(outcome).toMatchObject({ validUntil: until, graceUntil: grace, firstUsedAt: now });
    },
  );

  test('with a date of its own keep it at the first use', () => {
    const [validUntil, graceUntil] = [addDays(now, 5), addDays(now, 12)];
    const card = cardLike({ ownValidityDays: 0, validUntil, graceUntil });
    const { outcome } = useForTheFirstTime({ card, terms: termsOf(card, batch), known: false }, at);
    expect(outcome).toMatchObject({ validUntil, graceUntil });
  });

  test('without an end stay so when it is recharged', () => {
    const card = cardLike({ ownValidityDays: 0, firstUsedAt: now });
    const terms = termsOf(card, { ...batch, rechargeExtendsDays: 30 });
    expect(validityAfterRecharge(card, terms, now)).toEqual({ validUntil: null, graceUntil: null });
  });

  test('go to the card in its place', () => {
    const lost = { ...NO_OWN_TERMS, ownValidityDays: 0, ownMaxBoundNumbers: 9 };
    const spare = { ...NO_OWN_TERMS, ownGraceDays: 3, ownMaxBoundNumbers: 1 };
    expect(ownTermsOf(lost, spare)).toEqual({ ...lost, ownGraceDays: 3 });
  });
});
