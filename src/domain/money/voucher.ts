import type { BatchTerms, Card } from '../cards/card.ts';
import { cardEvent, movement } from '../cards/card-event.ts';
import { cardState, closed } from '../cards/card-state.ts';
import type { Decision, RuleContext } from '../decision.ts';
import type { LedgerAccount } from '../ledger-account.ts';
import { CurrencyMismatch } from '../rejections/recharges.ts';
import { VoucherNotCompared, VoucherRefused } from '../rejections/vouchers.ts';
import type { Transfer } from '../transfer.ts';
import { type MovedMoney, recharged, refuseUnlessRechargeable } from './recharge.ts';

interface CardWithTerms {
  readonly card: Card;
  readonly terms: BatchTerms;
}

export interface Redemption extends CardWithTerms {
  /** The card whose PIN was entered, voucher or not; undefined when the PIN is no card's. */
  readonly voucher: CardWithTerms | 'NOT_COMPARED' | undefined;
}

/**
 * Moves the whole value of a voucher to a card and closes the voucher. The card's validity is extended as by a recharge;
 * its batch's range for recharges does not apply, since nobody can choose another amount.
 *
 * The guards that look at the card alone come first: they answer alike whatever PIN was entered, so with a card that
 * can't be recharged no PIN can be tried out. Then a PIN is good, or it is refused in the same words for every reason.
 * The currency comes last and is named: who hears it has a good voucher in hand.
 *
 * A movement touches one card, so that the version of a card numbers its movements: here there are two, through the
 * clearing account VOUCHERS, which is empty again after them.
 */
export function redeemVoucher({ card, terms, voucher }: Redemption, at: RuleContext): Decision<MovedMoney> {
  refuseUnlessRechargeable(card, terms, at.now);
  if (voucher === 'NOT_COMPARED') throw new VoucherNotCompared();
  if (!isRedeemable(voucher, card, at.now)) throw new VoucherRefused();
  const { balance: amount, currency } = voucher.card;
  if (currency !== card.currency) throw new CurrencyMismatch({ expected: card.currency, given: currency });

  const redeemed = closed(voucher.card, at.now);
  const after = recharged({ card, terms, amount }, at.now);
  const clearing: { operator: LedgerAccount } = { operator: { kind: 'VOUCHERS', currency } };
  const [takenFor, givenFor] = [`redeemed on card ${card.serial}`, `voucher ${redeemed.serial}`];
  const taken: Transfer = {
    id: at.newId(),
    kind: 'VOUCHER',
    debit: { card: redeemed },
    credit: clearing,
    amount,
    currency,
    reason: takenFor,
  };
  const given: Transfer = {
    id: at.newId(),
    kind: 'VOUCHER',
    debit: clearing,
    credit: { card: after },
    amount,
    currency,
    reason: givenFor,
    validUntilBefore: card.validUntil,
    validUntilAfter: after.validUntil,
  };
  return {
    outcome: { transfer: given },
    cards: [redeemed, after],
    transfers: [taken, given],
    events: [
      cardEvent('CARD_CLOSED', redeemed, at.actorId, {
        ...movement(taken, -amount),
        reason: takenFor,
      }),
      cardEvent('VOUCHER_REDEEMED', after, at.actorId, {
        ...movement(given, amount),
        reason: givenFor,
      }),
    ],
  };
}

/** A partner's vouchers are for its own cards; the operator's are for all. */
function isRedeemable(voucher: CardWithTerms | undefined, on: Card, now: Date): voucher is CardWithTerms {
  if (voucher?.terms.type !== 'VOUCHER') return false;
  const { card } = voucher;
  if (card.partnerId !== null && card.partnerId !== on.partnerId) return false;
  return cardState(card, now) === 'ACTIVE' && card.balance > 0n;
}
