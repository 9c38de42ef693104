import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stateForKnown } from '../../../src/domain/cards/card-state.ts';
import { lockCard, lockForFailures, unlockCard } from '../../../src/domain/cards/lock.ts';
import { InvalidInput } from '../../../src/domain/rejections/input.ts';
import { densityOf, type FormatInUse, guessesAllowed } from '../../../src/domain/security/guess-budget.ts';
import {
  delayedUntil,
  freeFailures,
  type GuessSourceKind,
  isAlarming,
  type SourceRecord,
} from '../../../src/domain/security/guessing.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2027-01-01T00:00:00Z');
const at = { now: NOW, actorId: 'a', newId: () => 'id' };

const record = (failures: number, successes = 0, serials = 0): SourceRecord => ({
  failures,
  successes,
  serials,
  countedAt: NOW,
});
const delayMs = (kind: GuessSourceKind, of: SourceRecord) =>
  (delayedUntil(kind, of)?.getTime() ?? NOW.getTime()) - NOW.getTime();

const kinds = fc.constantFrom<GuessSourceKind>('CALLER_NUMBER', 'ACCESS_NUMBER', 'CREDENTIAL', 'ADDRESS');

describe('a source', () => {
  test('waits longer with each failure, from none to a quarter of an hour', () => {
    expect([4, 5, 6, 7, 8, 20].map((n) => delayMs('CALLER_NUMBER', record(n)) / 1_000)).toEqual([
      0, 2, 4, 8, 16, 900,
    ]);
    expect([999, 1_000, 1_200, 1_400].map((n) => delayMs('ADDRESS', record(n)) / 1_000)).toEqual([
      0, 2, 4, 8,
    ]);
  });

  test('never waits less for more failures, and has free ones exactly while it need not wait', () => {
    fc.assert(
      fc.property(kinds, fc.nat(3_000), fc.nat(3_000), fc.nat(3_000), (kind, failures, more, successes) => {
        const [before, after] = [record(failures, successes), record(failures + more, successes)];
        expect(delayMs(kind, after)).toBeGreaterThanOrEqual(delayMs(kind, before));
        expect(delayMs(kind, before)).toBeLessThanOrEqual(900_000);
        expect(freeFailures(kind, before) > 0).toBe(delayedUntil(kind, before) === null);
      }),
    );
  });

  test('that many share is made up for by those who succeed; a person with a card of his own is not', () => {
    expect(delayMs('CREDENTIAL', record(5_000, 4_500))).toBe(0);
    expect(isAlarming('CREDENTIAL', record(5_000, 5_000))).toBe(false);
    expect(isAlarming('CREDENTIAL', record(5_000, 4_500))).toBe(true);
    expect(delayMs('CALLER_NUMBER', record(6, 1_000))).toBe(4_000);
  });
});

const formats = fc.array(
  fc
    .record({
      length: fc.integer({ min: 6, max: 12 }),
      possible: fc.bigInt({ min: 1_000_001n, max: 10n ** 20n }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(
      ({ length, possible, share }): FormatInUse => ({
        format: `${length}|${possible}`,
        length,
        possible,
        // As many as the rule of density allows, or fewer.
        cards: Math.floor(Number((possible - 1n) / 1_000_000n) * share),
      }),
    ),
  { maxLength: 8 },
);

describe('the guess budget', () => {
  test('of all ways together finds less than a hundredth of a card, whatever the batches', () => {
    fc.assert(
      fc.property(formats, fc.integer({ min: 10, max: 10 ** 8 }), (given, ceiling) => {
        const alone = guessesAllowed('PIN', given, ceiling);
        const vouchers = guessesAllowed('VOUCHER', given, ceiling);
        const named = guessesAllowed('SERIAL_AND_PIN', given, ceiling);
        expect(alone).toBeLessThanOrEqual(ceiling);
        for (const { length } of given) {
          const same = given.filter((format) => format.length === length);
          const hit = same.reduce((sum, format) => sum + densityOf(format), 0);
          const one = Math.max(...same.map(({ cards, possible }) => (cards > 0 ? 1 / Number(possible) : 0)));
          expect((alone + vouchers) * hit + named * one).toBeLessThanOrEqual(0.01);
        }
      }),
    );
  });

  test('is the ceiling while the cards are spread thinly, and never more', () => {
    const thin = { format: 'thin', length: 14, possible: 10n ** 14n, cards: 400_000 };
    const dense = { format: 'dense', length: 8, possible: 10n ** 8n, cards: 90 };
    expect(guessesAllowed('PIN', [thin], 200_000)).toBe(200_000);
    expect(guessesAllowed('PIN', [thin, dense], 200_000)).toBe(4_444);
    expect(guessesAllowed('SERIAL_AND_PIN', [thin, dense], 200_000)).toBe(200_000);
    expect(guessesAllowed('PIN', [], 200_000)).toBe(200_000);
  });
});

describe('a lock for failed attempts', () => {
  const card = cardLike();
  const locked = lockForFailures({ card, minutes: 30 }, at)?.outcome ?? card;

  test('has an end, and is about the keypad only', () => {
    expect(locked).toMatchObject({ lockReason: 'FAILED_ATTEMPTS', lockedAt: NOW, version: 1 });
    expect(locked.unlockAt?.getTime()).toBe(NOW.getTime() + 30 * 60_000);
    expect(locked.dueAt).toEqual(locked.unlockAt);
    expect(stateForKnown(locked, NOW)).toBe('ACTIVE');
    const byHand = lockCard({ card, reason: 'OPERATOR', unlockAt: null, note: null, by: null }, at).outcome;
    expect(stateForKnown(byHand, NOW)).toBe('LOCKED');
  });

  test('is set on a card in service alone, and once', () => {
    for (const status of ['INACTIVE', 'IN_GRACE', 'DEACTIVATED', 'CLOSED'] as const) {
      const other = cardLike({ status, ...(status === 'IN_GRACE' && { validUntil: NOW }) });
      expect(lockForFailures({ card: other, minutes: 30 }, at)).toBeNull();
    }
    expect(lockForFailures({ card: locked, minutes: 30 }, at)).toBeNull();
  });

  test('is not given by hand, gives way to one that is, and is forgotten when it ends', () => {
    const byHand = { unlockAt: null, note: null, by: null };
    expect(() => lockCard({ card, reason: 'FAILED_ATTEMPTS', ...byHand }, at)).toThrow(InvalidInput);
    expect(lockCard({ card: locked, reason: 'OPERATOR', ...byHand }, at).outcome.lockReason).toBe('OPERATOR');
    const unlocked = unlockCard({ card: locked, terms: termsLike(), note: null, reach: null }, at);
    expect(unlocked.clearedFailures).toEqual([card.serial]);
  });
});
