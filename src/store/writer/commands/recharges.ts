import { recharge } from '../../../domain/money/recharge.ts';
import { reverseRecharge } from '../../../domain/money/reversal.ts';
import type { PostedTransfer } from '../../../domain/transfer.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

interface RechargeRequest {
  readonly card: CardReference;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly idempotencyKey: string;
}

/** A recharge: from the partner's wallet when the actor is a partner, otherwise against the operator's cash. */
export function rechargeCommand(actor: Actor, request: RechargeRequest): Command<MoneyMoved> {
  const { card: cardReference, amount, currency, idempotencyKey } = request;
  const { partnerId } = actor;
  return {
    ...givenBy(actor),
    needs: { cards: [cardReference.id], ...(partnerId !== null && { partners: [partnerId] }) },
    once: once(actor, idempotencyKey, ['rechargeCard', cardReference, amount, currency]),
    decide(state, at) {
      const card = state.card(cardReference.id, reachOf(actor), cardReference.reference);
      const wallet = partnerId === null ? null : state.partner(partnerId);
      return moneyMoved(recharge({ card, terms: state.terms(card), wallet, amount, currency }, at), at);
    },
  };
}

interface ReversalRequest {
  /** The recharge as it was posted; it never changes, so it is read in advance. */
  readonly recharge: PostedTransfer & { readonly cardId: string };
  /** The most micro-units to take back; null: all that is still there. */
  readonly amount: bigint | null;
  /** How many days old the recharge may be. */
  readonly maxAgeDays: number;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export function reversalCommand(actor: Actor, request: ReversalRequest): Command<MoneyMoved> {
  const { recharge: reversed, amount, reason, maxAgeDays, idempotencyKey } = request;
  const { cardId, partnerId: payerId } = reversed;
  return {
    ...givenBy(actor),
    needs: {
      cards: [cardId],
      reversalsOf: [reversed.id],
      ...(payerId !== null && { partners: [payerId] }),
    },
    once: once(actor, idempotencyKey, ['reverseRecharge', reversed.id, amount, reason]),
    decide(state, at) {
      const card = state.card(cardId, reachOf(actor));
      const decision = reverseRecharge(
        {
          card,
          terms: state.terms(card),
          wallet: payerId === null ? null : state.partner(payerId),
          recharge: reversed,
          alreadyReversed: state.isReversed(reversed.id),
          receivedSince: state.receivedSince(reversed.id),
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
