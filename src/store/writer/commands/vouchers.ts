import { redeemVoucher } from '../../../domain/money/voucher.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

interface RedemptionRequest {
  readonly card: CardReference;
  /** Identified by the digest of its PIN. */
  readonly voucher: CardReference;
  /** Whether the PIN was compared with any card. If not, a refusal is not stored under the key. */
  readonly compared: boolean;
  readonly idempotencyKey: string;
}

/** Locks both cards, so a concurrent command with the same PIN finds the voucher closed. */
export function redemptionCommand(actor: Actor, request: RedemptionRequest): Command<MoneyMoved> {
  const { card: cardReference, voucher: voucherReference, compared, idempotencyKey } = request;
  return {
    ...givenBy(actor),
    needs: { cards: [cardReference.id, voucherReference.id] },
    once: once(actor, idempotencyKey, ['redeemVoucher', cardReference, voucherReference]),
    decide(state, at) {
      const card = state.card(cardReference.id, reachOf(actor), cardReference.reference);
      const named = state.cardIfAny(voucherReference.id);
      const voucher = named && { card: named, terms: state.terms(named) };
      const found = compared ? voucher : 'NOT_COMPARED';
      return moneyMoved(redeemVoucher({ card, terms: state.terms(card), voucher: found }, at), at);
    },
  };
}
