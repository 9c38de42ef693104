import type { BatchOrder } from '../batches/card-batch.ts';
import type { CardStatus, LockReason } from '../cards/card.ts';
import { type CardState, cardState, dueAt } from '../cards/card-state.ts';
import { addDays, periodUntil } from '../cards/validity.ts';
import type { FileCard } from './card-file.ts';

/** What is stored of a card that comes from another system. */
export interface ImportedCard {
  readonly status: CardStatus;
  /** What it is, with its dates and its lock, at the time of the import. */
  readonly state: CardState;
  /** Micro-units that are on it, to be posted as its opening movement. */
  readonly opening: bigint;
  /** Micro-units that it gets at its first activation in place of the batch's face value; null: that. */
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
 * A card as it is taken over. One in stock brings no money: what it is worth is issued to it when it is activated, as
 * to every card, so that stock is no liability before. One that was in service brings its balance, whatever has
 * become of it since. Its validity is the one it was given; without one it follows the batch's rule from its first
 * use. Its next maintenance fee is due a whole period from now: what was owed before is the old system's.
 */
export function importedCard(card: FileCard, terms: ImportTerms, now: Date): ImportedCard {
  const isStock = card.state === 'INACTIVE';
  const { validUntil, graceUntil } = periodUntil(validUntilOf(card, terms, now), terms);
  const taken = {
    status: statusOf(card),
    activatedAt: isStock ? null : (card.activatedAt ?? card.firstUsedAt ?? now),
    firstUsedAt: card.firstUsedAt,
    validUntil,
    graceUntil,
    lockedAt: card.state === 'LOCKED' ? now : null,
    lockReason: card.state === 'LOCKED' ? card.lockReason : null,
    unlockAt: null,
    nextFeeAt: nextFeeAt(card, terms, now),
  };
  // Spread last: what is added to a spread object after it costs V8 a hundred times as much.
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
  if (card.firstUsedAt === null) return firstUseBy;
  return validityDays === null ? null : addDays(card.firstUsedAt, validityDays);
}

function nextFeeAt({ firstUsedAt }: FileCard, { maintenanceEveryDays }: ImportTerms, now: Date): Date | null {
  return firstUsedAt === null || maintenanceEveryDays === null ? null : addDays(now, maintenanceEveryDays);
}
