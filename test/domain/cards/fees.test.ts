import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { activateCards, deactivateCards } from '../../../src/domain/cards/activation.ts';
import { available, type Card } from '../../../src/domain/cards/card.ts';
import { dueAt } from '../../../src/domain/cards/card-state.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { chargeFee } from '../../../src/domain/cards/fee.ts';
import { useForTheFirstTime } from '../../../src/domain/cards/first-use.ts';
import { lockCard, unlockCard } from '../../../src/domain/cards/lock.ts';
import { PERIODS_AT_ONCE } from '../../../src/domain/cards/maintenance-fee.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at = (now: Date = NOW): RuleContext => ({ now, actorId: uuidV7(), newId: () => uuidV7() });
const EURO = 1_000_000n;

const terms = termsLike({
  maintenanceFee: EURO,
  maintenanceEveryDays: 30,
  graceDays: 10,
  rechargeExtendsDays: 90,
});

/** A card in service that has the given changes, with the job's instant that follows from them. */
function inService(changes: Partial<Card> = {}): Card {
  const card = cardLike({ balance: 10n * EURO, firstUsedAt: addDays(NOW, -100), nextFeeAt: NOW, ...changes });
  return { ...card, dueAt: dueAt(card) };
}

const noted = (card: Card, now: Date = NOW) => noteTime({ card, terms }, at(now));

describe('a fee', () => {
  const amounts = fc.bigInt({ min: 0n, max: 5n * EURO });

  test('takes what is asked, at most what is available, and says so in one transfer of the same amount', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (amount, balance, part) => {
        const card = cardLike({ balance, held: part < balance ? part : balance, version: 3 });
        const fee = { kind: 'FIRST_USE_FEE', amount, reason: 'r' } as const;
        const { card: after, transfers, events } = chargeFee(card, fee, at());
        const taken = card.balance - after.balance;
        expect(taken).toBe(amount < available(card) ? amount : available(card));
        expect(after.balance).toBeGreaterThanOrEqual(after.held);
        expect(transfers.map((transfer) => transfer.amount)).toEqual(taken > 0n ? [taken] : []);
        expect(events).toHaveLength(transfers.length);
        expect(after.version).toBe(3 + transfers.length);
      }),
    );
  });

  test('of none is nothing', () => {
    const card = cardLike({ balance: EURO });
    expect(chargeFee(card, { kind: 'FIRST_USE_FEE', amount: null, reason: 'r' }, at())).toEqual({
      card,
      transfers: [],
      events: [],
    });
  });
});

describe('the first use', () => {
  const use = (card: Card, given: Parameters<typeof termsLike>[0]) =>
    useForTheFirstTime({ card, terms: termsLike(given), known: false }, at());

  test('takes its fee once and begins the periods of maintenance', () => {
    const given = { firstUseFee: EURO, maintenanceFee: EURO, maintenanceEveryDays: 30 };
    const first = use(cardLike({ balance: 5n * EURO }), given);
    expect(first.outcome).toMatchObject({ balance: 4n * EURO, version: 2, nextFeeAt: addDays(NOW, 30) });
    expect(first.outcome.dueAt).toEqual(addDays(NOW, 30));
    expect(first.transfers).toMatchObject([{ kind: 'FIRST_USE_FEE', amount: EURO }]);
    expect(first.events?.map(({ type }) => type)).toEqual(['CARD_FIRST_USED', 'FEE_CHARGED']);
    const second = use(first.outcome, given);
    expect(second).toEqual({ outcome: first.outcome });
  });

  test('of a card with less takes what is there, of an empty one nothing', () => {
    expect(use(cardLike({ balance: 3n }), { firstUseFee: EURO })).toMatchObject({
      outcome: { balance: 0n },
      transfers: [{ amount: 3n }],
    });
    expect(use(cardLike(), { firstUseFee: EURO })).toMatchObject({
      outcome: { version: 1 },
      transfers: [],
    });
  });
});

describe('the maintenance fee', () => {
  test('is one transfer for each period that has passed, the period in its reason', () => {
    const { outcome, transfers } = noted(inService(), addDays(NOW, 65));
    expect(transfers?.map(({ kind, amount, reason }) => [kind, amount, reason])).toEqual([
      ['MAINTENANCE_FEE', EURO, 'maintenance from 2026-05-02 to 2026-06-01'],
      ['MAINTENANCE_FEE', EURO, 'maintenance from 2026-06-01 to 2026-07-01'],
      ['MAINTENANCE_FEE', EURO, 'maintenance from 2026-07-01 to 2026-07-31'],
    ]);
    expect(outcome).toMatchObject({ balance: 7n * EURO, version: 3, nextFeeAt: addDays(NOW, 90) });
    expect(noted(outcome, addDays(NOW, 65))).toEqual({ outcome });
  });

  test('however often and late the job comes, a card pays each period once and never goes below zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 8n * EURO }),
        fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }),
        (balance, pauses) => {
          let card = inService({ balance });
          let [days, paid] = [0, 0n];
          for (const pause of pauses) {
            days += pause;
            const { outcome, transfers = [] } = noted(card, addDays(NOW, days));
            for (const { amount } of transfers) paid += amount;
            card = outcome;
            expect(card.balance).toBeGreaterThanOrEqual(0n);
          }
          const owed = pauses.length === 0 ? 0n : BigInt(Math.floor(days / 30) + 1) * EURO;
          expect(paid).toBe(owed < balance ? owed : balance);
          expect(card.balance).toBe(balance - paid);
        },
      ),
    );
  });

  test('leaves what is held, and an empty card pays nothing and owes nothing later', () => {
    const { outcome, transfers } = noted(inService({ balance: EURO, held: EURO }));
    expect(transfers).toEqual([]);
    expect(outcome).toMatchObject({ balance: EURO, version: 1, nextFeeAt: addDays(NOW, 30) });
  });

  test('is bounded in one decision; the next goes on where it ended', () => {
    const late = addDays(NOW, 30 * 149);
    const card = inService({ balance: 1000n * EURO });
    const first = noted(card, late);
    expect(first.transfers).toHaveLength(PERIODS_AT_ONCE);
    expect(first.outcome.dueAt?.getTime()).toBeLessThanOrEqual(late.getTime());
    expect(noted(first.outcome, late).transfers).toHaveLength(50);
  });

  test.each<[string, Partial<Card>]>([
    ['inactive', { status: 'INACTIVE' }],
    ['deactivated', { status: 'DEACTIVATED' }],
    ['locked', { lockedAt: addDays(NOW, -1), lockReason: 'OPERATOR' }],
    ['in grace', { status: 'IN_GRACE', validUntil: addDays(NOW, -1), graceUntil: addDays(NOW, 9) }],
    ['past its validity', { validUntil: addDays(NOW, -1), graceUntil: addDays(NOW, 9) }],
    ['closed', { status: 'CLOSED', balance: 0n }],
  ])('is not paid by a card that is %s', (_state, changes) => {
    const card = inService({ nextFeeAt: addDays(NOW, -1), ...changes });
    expect(noted(card).transfers ?? []).toEqual([]);
    expect(card.dueAt?.getTime() === card.nextFeeAt?.getTime()).toBe(
      changes.validUntil !== undefined && card.status === 'ACTIVE',
    );
  });

  const back = { nextFeeAt: addDays(NOW, 60), dueAt: addDays(NOW, 60) };
  const later = at(addDays(NOW, 45));

  test('skips the periods that passed while the card was locked by hand', () => {
    const lock = { card: inService(), reason: 'OPERATOR', unlockAt: null, note: null, by: null } as const;
    const locked = lockCard(lock, at(addDays(NOW, -1))).outcome;
    expect(locked.dueAt).toBeNull();
    expect(unlockCard({ card: locked, terms, note: null, reach: null }, later).outcome).toMatchObject(back);
  });

  test('skips the periods up to the end of a timed lock only, however late the job', () => {
    const lock = {
      card: inService(),
      reason: 'OPERATOR',
      unlockAt: addDays(NOW, 10),
      note: null,
      by: null,
    } as const;
    const locked = lockCard(lock, at(addDays(NOW, -1))).outcome;
    const unlocked = noted(locked, addDays(NOW, 45));
    expect(unlocked).toMatchObject({ outcome: { nextFeeAt: addDays(NOW, 30), lockedAt: null } });
    expect(noted(unlocked.outcome, addDays(NOW, 45)).transfers).toHaveLength(1);
  });

  test('skips the periods that passed while the card was deactivated, or in grace', () => {
    const [away] = deactivateCards({ cards: [inService()], terms }, at(addDays(NOW, -1))).outcome.changed;
    if (!away) throw new Error('It was not deactivated.');
    expect(activateCards({ cards: [away], terms }, later).outcome.changed).toMatchObject([back]);
    const inGrace = inService({ validUntil: addDays(NOW, -1), graceUntil: addDays(NOW, 50) });
    const asked = { card: inGrace, terms, wallet: null, amount: EURO, currency: 'EUR' };
    expect(recharge(asked, later).cards).toMatchObject([back]);
  });
});
