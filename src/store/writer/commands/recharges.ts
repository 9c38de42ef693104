import { recharge } from '../../../domain/money/recharge.ts';
import { reverseRecharge } from '../../../domain/money/reversal.ts';
import type { PostedTransfer } from '../../../domain/transfer.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

export interface RechargeRequest {
  readonly card: CardReference;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly idempotencyKey: string;
}

/** A recharge: from the partner's wallet when a partner gives it, against the operator's cash otherwise. */
export function rechargeCommand(giver: Actor, request: RechargeRequest): Command<MoneyMoved> {
  const { card: meant, amount, currency, idempotencyKey } = request;
  const { partnerId } = giver;
  return {
    ...givenBy(giver),
    needs: { cards: [meant.id], ...(partnerId !== null && { partners: [partnerId] }) },
    once: once(giver, idempotencyKey, ['rechargeCard', meant.reference, amount, currency]),
    decide(book, at) {
      const card = book.card(meant.id, reachOf(giver), meant.reference);
      const wallet = partnerId === null ? null : book.partner(partnerId);
      return moneyMoved(recharge({ card, terms: book.terms(card), wallet, amount, currency }, at), at);
    },
  };
}

export interface ReversalRequest {
  /** The recharge as it was posted; it never changes, so it is read before. */
  readonly recharge: PostedTransfer & { readonly cardId: string };
  /** Micro-units at most; null: all that is still there. */
  readonly amount: bigint | null;
  /** How old the recharge may be. */
  readonly maxAgeDays: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export function reversalCommand(giver: Actor, request: ReversalRequest): Command<MoneyMoved> {
  const { recharge: reversed, amount, reason, maxAgeDays, idempotencyKey } = request;
  const { cardId, partnerId: payerId } = reversed;
  return {
    ...givenBy(giver),
    needs: {
      cards: [cardId],
      reversalsOf: [reversed.id],
      ...(payerId !== null && { partners: [payerId] }),
    },
    once: once(giver, idempotencyKey, ['reverseRecharge', reversed.id, amount, reason]),
    decide(book, at) {
      const card = book.card(cardId, reachOf(giver));
      const decision = reverseRecharge(
        {
          card,
          terms: book.terms(card),
          wallet: payerId === null ? null : book.partner(payerId),
          recharge: reversed,
          alreadyReversed: book.isReversed(reversed.id),
          receivedSince: book.receivedSince(reversed.id),
          maxAgeDays,
          amount,
          reason,
        },
        at,
      );
      return moneyMoved(decision, at);
    },
  };
}
