import type { BatchOrder } from '../batches/batch-order.ts';
import type { CardStatus, LockReason } from '../cards/card.ts';
import { type CardState, cardState, dueAt } from '../cards/card-state.ts';
import type { OwnTerms } from '../cards/card-terms.ts';
import { periodUntil } from '../cards/validity.ts';
import { addDays } from '../values/calendar.ts';
import type { FileCard } from './card-file.ts';

/** What is stored of a card from another system. */
export interface ImportedCard extends OwnTerms {
  readonly status: CardStatus;
  /** Its state, given its dates and its lock, at the time of the import. */
  readonly state: CardState;
  /** Micro-units on it, posted as its opening transfer. */
  readonly opening: bigint;
  /** Micro-units it receives at its first activation; null: its batch's face value. */
  readonly faceValue: bigint | null;
  readonly activatedAt: Date | null;
  readonly firstUsedAt: Date | null;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
  readonly lockedAt: Date | null;
  readonly lockReason: LockReason | null;
  readonly unlockAt: null;
  readonly nextFeeAt: Date | null;
  readonly dueAt: Date | null;
}

export type ImportTerms = Pick<
  BatchOrder,
  'validityDays' | 'graceDays' | 'firstUseBy' | 'maintenanceEveryDays'
>;

/**
 * A card as imported. A card in stock brings no money: it receives its value when it is activated, like every card, so
 * that stock is no liability before. A card that was in service brings its balance, whatever has happened to it since.
 * It keeps its validity and the terms it has of its own; without them it follows the batch's from its first use. Its next maintenance fee is due a
 * whole period from now: earlier fees are the old system's.
 */
export function importedCard(card: FileCard, terms: ImportTerms, now: Date): ImportedCard {
  const isStock = card.state === 'INACTIVE';
  const graceDays = card.ownGraceDays ?? terms.graceDays;
  const { validUntil, graceUntil } = periodUntil(validUntilOf(card, terms, now), { graceDays });
  const taken = {
    status: statusOf(card),
    activatedAt: isStock ? null : (card.activatedAt ?? card.firstUsedAt ?? now),
    firstUsedAt: card.firstUsedAt,
    validUntil,
    graceUntil,
    ownValidityDays: card.ownValidityDays,
    ownGraceDays: card.ownGraceDays,
    ownMaxBoundNumbers: card.ownMaxBoundNumbers,
    ownMaxConcurrentCalls: card.ownMaxConcurrentCalls,
    lockedAt: card.state === 'LOCKED' ? now : null,
    lockReason: card.state === 'LOCKED' ? card.lockReason : null,
    unlockAt: null,
    nextFeeAt: nextFeeAt(card, terms, now),
  };
  // Spread last: adding properties to a spread object afterwards costs V8 a hundred times as much.
  return {
    state: cardState(taken, now),
    opening: isStock ? 0n : (card.balance ?? 0n),
    faceValue: isStock ? card.balance : null,
    dueAt: dueAt(taken),
    ...taken,
  };
}

function statusOf({ state }: FileCard): CardStatus {
  return state === 'INACTIVE' || state === 'DEACTIVATED' ? state : 'ACTIVE';
}

function validUntilOf(card: FileCard, { validityDays, firstUseBy }: ImportTerms, now: Date): Date | null {
  if (card.state === 'EXPIRED') return card.expiresAt !== null && card.expiresAt < now ? card.expiresAt : now;
  if (card.expiresAt !== null) return card.expiresAt;
  if (card.firstUsedAt === null) return card.ownValidityDays === 0 ? null : firstUseBy;
  const days = card.ownValidityDays ?? validityDays;
  return days === null || days === 0 ? null : addDays(card.firstUsedAt, days);
}

function nextFeeAt({ firstUsedAt }: FileCard, { maintenanceEveryDays }: ImportTerms, now: Date): Date | null {
  return firstUsedAt === null || maintenanceEveryDays === null ? null : addDays(now, maintenanceEveryDays);
}
