import fc from 'fast-check';
import { v7 as uuidV7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { activateCards } from '../../../src/domain/cards/activation.ts';
import type { BatchTerms, Card } from '../../../src/domain/cards/card.ts';
import { cardState } from '../../../src/domain/cards/card-state.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { replaceCard } from '../../../src/domain/cards/replacement.ts';
import type { RuleContext } from '../../../src/domain/decision.ts';
import type { Side } from '../../../src/domain/transfer.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const at = (now: Date = NOW): RuleContext => ({ now, actorId: uuidV7(), newId: () => uuidV7() });
const EURO = 1_000_000n;

interface Asked {
  lost?: Partial<Card>;
  spare?: Partial<Card> | null;
  terms?: Partial<BatchTerms>;
  newTerms?: Partial<BatchTerms>;
  numbers?: readonly string[];
}

function replace({ lost = {}, spare = {}, terms = {}, newTerms = terms, numbers = [] }: Asked = {}) {
  const party = (card: Card, of: Partial<BatchTerms>, called: readonly string[]) => ({
    card,
    terms: termsLike(of),
    numbers: called,
  });
  const lostCard = cardLike({ balance: 5n * EURO, version: 4, activatedAt: addDays(NOW, -50), ...lost });
  const newCard = spare && cardLike({ status: 'INACTIVE', version: 0, ...spare });
  return replaceCard(
    {
      lost: party(lostCard, terms, numbers),
      spare: newCard ? party(newCard, newTerms, []) : undefined,
      reason: 'lost',
      reach: null,
    },
    at(),
  );
}

function codeOf(asked: Asked): string {
  try {
    replace(asked);
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const used = { firstUsedAt: addDays(NOW, -30), validUntil: addDays(NOW, 60), graceUntil: addDays(NOW, 70) };

describe('a replacement', () => {
  test('makes no money and loses none, and each transfer is a version of its card', () => {
    const amount = fc.bigInt({ min: 0n, max: 5n * EURO });
    fc.assert(
      fc.property(amount, amount, fc.option(amount), (balance, already, fee) => {
        const {
          cards = [],
          transfers = [],
          outcome,
        } = replace({
          lost: { balance },
          spare: { status: 'ACTIVE', balance: already },
          terms: { replacementFee: fee },
        });
        const [lost, successor] = cards;
        expect(lost?.balance).toBe(0n);
        expect(outcome.fee).toBe((fee ?? 0n) < balance ? (fee ?? 0n) : balance);
        expect(successor?.balance).toBe(already + balance - outcome.fee);
        expect(outcome.moved).toBe(balance - outcome.fee);
        const sums = new Map<string, bigint>();
        const add = (side: Side, change: bigint) => {
          const account = 'operator' in side ? side.operator.kind : 'card' in side ? side.card.id : 'wallet';
          sums.set(account, (sums.get(account) ?? 0n) + change);
        };
        for (const transfer of transfers) {
          add(transfer.debit, -transfer.amount);
          add(transfer.credit, transfer.amount);
        }
        expect(sums.get('REPLACEMENTS') ?? 0n).toBe(0n);
        expect(sums.get('FEES') ?? 0n).toBe(outcome.fee);
        expect(sums.get(outcome.cardId) ?? 0n).toBe(-balance);
        const versions = transfers.flatMap(({ debit }) => ('card' in debit ? [debit.card.version] : []));
        expect(new Set(versions).size).toBe(versions.length);
      }),
    );
  });

  test('hands the validity and the numbers on, and takes the lost card out of service for good', () => {
    const decision = replace({ lost: used, numbers: ['+390612340001', '+390612340002'] });
    const [lost, successor] = decision.cards ?? [];
    if (!lost || !successor) throw new Error('Two cards change.');
    expect(successor).toMatchObject({ ...used, status: 'ACTIVE', activatedAt: NOW, replacesId: lost.id });
    expect(successor.dueAt).toEqual(used.validUntil);
    expect(lost).toMatchObject({ status: 'DEACTIVATED', replacedById: successor.id });
    expect(decision.unbind).toEqual(['+390612340001', '+390612340002']);
    expect(decision.bind?.map(({ cardId }) => cardId)).toEqual([successor.id, successor.id]);
    const again = activateCards({ cards: [lost], terms: termsLike() }, at()).outcome;
    expect(again.refused.map(({ why }) => why.code)).toEqual(['CARD_REPLACED']);
    const closed = noteTime({ card: lost, terms: termsLike() }, at(used.graceUntil));
    expect(closed).toMatchObject({ outcome: { status: 'CLOSED' } });
    expect(closed.transfers).toBeUndefined();
  });

  test('of a card in grace stays in grace, of a locked one is not locked', () => {
    const ended = { ...used, validUntil: addDays(NOW, -1) };
    const [, inGrace] = replace({ lost: { ...ended, status: 'IN_GRACE' } }).cards ?? [];
    expect(inGrace && cardState(inGrace, NOW)).toBe('IN_GRACE');
    const [, free] = replace({ lost: { lockedAt: NOW, lockReason: 'REPORTED_LOST' } }).cards ?? [];
    expect(free && cardState(free, NOW)).toBe('ACTIVE');
  });

  test('of an empty card is an event without a transfer', () => {
    const { transfers, events = [] } = replace({ lost: { balance: 0n } });
    expect(transfers).toEqual([]);
    expect(
      events.map(({ type, payload }) => [type, 'change' in payload ? payload.change : undefined]),
    ).toEqual([
      ['CARD_REPLACED', undefined],
      ['CARD_REPLACED', undefined],
    ]);
  });

  test('keeps the rhythm of the maintenance fee, by the terms of the new card', () => {
    const monthly = { maintenanceFee: EURO, maintenanceEveryDays: 30 };
    const nextOf = (asked: Asked) => replace(asked).cards?.map(({ nextFeeAt }) => nextFeeAt);
    const lost = { ...used, nextFeeAt: addDays(NOW, 3) };
    expect(nextOf({ lost, terms: monthly })).toEqual([null, addDays(NOW, 3)]);
    expect(nextOf({ lost: { ...lost, nextFeeAt: addDays(NOW, -1) }, terms: monthly })).toEqual([
      null,
      addDays(NOW, 29),
    ]);
    expect(nextOf({ lost, terms: monthly, newTerms: {} })).toEqual([null, null]);
    expect(nextOf({ lost: used, newTerms: monthly })).toEqual([null, addDays(NOW, 30)]);
    expect(nextOf({ terms: monthly })).toEqual([null, null]);
  });

  const [past, future] = [addDays(NOW, -1), addDays(NOW, 1)];
  test.each<[string, Asked]>([
    ['CARD_REPLACED', { lost: { replacedById: uuidV7(), status: 'DEACTIVATED' } }],
    ['CARD_CLOSED', { lost: { status: 'CLOSED' } }],
    ['CARD_CLOSED', { lost: { validUntil: past, graceUntil: past } }],
    ['CARD_INACTIVE', { lost: { status: 'INACTIVE' } }],
    ['REPLACEMENT_NOT_ALLOWED', { terms: { replacementAllowed: false } }],
    ['CALLS_IN_PROGRESS', { lost: { callsInProgress: 1 } }],
    ['NO_SPARE_CARD', { spare: null }],
    ['PARTNER_MISMATCH', { spare: { partnerId: uuidV7() } }],
    ['CURRENCY_MISMATCH', { spare: { currency: 'USD' } }],
    ['CARD_REPLACED', { spare: { status: 'DEACTIVATED', replacedById: uuidV7() } }],
    ['CARD_ALREADY_USED', { spare: { status: 'ACTIVE', firstUsedAt: past } }],
    ['CARD_ALREADY_USED', { spare: { status: 'ACTIVE', replacesId: uuidV7() } }],
    ['CARD_CLOSED', { spare: { status: 'CLOSED' } }],
    ['CARD_CLOSED', { spare: { validUntil: past, graceUntil: past } }],
    ['CARD_DEACTIVATED', { spare: { status: 'DEACTIVATED' } }],
    ['CARD_LOCKED', { spare: { status: 'ACTIVE', lockedAt: past, lockReason: 'OPERATOR' } }],
    ['CARD_LOCKED', { spare: { lockedAt: past, lockReason: 'OPERATOR' } }],
    ['FIRST_USE_OVER', { spare: { validUntil: past, graceUntil: future } }],
    ['TOO_MANY_BINDINGS', { numbers: ['+390612340001'], newTerms: { maxBoundNumbers: 0 } }],
    ['ok', { newTerms: { maxBoundNumbers: 0, replacementAllowed: false } }],
    ['ok', { lost: { status: 'DEACTIVATED' } }],
    ['ok', { spare: { validUntil: future, graceUntil: future } }],
  ])('%s for %o', (code, asked) => expect(codeOf(asked)).toBe(code));
});
