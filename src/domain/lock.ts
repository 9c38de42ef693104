import type { BatchTerms, Card, LockReason } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState, dueAt, isLocked } from './card-state.ts';
import type { Circumstances, Decision } from './decision.ts';
import { nextFeeFrom } from './maintenance.ts';
import { CardAlreadyLocked, CardClosed, CardNotLocked } from './rejections/cards.ts';
import { InvalidInput } from './rejections/input.ts';

interface OfBatch {
  readonly card: Card;
  readonly terms: BatchTerms;
}

export interface Lock {
  readonly card: Card;
  readonly reason: LockReason;
  /** When the lock ends by itself; null: only unlockCard ends it. */
  readonly unlockAt: Date | null;
  readonly note: string | null;
}

/** Locks a card, in whatever state short of its end it is: money may come in, nothing goes out. */
export function lockCard({ card, reason, unlockAt, note }: Lock, at: Circumstances): Decision<Card> {
  const { serial } = card;
  if (unlockAt !== null && unlockAt <= at.now) {
    throw new InvalidInput({
      field: 'unlockAt',
      problem: 'is in the past: leave it out or name a later time.',
    });
  }
  refuseEnded(card, at.now);
  if (isLocked(card, at.now)) throw new CardAlreadyLocked({ serial, reason: card.lockReason ?? 'OPERATOR' });

  const locked = { ...card, lockedAt: at.now, lockReason: reason, unlockAt };
  const after: Card = { ...locked, version: card.version + 1, dueAt: dueAt(locked) };
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

/** Takes a lock away. Fails when there is none, so that two operators know which of them did it. */
export function unlockCard(
  { card, terms, note }: OfBatch & { note: string | null },
  at: Circumstances,
): Decision<Card> {
  refuseEnded(card, at.now);
  if (!isLocked(card, at.now)) throw new CardNotLocked({ serial: card.serial });
  return lockEnded({ card, terms, endedAt: at.now }, at, { note });
}

/** The lock's own end, noted by the expiry job. Null when it is not due. */
export function endTimedLock({ card, terms }: OfBatch, at: Circumstances): Decision<Card> | null {
  if (card.lockedAt === null || isLocked(card, at.now)) return null;
  return lockEnded({ card, terms, endedAt: card.unlockAt ?? at.now }, at, { note: null });
}

/** @param endedAt later than this the card owes its maintenance fee again, however late the job comes by */
function lockEnded(
  { card, terms, endedAt }: OfBatch & { endedAt: Date },
  at: Circumstances,
  details: { note: string | null },
): Decision<Card> {
  const nextFeeAt = nextFeeFrom(card, terms, endedAt);
  const unlocked = { ...card, lockedAt: null, lockReason: null, unlockAt: null, nextFeeAt };
  const after: Card = { ...unlocked, version: card.version + 1, dueAt: dueAt(unlocked) };
  return {
    outcome: after,
    cards: [after],
    events: [cardEvent('CARD_UNLOCKED', after, at.actorId, { reason: card.lockReason, ...details })],
  };
}

function refuseEnded(card: Card, now: Date): void {
  const state = cardState(card, now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial: card.serial });
}
