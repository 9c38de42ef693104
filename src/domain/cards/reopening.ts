import type { Decision, RuleContext } from '../decision.ts';
import { CardNotClosed, CardNotReopenable } from '../rejections/cards.ts';
import { InvalidInput } from '../rejections/input.ts';
import { CardReplaced } from '../rejections/replacements.ts';
import type { PostedTransfer, Transfer } from '../transfer.ts';
import type { BatchTerms, Card, CardStatus, LockReason } from './card.ts';
import { cardEvent, transferDetails } from './card-event.ts';
import { dueAt } from './card-state.ts';
import { firstFeeAt } from './maintenance-fee.ts';
import { periodUntil } from './validity.ts';

/** What the last event before the end of a card said about it. */
export interface BeforeClosing {
  readonly status: CardStatus;
  readonly lockReason: LockReason | null;
}

export interface Reopening {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The transfer that took its balance when it was closed; null: it was empty. */
  readonly forfeiture: PostedTransfer | null;
  /** Null when the events of that time are no longer kept. */
  readonly before: BeforeClosing | null;
  /** The new end of its validity; null: the one it had, which must not be over. */
  readonly validUntil: Date | null;
  readonly reason: string;
}

/**
 * Reopens a card that was closed at the end of its time, by a clock that was wrong or a date that was: its balance
 * returns from breakage in a transfer of its own, and it is as it was before. A lock comes back with it, except that of
 * wrong PINs, and only unlockCard ends it: whoever reported the card lost has not found it.
 *
 * A redeemed voucher, a DISPOSABLE card that was used and a replaced card are closed for good: their value is elsewhere.
 */
export function reopenCard(command: Reopening, at: RuleContext): Decision<Card> {
  const { card, terms, forfeiture, before, reason } = command;
  const { serial } = card;
  if (card.status !== 'CLOSED') throw new CardNotClosed({ serial });
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  if (!wasClosedByTime(card) || isSpent(card, terms)) throw new CardNotReopenable({ serial });
  const period = periodOf(command, at.now);

  const status = statusOf(card, before, period.validUntil, at.now);
  const lockReason = before?.lockReason === 'FAILED_ATTEMPTS' ? null : (before?.lockReason ?? null);
  const opened: Card = {
    ...card,
    ...period,
    status,
    lockReason,
    lockedAt: lockReason === null ? null : at.now,
    unlockAt: null,
    closedAt: null,
    nextFeeAt: card.firstUsedAt === null || status === 'DEACTIVATED' ? null : firstFeeAt(terms, at.now),
  };
  const after: Card = {
    ...opened,
    balance: card.balance + (forfeiture?.amount ?? 0n),
    version: card.version + 1,
    dueAt: dueAt(opened),
  };
  const transfer = forfeiture && reversalOf(forfeiture, after, reason, at);
  return {
    outcome: after,
    cards: [after],
    transfers: transfer ? [transfer] : [],
    events: [
      cardEvent('CARD_REOPENED', after, at.actorId, {
        ...(transfer && transferDetails(transfer, transfer.amount)),
        reason,
      }),
    ],
  };
}

function wasClosedByTime({ closedAt, graceUntil }: Card): boolean {
  return closedAt !== null && graceUntil !== null && closedAt >= graceUntil;
}

function isSpent({ firstUsedAt }: Card, { type }: BatchTerms): boolean {
  return type === 'DISPOSABLE' && firstUsedAt !== null;
}

function periodOf(
  { card, terms, validUntil }: Reopening,
  now: Date,
): Pick<Card, 'validUntil' | 'graceUntil'> {
  const period =
    validUntil === null
      ? { validUntil: card.validUntil, graceUntil: card.graceUntil }
      : periodUntil(validUntil, terms);
  if (period.graceUntil === null || period.graceUntil > now) return period;
  const problem =
    validUntil === null
      ? 'is needed: the validity of this card, and its grace, are over by now. Name a later end.'
      : 'is over by now, and so is the grace after it: name a later end.';
  throw new InvalidInput({ field: 'validUntil', problem });
}

/** Time may have passed since: a validity that is over is followed by the grace. */
function statusOf(
  { activatedAt }: Card,
  before: BeforeClosing | null,
  validUntil: Date | null,
  now: Date,
): CardStatus {
  if (activatedAt === null) return 'INACTIVE';
  if (before?.status === 'DEACTIVATED') return 'DEACTIVATED';
  return validUntil !== null && validUntil <= now ? 'IN_GRACE' : 'ACTIVE';
}

function reversalOf(
  { id, amount, currency }: PostedTransfer,
  card: Card,
  reason: string,
  at: RuleContext,
): Transfer {
  return {
    id: at.newId(),
    kind: 'FORFEITURE_REVERSAL',
    debit: { operator: { kind: 'BREAKAGE', currency } },
    credit: { card },
    amount,
    currency,
    reversesId: id,
    reason,
  };
}
