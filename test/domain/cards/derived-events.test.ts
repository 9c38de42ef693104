import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activateCards, deactivateCards } from '../../../src/domain/cards/activation.ts';
import type { BatchTerms, Card } from '../../../src/domain/cards/card.ts';
import { derivedEvents, lowBalanceEvents } from '../../../src/domain/cards/derived-events.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { lockCard, unlockCard } from '../../../src/domain/cards/lock.ts';
import { replaceCard } from '../../../src/domain/cards/replacement.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { NewEvent } from '../../../src/domain/event.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const EURO = 1_000_000n;
let ids = 0;
const at = {
  now: NOW,
  actorId: '018f0000-0000-7000-8000-00000000000a',
  newId: () => {
    ids += 1;
    return `018f0000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  },
};

const told = (before: Card, after: Card, terms: BatchTerms) => lowBalanceEvents({ before, after, terms }, at);

describe('a low balance', () => {
  const terms = termsLike({ lowBalanceThreshold: 2n * EURO });
  const of = (balance: bigint, more: Partial<Card> = {}) => cardLike({ balance, ...more });

  test('is published once for each crossing, whatever the balance does', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 4n * EURO }), { minLength: 2 }), (balances) => {
        let isBelow = (balances[0] ?? 0n) < 2n * EURO;
        for (const [place, balance] of balances.slice(1).entries()) {
          const events = told(of(balances[place] ?? 0n), of(balance), terms);
          const falls = !isBelow && balance < 2n * EURO;
          expect(events).toHaveLength(falls ? 1 : 0);
          isBelow = balance < 2n * EURO;
        }
      }),
    );
  });

  test('is one below the threshold, with what is held counted in', () => {
    expect(told(of(3n * EURO), of(2n * EURO), terms)).toEqual([]);
    expect(told(of(3n * EURO), of(3n * EURO, { held: 3n * EURO }), terms)).toEqual([]);
    expect(told(of(2n * EURO), of(2n * EURO - 1n, { version: 7 }), terms)).toMatchObject([
      { type: 'LOW_BALANCE', payload: { threshold: '2.00', card: { balance: '1.999999', version: 7 } } },
    ]);
  });

  test.each<[string, Partial<Card>, Partial<BatchTerms>]>([
    ['a batch without a threshold', {}, { lowBalanceThreshold: null }],
    ['a card that is closed', { status: 'CLOSED' }, {}],
    ['a card that is taken out of service', { status: 'DEACTIVATED' }, {}],
  ])('is nothing to tell of %s', (_what, after, changed) => {
    expect(told(of(3n * EURO), of(0n, after), { ...terms, ...changed })).toEqual([]);
  });
});

describe('the state before', () => {
  const future = addDays(NOW, 1);
  const past = addDays(NOW, -1);
  const terms = termsLike({ rechargeExtendsDays: 10, graceDays: 5 });
  const card = cardLike();

  /** What the events of a decision say: type, card, state before. */
  const states = (decision: Decision<unknown>, ...cards: Card[]) => {
    const book = { cardIfAny: (id: string) => cards.find((each) => each.id === id), terms: () => terms };
    return (derivedEvents(decision, book, at).events ?? []).map(stateOf);
  };
  const stateBefore = ({ payload }: NewEvent) => ('stateBefore' in payload ? payload.stateBefore : undefined);
  const stateOf = (event: NewEvent) => [event.type, stateBefore(event)];
  const operator = { by: null, note: null, unlockAt: null, reason: 'OPERATOR' } as const;

  test('is published by what changes the state', () => {
    expect(states(lockCard({ card, ...operator }, at), card)).toEqual([['CARD_LOCKED', 'ACTIVE']]);
    const locked = cardLike({ lockedAt: past, lockReason: 'OPERATOR' });
    expect(states(unlockCard({ card: locked, terms, note: null, reach: null }, at), locked)).toEqual([
      ['CARD_UNLOCKED', 'LOCKED'],
    ]);
  });

  test('is published by a recharge that brings a card back, and by no other', () => {
    const again = { terms, wallet: null, amount: EURO, currency: 'EUR' };
    const grace = cardLike({ status: 'IN_GRACE', firstUsedAt: past, validUntil: past, graceUntil: future });
    expect(states(recharge({ card: grace, ...again }, at), grace)).toEqual([['CARD_RECHARGED', 'IN_GRACE']]);
    expect(states(recharge({ card, ...again }, at), card)).toEqual([['CARD_RECHARGED', undefined]]);
  });

  test('is what was published before, where time alone had changed it', () => {
    const over = cardLike({ validUntil: past, graceUntil: future });
    expect(states(noteTime({ card: over, terms }, at), over)).toEqual([['CARD_GRACE_STARTED', 'ACTIVE']]);
    const unlocked = cardLike({ lockedAt: addDays(NOW, -2), lockReason: 'OPERATOR', unlockAt: past });
    expect(states(noteTime({ card: unlocked, terms }, at), unlocked)).toEqual([['CARD_UNLOCKED', 'LOCKED']]);
  });

  test('is each of several cards its own', () => {
    const lost = cardLike({ balance: EURO, lockedAt: past, lockReason: 'REPORTED_LOST' });
    const spare = cardLike({ status: 'INACTIVE', serial: 'T0000000002' });
    const parties = {
      lost: { card: lost, terms, numbers: ['+390612345678'] },
      spare: { card: spare, terms, numbers: [] },
    };
    expect(states(replaceCard({ ...parties, reason: 'lost', reach: null }, at), lost, spare)).toEqual([
      ['CARD_REPLACED', 'LOCKED'],
      ['CARD_REPLACED', 'INACTIVE'],
      ['NUMBER_BOUND', undefined],
    ]);
  });

  test('and all else that is published for a range is true of each of its cards', () => {
    const nth = (n: number, changes: Partial<Card>) =>
      cardLike({ serial: `T000000000${n}`, status: 'INACTIVE', ...changes });
    const cards = [
      nth(1, {}),
      nth(2, {}),
      nth(3, { status: 'DEACTIVATED', activatedAt: past, balance: 5n * EURO }),
      nth(4, { validUntil: future, graceUntil: future }),
    ];
    const { events = [] } = activateCards({ cards, terms }, at);
    expect(events.map((event) => [event.fromNumber, event.toNumber, stateBefore(event)])).toEqual([
      [0, 1, 'INACTIVE'],
      [2, 2, 'DEACTIVATED'],
      [3, 3, 'INACTIVE'],
    ]);
    expect(deactivateCards({ cards: [card], terms }, at).events?.map(stateOf)).toEqual([
      ['CARDS_DEACTIVATED', 'ACTIVE'],
    ]);
  });
});
