import { available, type BatchTerms, type Card, refuseVoucher } from '../cards/card.ts';
import { cardEvent, transferDetails } from '../cards/card-event.ts';
import { cardState } from '../cards/card-state.ts';
import type { Decision, RuleContext } from '../decision.ts';
import { CardClosed, CardInactive, InsufficientBalance } from '../rejections/cards.ts';
import { CurrencyMismatch, InvalidAmount } from '../rejections/input.ts';
import { CardReplaced } from '../rejections/replacements.ts';
import type { Side, Transfer } from '../transfer.ts';
import { formatMicros, increased } from '../values/money.ts';
import type { MovedMoney } from './recharge.ts';

interface Adjustment {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** Micro-units: positive gives, negative takes. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string;
}

/**
 * Corrects a card's balance manually, with a reason. Takes at most what is available. A voucher may be corrected down,
 * but never above its printed value.
 */
export function adjustBalance(
  { card, terms, amount, currency, reason }: Adjustment,
  at: RuleContext,
): Decision<MovedMoney> {
  const { serial } = card;
  if (amount === 0n) throw new InvalidAmount({ amount: '0' });
  if (currency !== card.currency) throw new CurrencyMismatch({ expected: card.currency, given: currency });
  if (amount > 0n) refuseVoucher(card, terms);
  const state = cardState(card, at.now);
  if (state === 'EXPIRED' || state === 'CLOSED') throw new CardClosed({ serial });
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  if (state === 'INACTIVE') throw new CardInactive({ serial });
  if (-amount > available(card)) {
    throw new InsufficientBalance({ serial, available: formatMicros(available(card)), currency });
  }

  const after: Card = {
    ...card,
    balance: increased(card.balance, amount, currency),
    version: card.version + 1,
  };
  const corrections: Side = { operator: { kind: 'ADJUSTMENTS', currency } };
  const transfer: Transfer = {
    id: at.newId(),
    kind: 'ADJUSTMENT',
    ...(amount > 0n
      ? { debit: corrections, credit: { card: after } }
      : { debit: { card: after }, credit: corrections }),
    amount: amount > 0n ? amount : -amount,
    currency,
    reason,
  };
  return {
    outcome: { transfer },
    cards: [after],
    transfers: [transfer],
    events: [
      cardEvent('CARD_BALANCE_ADJUSTED', after, at.actorId, { ...transferDetails(transfer, amount), reason }),
    ],
  };
}
