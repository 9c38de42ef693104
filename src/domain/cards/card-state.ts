import type { Card } from './card.ts';

/**
 * The life of a card.
 *
 * INACTIVE     Made and in stock. No money on it: a stolen box of cards is a box of paper.
 *              → ACTIVE by `activateCards` (operator, or the partner who sold it): its face value is issued to it.
 *              → DEACTIVATED by `deactivateCards`. → EXPIRED when the batch's last date of first use and
 *              its grace have passed; from that date on it can't be activated.
 * ACTIVE       Authenticates, calls, binds numbers, is recharged. The first authentication by a switch is its first
 *              use and starts the validity. From then on it pays its batch's maintenance fee; in no other state does
 *              a card pay one.
 *              → LOCKED by `lockCard` or by failed attempts. → IN_GRACE when the validity ends.
 *              → DEACTIVATED by `deactivateCards`.
 * LOCKED       Refuses its caller as if the card did not exist; money may come in, none goes out. Time runs on. A lock
 *              for failed attempts only refuses a PIN entered from an unknown number: see domain/cards/lock.ts.
 *              → ACTIVE by `unlockCard`, or automatically at `unlockAt`. → IN_GRACE when the validity ends.
 * IN_GRACE     The validity is over, the balance is kept. No calls. A recharge that extends the validity returns the
 *              card to ACTIVE; any other recharge is refused, since its money would be forfeited.
 *              → EXPIRED when the grace period ends.
 * DEACTIVATED  Taken out of service (lost, returned). Only a new activation is permitted, which issues no second face
 *              value. Time runs on. → EXPIRED.
 *              A card that `replaceCard` replaced is DEACTIVATED for good: its balance, validity and numbers belong to
 *              the new card. Any card that was in service may be replaced, even a LOCKED one.
 * EXPIRED      Validity and grace are over; nothing is permitted, whether or not the job has run.
 *              → CLOSED by the expiry job, which forfeits the balance to breakage in one transfer.
 * CLOSED       Balance zero. Final, unless it was closed by mistake at the end of its time.
 *              → ACTIVE, or what it was, by `reopenCard` (administrator): its balance returns from breakage.
 *
 * A voucher has the same states. It has no first use and no validity other than the batch's last date of use, and one
 * more way to end: ACTIVE → CLOSED by `redeemVoucher`, which moves its balance to another card.
 *
 * LOCKED and EXPIRED are not stored: they follow from the stored status, the lock and the time. So does IN_GRACE until
 * the job records it. So a late job changes no outcome.
 */
export type CardState = 'INACTIVE' | 'ACTIVE' | 'LOCKED' | 'IN_GRACE' | 'EXPIRED' | 'DEACTIVATED' | 'CLOSED';

type Timed = Pick<Card, 'status' | 'validUntil' | 'graceUntil' | 'lockedAt' | 'unlockAt'>;
type Due = Timed & Pick<Card, 'nextFeeAt'>;

/**
 * The card's state at an instant. store/cards/card-state-sql.ts has the same rule in SQL; a property test keeps them
 * equal.
 */
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

/** The state as of the latest event. The expiry job records changes that time alone makes, and then reports them. */
export function recordedState({ status, lockReason }: Pick<Card, 'status' | 'lockReason'>): CardState {
  return status === 'ACTIVE' && lockReason !== null ? 'LOCKED' : status;
}

/**
 * The card's state for a caller identified by something other than the PIN just entered: a lock for failed attempts
 * locks the keypad, not the card.
 */
export function stateForKnown(card: Timed & Pick<Card, 'lockReason'>, now: Date): CardState {
  return cardState(card.lockReason === 'FAILED_ATTEMPTS' ? { ...card, lockedAt: null } : card, now);
}

/**
 * When time alone next changes something stored: the end of validity, of grace, of a timed lock, or of a maintenance
 * fee period, which only a card in service pays. Null for a closed card and for one without an end or a fee.
 */
export function dueAt(card: Due): Date | null {
  if (card.status === 'CLOSED') return null;
  const instants = [card.graceUntil];
  if (card.status === 'ACTIVE') instants.push(card.validUntil);
  if (card.status === 'ACTIVE' && card.lockedAt === null) instants.push(card.nextFeeAt);
  if (card.lockedAt !== null) instants.push(card.unlockAt);
  return earliest(instants);
}

/** The card at its end: empty, unlocked, nothing due. A separate transfer says where its balance goes. */
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
