import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type Call, type CallRating, withAnswer } from '../../../src/domain/calls/call.ts';
import { expiryOf } from '../../../src/domain/calls/call-authorization.ts';
import { extendCall } from '../../../src/domain/calls/call-extension.ts';
import { nextGrant, priceOf } from '../../../src/domain/calls/call-grant.ts';
import { abandonCall, cancelCall, completeCall } from '../../../src/domain/calls/call-settlement.ts';
import { available, type Card } from '../../../src/domain/cards/card.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at = (now: Date = NOW): RuleContext => ({ now, actorId: uuidV7(), newId: () => uuidV7() });
const terms = termsLike({ maxConcurrentCalls: 2 });

const ratings: fc.Arbitrary<CallRating> = fc.record({
  rateGroupId: fc.constant('g'),
  prefix: fc.constant('39'),
  destination: fc.constant('Italy'),
  timeBand: fc.constant(null),
  tariff: fc.record({
    ratePer1e8Minute: fc.bigInt({ min: 0n, max: 50_000_000n }),
    connectionFee: fc.bigInt({ min: 0n, max: 50_000n }),
    initialIncrementSeconds: fc.integer({ min: 1, max: 60 }),
    incrementSeconds: fc.integer({ min: 1, max: 60 }),
    freeSeconds: fc.constantFrom(0, 10),
    minimumCharge: fc.constantFrom(0n, 20_000n),
  }),
  surcharge: fc.bigInt({ min: 0n, max: 50_000n }),
  included: fc.constant(false),
  sliceSeconds: fc.constant(300),
  maxSeconds: fc.constant(86_400),
  maxCharge: fc.constant(null),
});

/** A call that was authorized on a card with a second call in progress, whose hold is not this one's to spend. */
const inProgress = fc
  .record({
    rating: ratings,
    funds: fc.bigInt({ min: 0n, max: 2_000_000n }),
    others: fc.bigInt({ min: 0n, max: 500_000n }),
  })
  .map(({ rating, funds, others }) => {
    const free = cardLike({ balance: funds + others, held: others, callsInProgress: 1 });
    const grant = nextGrant({
      rating,
      card: free,
      terms,
      usedSeconds: 0,
      grantedSeconds: 0,
      funds,
      requestedSeconds: null,
      now: NOW,
    });
    const held = priceOf(rating, grant.seconds);
    const card: Card = { ...free, held: others + held, callsInProgress: 2 };
    const call = withAnswer(
      { ...authorized(card), rating, held, expiresAt: expiryOf(grant.seconds, NOW) },
      0,
      grant,
    );
    return { call, card, others, granted: grant.seconds };
  })
  .filter(({ granted }) => granted > 0);

const seconds = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 86_400 }));
const end = { hangupCause: null, answeredAt: null, endedAt: null };
const late = (call: Call) => new Date((call.expiresAt ?? NOW).getTime());

describe('the end of a call', () => {
  test('posts what it cost, at most what the card has beside other holds, and notes the rest', () => {
    fc.assert(
      fc.property(inProgress, seconds, ({ call, card, others }, totalSeconds) => {
        const { outcome, transfers = [] } = completeCall({ call, card, terms, totalSeconds, ...end }, at());
        const { charge, surchargePosted, uncollected } = outcome.call;
        const cost = call.rating ? priceOf(call.rating, totalSeconds) : 0n;
        expect(charge + surchargePosted + uncollected).toBe(cost);
        expect(card.balance - outcome.card.balance).toBe(charge + surchargePosted);
        expect(outcome.card.held).toBe(others);
        expect(outcome.card.callsInProgress).toBe(1);
        expect(available(outcome.card)).toBeGreaterThanOrEqual(0n);
        if (uncollected > 0n) expect(available(outcome.card)).toBe(0n);
        expect(transfers.reduce((sum, { amount }) => sum + amount, 0n)).toBe(charge + surchargePosted);
      }),
    );
  });

  test('within what was granted always collects all', () => {
    fc.assert(
      fc.property(inProgress, fc.double({ min: 0, max: 1, noNaN: true }), ({ call, card, granted }, part) => {
        const totalSeconds = Math.floor(granted * part);
        const { outcome } = completeCall({ call, card, terms, totalSeconds, ...end }, at());
        expect(outcome.call.uncollected).toBe(0n);
      }),
    );
  });

  test('after it was abandoned posts the difference, whichever way, and comes to the same', () => {
    fc.assert(
      fc.property(inProgress, seconds, seconds, ({ call, card }, usedSeconds, totalSeconds) => {
        const direct = completeCall({ call, card, terms, totalSeconds, ...end }, at()).outcome;
        const silent = abandonCall({ call: { ...call, usedSeconds }, card, terms }, at(late(call))).outcome;
        expect(silent.call.state).toBe('ABANDONED');
        const ended = completeCall({ ...silent, terms, totalSeconds, ...end }, at(late(call))).outcome;
        expect(ended.card).toMatchObject({ balance: direct.card.balance, held: direct.card.held });
        expect(ended.call.charge + ended.call.surchargePosted).toBe(
          direct.call.charge + direct.call.surchargePosted,
        );
        expect(ended.call.uncollected).toBe(direct.call.uncollected);
      }),
    );
  });

  test('moves nothing on a closed card, in neither direction', () => {
    fc.assert(
      fc.property(inProgress, seconds, seconds, ({ call, card }, usedSeconds, totalSeconds) => {
        const silent = abandonCall({ call: { ...call, usedSeconds }, card, terms }, at(late(call))).outcome;
        const closed: Card = { ...silent.card, status: 'CLOSED', balance: 0n, held: 0n };
        const tooLate = { call: silent.call, card: closed, terms, totalSeconds, ...end };
        const { outcome, transfers } = completeCall(tooLate, at(late(call)));
        expect(transfers).toEqual([]);
        expect(outcome.card.balance).toBe(0n);
        expect(outcome.call.uncollected).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test('is no cancellation once use was reported', () => {
    fc.assert(
      fc.property(inProgress, fc.integer({ min: 1, max: 86_400 }), ({ call, card }, usedSeconds) => {
        const cancel = () => cancelCall({ call: { ...call, usedSeconds }, card, terms }, at());
        expect(cancel).toThrow(`has reported ${usedSeconds} second`);
      }),
    );
  });

  test('that was never answered gives all of its hold back', () => {
    fc.assert(
      fc.property(inProgress, ({ call, card, others }) => {
        const { outcome, transfers } = cancelCall({ call, card, terms }, at());
        expect(outcome.card).toMatchObject({ balance: card.balance, held: others, callsInProgress: 1 });
        expect(transfers).toEqual([]);
      }),
    );
  });
});

test('an extension never holds more than the card has, nor forgets what was reported before', () => {
  fc.assert(
    fc.property(
      inProgress,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), seconds), { maxLength: 8 }),
      ({ call, card, others }, reports) => {
        let now = { call, card };
        for (const [requestNumber, usedSeconds] of reports) {
          const before = now;
          const request = { ...now, terms, requestNumber, usedSeconds, requestedSeconds: null };
          now = extendCall(request, at()).outcome;
          expect(now.card.held).toBe(others + now.call.held);
          expect(available(now.card)).toBeGreaterThanOrEqual(0n);
          expect(now.call.usedSeconds).toBeGreaterThanOrEqual(before.call.usedSeconds);
        }
      },
    ),
  );
});

function authorized(card: Card): Call {
  return {
    id: uuidV7(),
    scope: 'switch',
    switchCallId: 'c',
    fingerprint: '',
    cardId: card.id,
    batchId: card.batchId,
    partnerId: null,
    currency: 'EUR',
    number: '+390612345678',
    accessNumber: null,
    state: 'AUTHORIZED',
    refusal: null,
    rating: null,
    requestNumber: 0,
    answers: [],
    usedSeconds: 0,
    granted: { seconds: 0, limit: 'ENDED' },
    held: 0n,
    charge: 0n,
    surchargePosted: 0n,
    uncollected: 0n,
    terminating: false,
    usageDay: null,
    expiresAt: null,
    authorizedAt: NOW,
    answeredAt: null,
    endedAt: null,
    settledAt: null,
    hangupCause: null,
  };
}
