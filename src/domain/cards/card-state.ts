import type { Card } from './card.ts';

/**
 * The life of a card.
 *
 * INACTIVE     Made and in stock. No money on it: a stolen box of cards is a box of paper.
 *              → ACTIVE by `activateCards` (operator, or the partner who sold it): its face value is issued to it.
 *              → DEACTIVATED by `deactivateCards`. → EXPIRED when the batch's last date of first use and
 *              its grace have passed; from that date on it can't be activated any more.
 * ACTIVE       Authenticates, calls, binds numbers, is recharged. The first authentication by a switch is its first
 *              use and starts the validity. From then on it pays its batch's maintenance fee; in no other state does
 *              a card pay one.
 *              → LOCKED by `lockCard` or by failed attempts. → IN_GRACE when the validity ends.
 *              → DEACTIVATED by `deactivateCards`.
 * LOCKED       Refuses its caller as if it did not exist; money may still come in, none goes out. Time runs on. A lock
 *              for failed attempts refuses only who keys the PIN from a number that is not known: see domain/cards/lock.ts.
 *              → ACTIVE by `unlockCard`, or by itself at `unlockAt`. → IN_GRACE when the validity ends.
 * IN_GRACE     The validity is over, the balance is kept. No calls. A recharge that extends the validity brings the
 *              card back to ACTIVE; any other recharge is refused, since its money would be forfeited.
 *              → EXPIRED when the grace period ends.
 * DEACTIVATED  Taken out of service (lost, returned). Nothing is permitted but activating it again, which issues no
 *              second face value. Time runs on. → EXPIRED.
 *              A card that `replaceCard` put another in the place of is DEACTIVATED for good: its balance, validity and
 *              numbers are the other's. Any card that was in service may be replaced, a LOCKED one too.
 * EXPIRED      Validity and grace are over; nothing is permitted any more, whether or not the job has come by.
 *              → CLOSED by the expiry job, which forfeits the balance as one movement to breakage.
 * CLOSED       Final. Balance zero.
 *
 * A voucher lives by the same states. It has no first use and no validity but the batch's last date of use, and one way
 * more to its end: ACTIVE → CLOSED by `redeemVoucher`, which moves its balance to another card.
 *
 * Of these LOCKED and EXPIRED are not stored: they follow from the stored status, the lock and the time, as
 * IN_GRACE does before the job has noted it. So a late job changes no outcome.
 */
export type CardState = 'INACTIVE' | 'ACTIVE' | 'LOCKED' | 'IN_GRACE' | 'EXPIRED' | 'DEACTIVATED' | 'CLOSED';

type Timed = Pick<Card, 'status' | 'validUntil' | 'graceUntil' | 'lockedAt' | 'unlockAt'>;
type Due = Timed & Pick<Card, 'nextFeeAt'>;

/** What the card is at an instant. store/cards/card-state-sql.ts says the same in SQL; a property test keeps them equal. */
export function cardState(card: Timed, now: Date): CardState {
  if (card.status === 'CLOSED') return 'CLOSED';
  if (card.graceUntil !== null && now >= card.graceUntil) return 'EXPIRED';
  if (card.status === 'INACTIVE' || card.status === 'DEACTIVATED') return card.status;
  if (card.validUntil !== null && now >= card.validUntil) return 'IN_GRACE';
  if (isLocked(card, now)) return 'LOCKED';
  return 'ACTIVE';
}

export function isLocked(card: Pick<Timed, 'lockedAt' | 'unlockAt'>, now: Date): boolean {
  return card.lockedAt !== null && (card.unlockAt === null || now < card.unlockAt);
}

/** The state as it was last told: what time alone has done since is told when the expiry job has noted it. */
export function recordedState({ status, lockReason }: Pick<Card, 'status' | 'lockReason'>): CardState {
  return status === 'ACTIVE' && lockReason !== null ? 'LOCKED' : status;
}

/**
 * What the card is for a caller who is known otherwise than by the PIN just keyed: a lock for failed attempts locks the
 * keypad and not the card.
 */
export function stateForKnown(card: Timed & Pick<Card, 'lockReason'>, now: Date): CardState {
  return cardState(card.lockReason === 'FAILED_ATTEMPTS' ? { ...card, lockedAt: null } : card, now);
}

/**
 * When time alone will next change something that is stored: the end of validity, of grace, of a timed lock, or of a
 * period that a maintenance fee is taken for, which only a card in service pays. Null for a closed card and for one
 * without an end or a fee.
 */
export function dueAt(card: Due): Date | null {
  if (card.status === 'CLOSED') return null;
  const instants = [card.graceUntil];
  if (card.status === 'ACTIVE') instants.push(card.validUntil);
  if (card.status === 'ACTIVE' && card.lockedAt === null) instants.push(card.nextFeeAt);
  if (card.lockedAt !== null) instants.push(card.unlockAt);
  return earliest(instants);
}

/** The card at its end: empty, unlocked, nothing due. Where its balance goes is said by a movement beside it. */
export function closed(card: Card, now: Date): Card {
  return {
    ...card,
    status: 'CLOSED',
    balance: 0n,
    version: card.version + 1,
    lockedAt: null,
    lockReason: null,
    unlockAt: null,
    nextFeeAt: null,
    dueAt: null,
    closedAt: now,
  };
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  let first: Date | null = null;
  for (const instant of instants) {
    if (instant !== null && (first === null || instant < first)) first = instant;
  }
  return first;
}
