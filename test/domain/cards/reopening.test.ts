import { v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import type { Card } from '../../../src/domain/cards/card.ts';
import { noteTime } from '../../../src/domain/cards/expiry.ts';
import { type Reopening, reopenCard } from '../../../src/domain/cards/reopening.ts';
import { Rejection } from '../../../src/domain/rejections/rejection.ts';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { addDays } from '../../../src/domain/values/calendar.ts';
import { cardLike, termsLike } from '../../harness/cards.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const A_YEAR_AHEAD = addDays(NOW, 365);
const at = (now: Date) => ({ now, actorId: 'test', newId: () => uuidV7() });
const terms = termsLike({ validityDays: 60, graceDays: 7, maintenanceEveryDays: 30, maintenanceFee: 1n });

/** A card in use, closed by a clock that was a year ahead. */
function closedByMistake(changes: Partial<Card> = {}) {
  const before = cardLike({
    status: 'ACTIVE',
    balance: 4_200_000n,
    activatedAt: addDays(NOW, -10),
    firstUsedAt: addDays(NOW, -10),
    validUntil: addDays(NOW, 50),
    graceUntil: addDays(NOW, 57),
    ...changes,
  });
  const { outcome, transfers = [] } = noteTime({ card: before, terms }, at(A_YEAR_AHEAD));
  expect(outcome).toMatchObject({ status: 'CLOSED', balance: 0n });
  const [taken] = transfers;
  const forfeiture = taken ? ({ ...taken, amount: taken.amount } as unknown as PostedTransfer) : null;
  return { before, card: outcome, forfeiture };
}

const reopen = (command: Partial<Reopening> & Pick<Reopening, 'card' | 'forfeiture'>, now = NOW) =>
  reopenCard({ terms, before: null, validUntil: null, reason: 'wrong clock', ...command }, at(now));

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
  return undefined;
}

test('a card that was closed by a wrong clock is as it was, and its balance returns from breakage', () => {
  const { before, card, forfeiture } = closedByMistake();
  const { outcome, transfers } = reopen({ card, forfeiture });
  expect(outcome).toMatchObject({
    status: 'ACTIVE',
    balance: before.balance,
    validUntil: before.validUntil,
    graceUntil: before.graceUntil,
    closedAt: null,
    dueAt: addDays(NOW, 30),
  });
  expect(transfers).toMatchObject([
    {
      kind: 'FORFEITURE_REVERSAL',
      amount: 4_200_000n,
      debit: { operator: { kind: 'BREAKAGE' } },
      reversesId: forfeiture?.id,
    },
  ]);
});

test('a lock comes back, except that of wrong PINs, and so does what took it out of service', () => {
  const { card, forfeiture } = closedByMistake();
  const opened = (before: Reopening['before']) => reopen({ card, forfeiture, before }).outcome;
  expect(opened({ status: 'ACTIVE', lockReason: 'REPORTED_LOST' })).toMatchObject({
    status: 'ACTIVE',
    lockReason: 'REPORTED_LOST',
    unlockAt: null,
  });
  expect(opened({ status: 'ACTIVE', lockReason: 'FAILED_ATTEMPTS' })).toMatchObject({ lockReason: null });
  expect(opened({ status: 'DEACTIVATED', lockReason: null })).toMatchObject({
    status: 'DEACTIVATED',
    nextFeeAt: null,
  });
  const unsold = closedByMistake({ status: 'INACTIVE', balance: 0n, activatedAt: null, firstUsedAt: null });
  expect(reopen(unsold).outcome).toMatchObject({ status: 'INACTIVE', balance: 0n });
});

test('a validity that is over by now needs a later end', () => {
  const { card, forfeiture } = closedByMistake();
  const later = addDays(NOW, 100);
  expect(codeOf(() => reopen({ card, forfeiture }, later))).toBe('INVALID_INPUT');
  expect(codeOf(() => reopen({ card, forfeiture, validUntil: addDays(later, -8) }, later))).toBe(
    'INVALID_INPUT',
  );
  expect(reopen({ card, forfeiture }, addDays(NOW, 52)).outcome.status).toBe('IN_GRACE');
  expect(reopen({ card, forfeiture, validUntil: addDays(later, 1) }, later).outcome).toMatchObject({
    status: 'ACTIVE',
    graceUntil: addDays(later, 8),
  });
});

test('a card that is open, was used up, redeemed or replaced stays what it is', () => {
  const { before, card, forfeiture } = closedByMistake();
  expect(codeOf(() => reopen({ card: before, forfeiture }))).toBe('CARD_NOT_CLOSED');
  expect(codeOf(() => reopen({ card: { ...card, replacedById: uuidV7() }, forfeiture }))).toBe(
    'CARD_REPLACED',
  );
  expect(codeOf(() => reopen({ card: { ...card, closedAt: NOW }, forfeiture }))).toBe('CARD_NOT_REOPENABLE');
  const disposable = { card, forfeiture, terms: termsLike({ ...terms, type: 'DISPOSABLE' }) };
  expect(codeOf(() => reopen(disposable))).toBe('CARD_NOT_REOPENABLE');
});
