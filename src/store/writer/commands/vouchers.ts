import { redeemVoucher } from '../../../domain/money/voucher.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

export interface RedemptionRequest {
  readonly card: CardReference;
  /** Named by the digest of its PIN. */
  readonly voucher: CardReference;
  /** Whether the PIN was compared with any card. If not, a refusal is not kept under the key. */
  readonly compared: boolean;
  readonly idempotencyKey: string;
}

/** Both cards are locked, so whoever enters the same PIN at the same time finds the voucher closed. */
export function redemptionCommand(giver: Actor, request: RedemptionRequest): Command<MoneyMoved> {
  const { card: meant, voucher: meantVoucher, compared, idempotencyKey } = request;
  return {
    ...givenBy(giver),
    needs: { cards: [meant.id, meantVoucher.id] },
    once: once(giver, idempotencyKey, ['redeemVoucher', meant.reference, meantVoucher.reference]),
    decide(book, at) {
      const card = book.card(meant.id, reachOf(giver), meant.reference);
      const named = book.cardIfAny(meantVoucher.id);
      const voucher = named && { card: named, terms: book.terms(named) };
      const found = compared ? voucher : 'NOT_COMPARED';
      return moneyMoved(redeemVoucher({ card, terms: book.terms(card), voucher: found }, at), at);
    },
  };
}
