import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { activateCards, deactivateCards } from '../../../src/domain/cards/activation.ts';
import type { Card } from '../../../src/domain/cards/card.ts';
import { cardState, dueAt } from '../../../src/domain/cards/card-state.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { useForTheFirstTime } from '../../../src/domain/cards/first-use.ts';
import { lockCard, unlockCard } from '../../../src/domain/cards/lock.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import { adjustBalance } from '../../../src/domain/money/adjustment.ts';
import { recharge } from '../../../src/domain/money/recharge.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { formatMicros, parseMicros } from '../../../src/domain/values/money.ts';
import { cardLike, partnerLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at = (now: Date = NOW): RuleContext => ({ now, actorId: uuidV7(), newId: () => uuidV7() });
const EURO = 1_000_000n;

/** The code a rule refuses with, or what it decided. */
function outcomeOf<Result>(rule: () => Result): Result | string {
  try {
    return rule();
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('money', () => {
  test('what is written is read back, for every amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (micros) => {
        expect(parseMicros(formatMicros(micros))).toBe(micros);
      }),
    );
  });

  test.each([
    ['10', 10_000_000n],
    ['9.95', 9_950_000n],
    ['-0.000001', -1n],
    ['1000000000', 10n ** 15n],
  ])('%s is read', (text, micros) => expect(parseMicros(text)).toBe(micros));

  test.each(['', '1e3', '1,5', '0x10', '1.0000001', 'NaN', '1000000000.000001', ' 1', '+1', '١'])(
    '%j is no amount',
    (text) => expect(outcomeOf(() => parseMicros(text))).toBe('INVALID_AMOUNT'),
  );

  test.each([
    [10_500_000n, '10.50'],
    [0n, '0.00'],
    [-1n, '-0.000001'],
    [1_234_567n, '1.234567'],
    [1_230_000n, '1.23'],
  ])('%s is written', (micros, text) => expect(formatMicros(micros)).toBe(text));
});

describe('the states of a card', () => {
  const [past, future] = [addDays(NOW, -1), addDays(NOW, 1)];
  test.each<[string, Partial<Card>]>([
    ['INACTIVE', { status: 'INACTIVE' }],
    ['EXPIRED', { status: 'INACTIVE', validUntil: past, graceUntil: past }],
    ['INACTIVE', { status: 'INACTIVE', validUntil: past, graceUntil: future }],
    ['ACTIVE', { status: 'ACTIVE', validUntil: future, graceUntil: future }],
    ['IN_GRACE', { status: 'ACTIVE', validUntil: past, graceUntil: future }],
    ['IN_GRACE', { status: 'ACTIVE', validUntil: NOW, graceUntil: future }],
    ['EXPIRED', { status: 'ACTIVE', validUntil: past, graceUntil: NOW }],
    ['LOCKED', { lockedAt: past, lockReason: 'OPERATOR' }],
    ['LOCKED', { lockedAt: past, lockReason: 'OPERATOR', unlockAt: future }],
    ['ACTIVE', { lockedAt: past, lockReason: 'OPERATOR', unlockAt: NOW }],
    ['IN_GRACE', { lockedAt: past, lockReason: 'OPERATOR', validUntil: past, graceUntil: future }],
    ['DEACTIVATED', { status: 'DEACTIVATED', lockedAt: past, lockReason: 'OPERATOR' }],
    ['EXPIRED', { status: 'DEACTIVATED', validUntil: past, graceUntil: past }],
    ['CLOSED', { status: 'CLOSED', graceUntil: past }],
  ])('%s', (state, card) => expect(cardState(cardLike(card), NOW)).toBe(state));

  test('the state changes by time only at the instants dueAt names', () => {
    fc.assert(
      fc.property(anyCard(), fc.integer({ min: 0, max: 40 * 24 }), (card, hours) => {
        const due = dueAt(card);
        const later = new Date(NOW.getTime() + hours * 3_600_000);
        if (due !== null && later >= due) return;
        if (due !== null && NOW >= due) return;
        expect(cardState(card, later)).toBe(cardState(card, NOW));
      }),
    );
  });

  test('a late job changes no outcome: every rule answers alike before and after time was noted', () => {
    const terms = termsLike({ rechargeExtendsDays: 10, graceDays: 5, validityDays: 30 });
    fc.assert(
      fc.property(anyCard(), (card) => {
        let noted = card;
        for (let step = 0; step < 3; step += 1) noted = noteTime({ card: noted, terms }, at()).outcome;
        const rules = (of: Card) => [
          outcomeOf(
            () => recharge({ card: of, terms, wallet: null, amount: EURO, currency: 'EUR' }, at()) && 'ok',
          ),
          outcomeOf(
            () =>
              lockCard({ card: of, reason: 'OPERATOR', unlockAt: null, note: null, by: null }, at()) && 'ok',
          ),
          outcomeOf(() => unlockCard({ card: of, terms, note: null, reach: null }, at()) && 'ok'),
          outcomeOf(() => useForTheFirstTime({ card: of, terms, known: false }, at()) && 'ok'),
          outcomeOf(() => activateCards({ cards: [of], terms }, at()).outcome.refused[0]?.why.code ?? 'ok'),
          outcomeOf(() => deactivateCards({ cards: [of], terms }, at()).outcome.refused[0]?.why.code ?? 'ok'),
          outcomeOf(
            () =>
              adjustBalance({ card: of, terms, amount: EURO, currency: 'EUR', reason: 'r' }, at()) && 'ok',
          ),
        ];
        expect(rules(noted)).toEqual(rules(card));
      }),
    );
  });

  test('noting time ends: nothing is due any more, and the balance is kept or forfeited whole', () => {
    fc.assert(
      fc.property(anyCard(), (card) => {
        let noted = card;
        let forfeited = 0n;
        for (let step = 0; step < 3; step += 1) {
          const decision = noteTime({ card: noted, terms: termsLike() }, at());
          for (const { kind, amount } of decision.transfers ?? []) {
            expect(kind).toBe('FORFEITURE');
            forfeited += amount;
          }
          noted = decision.outcome;
        }
        expect(noted.balance + forfeited).toBe(card.balance);
        expect(noted.dueAt === null || noted.dueAt > NOW).toBe(true);
        expect(noted.status === 'CLOSED').toBe(
          cardState(card, NOW) === 'EXPIRED' || card.status === 'CLOSED',
        );
      }),
    );
  });
});

describe('recharge', () => {
  const wallet = partnerLike({ balance: 10n * EURO, version: 3 });
  const give = (card: Partial<Card>, terms: Parameters<typeof termsLike>[0] = {}, amount = EURO) =>
    outcomeOf(() =>
      recharge({ card: cardLike(card), terms: termsLike(terms), wallet, amount, currency: 'EUR' }, at()),
    );

  test.each<[string, Partial<Card>, Parameters<typeof termsLike>[0], bigint]>([
    ['INVALID_AMOUNT', {}, {}, 0n],
    ['INVALID_AMOUNT', {}, {}, -EURO],
    ['CARD_NOT_RECHARGEABLE', {}, { type: 'STANDARD' }, EURO],
    ['CARD_NOT_RECHARGEABLE', {}, { type: 'DISPOSABLE' }, EURO],
    ['CARD_INACTIVE', { status: 'INACTIVE' }, {}, EURO],
    ['CARD_DEACTIVATED', { status: 'DEACTIVATED' }, {}, EURO],
    ['CARD_CLOSED', { status: 'CLOSED' }, {}, EURO],
    ['CARD_CLOSED', { validUntil: addDays(NOW, -9), graceUntil: addDays(NOW, -1) }, {}, EURO],
    ['CARD_IN_GRACE', { validUntil: addDays(NOW, -1), graceUntil: addDays(NOW, 1) }, {}, EURO],
    ['RECHARGE_OUT_OF_RANGE', {}, { rechargeMin: 2n * EURO }, EURO],
    ['RECHARGE_OUT_OF_RANGE', {}, { rechargeMax: EURO }, 2n * EURO],
    ['CURRENCY_MISMATCH', { currency: 'USD' }, {}, EURO],
    ['INSUFFICIENT_FUNDS', {}, {}, 11n * EURO],
  ])('%s', (code, card, terms, amount) => expect(give(card, terms, amount)).toBe(code));

  test('moves exactly the amount from the wallet to the card', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n * EURO }),
        fc.bigInt({ min: 0n, max: EURO }),
        (amount, balance) => {
          const card = cardLike({ balance, version: 7 });
          const decision = recharge({ card, terms: termsLike(), wallet, amount, currency: 'EUR' }, at());
          const [after] = decision.cards ?? [];
          const [paying] = decision.partners ?? [];
          expect(after).toMatchObject({ balance: balance + amount, version: 8 });
          expect(paying).toMatchObject({ balance: wallet.balance - amount, version: 4 });
          expect(decision.transfers).toHaveLength(1);
        },
      ),
    );
  });

  test('a locked card takes money and stays locked', () => {
    const decision = give({ lockedAt: NOW, lockReason: 'OPERATOR' });
    expect(decision).toMatchObject({ cards: [{ lockReason: 'OPERATOR', balance: EURO }] });
  });

  test('extends the validity from the later of now and its end, and brings a card back from grace', () => {
    const terms = { rechargeExtendsDays: 10, graceDays: 5 };
    const used = { firstUsedAt: addDays(NOW, -30), graceUntil: addDays(NOW, 9) };
    expect(give({ ...used, validUntil: addDays(NOW, 4) }, terms)).toMatchObject({
      cards: [{ validUntil: addDays(NOW, 14), graceUntil: addDays(NOW, 19) }],
    });
    expect(give({ ...used, status: 'IN_GRACE', validUntil: addDays(NOW, -1) }, terms)).toMatchObject({
      cards: [{ status: 'ACTIVE', validUntil: addDays(NOW, 10), graceUntil: addDays(NOW, 15) }],
    });
  });
});

describe('activation', () => {
  test('issues the face value once, however often a card is activated and deactivated', () => {
    const terms = termsLike();
    let card = cardLike({ status: 'INACTIVE' });
    for (let turn = 0; turn < 3; turn += 1) {
      [card = card] = activateCards({ cards: [card], terms }, at()).outcome.changed;
      [card = card] = deactivateCards({ cards: [card], terms }, at()).outcome.changed;
    }
    expect(card.balance).toBe(terms.faceValue);
    expect(card.version).toBe(6);
  });

  test('one event for each unbroken run of serials', () => {
    const cards = [1, 2, 3, 5, 6, 9].map((n) =>
      cardLike({ status: 'INACTIVE', serial: `T${String(n).padStart(10, '0')}` }),
    );
    const { events } = activateCards({ cards, terms: termsLike() }, at());
    expect(events?.map(({ fromNumber, toNumber }) => [fromNumber, toNumber])).toEqual([
      [0, 2],
      [4, 5],
      [8, 8],
    ]);
  });

  test('a card that cannot be activated holds up no other', () => {
    const cards = [cardLike({ status: 'CLOSED' }), cardLike(), cardLike({ status: 'INACTIVE' })];
    const { changed, refused } = activateCards({ cards, terms: termsLike() }, at()).outcome;
    expect(changed).toHaveLength(1);
    expect(refused.map(({ why }) => why.code)).toEqual(['CARD_CLOSED', 'CARD_ALREADY_ACTIVE']);
  });
});

/** Cards in every state that can be stored, with instants around NOW. */
function anyCard(): fc.Arbitrary<Card> {
  const days = fc.integer({ min: -20, max: 20 });
  return fc
    .record({
      status: fc.constantFrom('INACTIVE' as const, 'ACTIVE' as const, 'DEACTIVATED' as const),
      validity: fc.option(fc.tuple(days, fc.integer({ min: 0, max: 10 }))),
      lock: fc.option(fc.option(days)),
      balance: fc.bigInt({ min: 0n, max: 5n * EURO }),
      used: fc.boolean(),
    })
    .map(({ status, validity, lock, balance, used }) => {
      const validUntil = validity && addDays(NOW, validity[0]);
      const card = cardLike({
        status,
        balance: status === 'INACTIVE' ? 0n : balance,
        activatedAt: status === 'INACTIVE' ? null : addDays(NOW, -40),
        firstUsedAt: used && status !== 'INACTIVE' ? addDays(NOW, -30) : null,
        validUntil,
        graceUntil: validUntil && addDays(validUntil, validity[1]),
        ...(lock !== null && {
          lockedAt: addDays(NOW, -25),
          lockReason: 'OPERATOR' as const,
          unlockAt: lock === null ? null : addDays(NOW, lock),
        }),
      });
      return { ...card, dueAt: dueAt(card) };
    });
}
