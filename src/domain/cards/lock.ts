import type { Decision, RuleContext } from '../decision.ts';
import type { Branch } from '../partners/branch.ts';
import { NotAllowed } from '../rejections/access.ts';
import { CardAlreadyLocked, CardClosed, CardNotLocked } from '../rejections/cards.ts';
import { InvalidInput } from '../rejections/input.ts';
import type { BatchTerms, Card, LockReason } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState, dueAt, isLocked } from './card-state.ts';
import { nextFeeFrom } from './maintenance-fee.ts';

/**
 * Two kinds of lock.
 *
 * A manual lock (OPERATOR, SUSPECTED_FRAUD, REPORTED_LOST) is about the card: nobody calls with it, calls in progress
 * get no more time, and it ends by `unlockCard` or at the time that was set with it.
 *
 * A lock for FAILED_ATTEMPTS is about the keypad: somebody unknown entered wrong PINs with the card's serial. Only the
 * system sets it, always with an end, and only on a card in service. It refuses only PINs entered from a number that is
 * not known to the card; otherwise anybody who read a serial could lock out its owner. The owner can still use a bound
 * number, a number from which the PIN was entered with success before, an earlier token, and the calls in progress. The
 * lock closes only the way in that was tried.
 *
 * A partner may remove its own locks, those of partners below it, and those for FAILED_ATTEMPTS, but not the
 * operator's. Nor may it replace a card that it could not unlock.
 *
 * While a card is locked for FAILED_ATTEMPTS, `lockCard` may replace that lock with a manual one, which is the
 * stronger. The end of any lock clears the failures counted for the serial.
 */

interface OfBatch {
  readonly card: Card;
  readonly terms: BatchTerms;
}

export interface Lock {
  readonly card: Card;
  readonly reason: LockReason;
  /** When the lock ends automatically; null: only unlockCard ends it. */
  readonly unlockAt: Date | null;
  readonly note: string | null;
  /** The partner who locks it; null: the operator, or the system. */
  readonly by: string | null;
}

/** Locks a card in any state that is not final: money may come in, nothing goes out. */
export function lockCard({ card, reason, unlockAt, note, by }: Lock, at: RuleContext): Decision<Card> {
  const { serial } = card;
  if (unlockAt !== null && unlockAt <= at.now) {
    throw new InvalidInput({
      field: 'unlockAt',
      problem: 'is in the past: leave it out or name a later time.',
    });
  }
  if (reason === 'FAILED_ATTEMPTS') {
    throw new InvalidInput({
      field: 'reason',
      problem: 'FAILED_ATTEMPTS is set by the system alone: name another, such as SUSPECTED_FRAUD.',
    });
  }
  refuseEnded(card, at.now);
  if (isLocked(card, at.now) && card.lockReason !== 'FAILED_ATTEMPTS')
    throw new CardAlreadyLocked({ serial, reason: card.lockReason ?? 'OPERATOR' });
  return locked({ card, reason, unlockAt, note, by }, at);
}

/** The lock after too many wrong PINs with a serial. Null when the card is not in service or locked already. */
export function lockForFailures(
  { card, minutes }: { card: Card; minutes: number },
  at: RuleContext,
): Decision<Card> | null {
  if (cardState(card, at.now) !== 'ACTIVE') return null;
  const unlockAt = new Date(at.now.getTime() + minutes * 60_000);
  return locked({ card, reason: 'FAILED_ATTEMPTS', unlockAt, note: null, by: null }, at);
}

function locked({ card, reason, unlockAt, note, by }: Lock, at: RuleContext): Decision<Card> {
  const lockedCard = { ...card, lockedAt: at.now, lockReason: reason, unlockAt, lockedById: by };
  const after: Card = { ...lockedCard, version: card.version + 1, dueAt: dueAt(lockedCard) };
  return {
    outcome: after,
    cards: [after],
    events: [
      cardEvent('CARD_LOCKED', after, at.actorId, {
        reason,
        note,
        unlockAt: unlockAt?.toISOString() ?? null,
      }),
    ],
  };
}

/** Removes a lock. Fails when there is none, so that of two operators each knows which of them removed it. */
export function unlockCard(
  { card, terms, note, reach }: OfBatch & { note: string | null; reach: Branch | null },
  at: RuleContext,
): Decision<Card> {
  refuseEnded(card, at.now);
  if (!isLocked(card, at.now)) throw new CardNotLocked({ serial: card.serial });
  refuseLockOfOthers(card, reach);
  return lockEnded({ card, terms, endedAt: at.now }, at, { note });
}

/**
 * A manual lock is removed by the party that set it or by one above: the operator may remove a partner's, but not the
 * reverse.
 *
 * @throws NotAllowed
 */
export function refuseLockOfOthers({ lockReason, lockedById }: Card, reach: Branch | null): void {
  if (reach === null || lockReason === 'FAILED_ATTEMPTS' || reach.has(lockedById)) return;
  throw new NotAllowed({ problem: 'This card was locked from above you: ask for it to be unlocked there.' });
}

/** Ends a timed lock that has run out, for the expiry job. Null when it is not due. */
export function endTimedLock({ card, terms }: OfBatch, at: RuleContext): Decision<Card> | null {
  if (card.lockedAt === null || isLocked(card, at.now)) return null;
  return lockEnded({ card, terms, endedAt: card.unlockAt ?? at.now }, at, { note: null });
}

/** @param endedAt from then on the card owes its maintenance fee again, however late the job runs */
function lockEnded(
  { card, terms, endedAt }: OfBatch & { endedAt: Date },
  at: RuleContext,
  details: { note: string | null },
): Decision<Card> {
  const nextFeeAt = nextFeeFrom(card, terms, endedAt);
  const unlocked = { ...card, lockedAt: null, lockReason: null, unlockAt: null, lockedById: null, nextFeeAt };
  const after: Card = { ...unlocked, version: card.version + 1, dueAt: dueAt(unlocked) };
  return {
    outcome: after,
    cards: [after],
    clearedFailures: [card.serial],
    events: [cardEvent('CARD_UNLOCKED', after, at.actorId, { reason: card.lockReason, ...details })],
  };
}

function refuseEnded(card: Card, now: Date): void {
  const state = cardState(card, now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial: card.serial });
}
