import { available, type BatchTerms, type Card } from '../cards/card.ts';
import { cardEvent, transferDetails } from '../cards/card-event.ts';
import { cardState, dueAt } from '../cards/card-state.ts';
import { periodUntil } from '../cards/validity.ts';
import type { Decision, RuleContext } from '../decision.ts';
import type { Partner } from '../partners/partner.ts';
import { CardClosed } from '../rejections/cards.ts';
import { InvalidAmount } from '../rejections/input.ts';
import { AlreadyReversed, NothingToReverse, RechargeTooOld } from '../rejections/recharges.ts';
import type { PostedTransfer, Transfer } from '../transfer.ts';
import { DAY_MS } from '../values/calendar.ts';
import { formatMicros } from '../values/money.ts';
import type { MovedMoney } from './recharge.ts';
import { discountBack, discountReversal, moved } from './wallet.ts';

interface Reversal {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The wallet that paid for the recharge; null when it was paid in cash. */
  readonly wallet: Partner | null;
  readonly recharge: PostedTransfer;
  readonly alreadyReversed: boolean;
  /** Micro-units added to the card since and not taken back. */
  readonly receivedSince: bigint;
  /** How many days after a recharge it may still be reversed. */
  readonly maxAgeDays: number;
  /** The most micro-units to take back; null: the whole recharge. */
  readonly amount: bigint | null;
  readonly reason: string;
}

/**
 * Reverses a recharge, once: as much of it as is requested and still there, never below zero and never what is held for
 * a call. A card spends its oldest money first, so whatever was added after the recharge is still there; of the
 * recharge, only the balance beyond that is left. The money returns to where it came from, the discount to the
 * operator: a partner gets back what it paid. When the whole recharge is taken back and nothing has changed the card's
 * validity since, the extension that the recharge gave is taken back too.
 */
export function reverseRecharge(command: Reversal, at: RuleContext): Decision<MovedMoney> {
  const { card, terms, wallet, recharge, reason } = command;
  if (command.amount !== null && command.amount <= 0n) {
    throw new InvalidAmount({ amount: formatMicros(command.amount) });
  }
  if (command.alreadyReversed) throw new AlreadyReversed({ rechargeId: recharge.id });
  if (at.now.getTime() - recharge.createdAt.getTime() > command.maxAgeDays * DAY_MS) {
    throw new RechargeTooOld({ rechargeId: recharge.id, days: command.maxAgeDays });
  }
  const state = cardState(card, at.now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial: card.serial });
  const left = available(card) - command.receivedSince;
  const amount = smallest(command.amount ?? recharge.amount, recharge.amount, left);
  if (amount <= 0n) throw new NothingToReverse({ serial: card.serial });

  const { currency } = card;
  const validity = amount === recharge.amount ? validityRestored(card, terms, recharge) : {};
  const shortened = { ...card, ...validity };
  const after: Card = {
    ...shortened,
    balance: card.balance - amount,
    version: card.version + 1,
    dueAt: dueAt(shortened),
  };
  const repaid = wallet && moved(wallet, amount);
  const settled = repaid && discountReversal(repaid, discountBack(recharge, amount), at.newId);
  const transfer: Transfer = {
    id: at.newId(),
    kind: 'REVERSAL',
    debit: { card: after },
    credit: repaid ? { wallet: repaid } : { operator: { kind: 'CASH', currency } },
    amount,
    currency,
    reversesId: recharge.id,
    reason,
  };
  return {
    outcome: { transfer },
    cards: [after],
    ...(settled && { partners: [settled.after] }),
    transfers: [transfer, ...(settled?.transfers ?? [])],
    events: [
      cardEvent('RECHARGE_REVERSED', after, at.actorId, {
        ...transferDetails(transfer, -amount),
        reverses: recharge.id,
        ...(settled && { payerId: settled.after.id, walletBalance: formatMicros(settled.after.balance) }),
      }),
    ],
  };
}

function validityRestored(card: Card, terms: BatchTerms, recharge: PostedTransfer): Partial<Card> {
  const { validUntilBefore, validUntilAfter } = recharge;
  const isUnchangedSince = card.validUntil?.getTime() === validUntilAfter?.getTime();
  const extended = validUntilBefore?.getTime() !== validUntilAfter?.getTime();
  return isUnchangedSince && extended ? periodUntil(validUntilBefore, terms) : {};
}

function smallest(...amounts: readonly bigint[]): bigint {
  return amounts.reduce((least, amount) => (amount < least ? amount : least));
}
