import type { BatchTerms, Card } from '../cards/card.ts';
import { cardEvent, transferDetails } from '../cards/card-event.ts';
import { cardState, closed } from '../cards/card-state.ts';
import { begun, chargeFirstUse } from '../cards/first-use.ts';
import type { Decision, RuleContext } from '../decision.ts';
import type { LedgerAccount } from '../ledger-account.ts';
import { CurrencyMismatch } from '../rejections/input.ts';
import { VoucherNotCompared, VoucherRefused } from '../rejections/vouchers.ts';
import type { Transfer } from '../transfer.ts';
import { type MovedMoney, recharged, refuseUnlessRechargeable } from './recharge.ts';

interface CardWithTerms {
  readonly card: Card;
  readonly terms: BatchTerms;
}

interface Redemption extends CardWithTerms {
  /** The card with the PIN that was entered, whether or not it is a voucher; undefined when no card has that PIN. */
  readonly voucher: CardWithTerms | 'NOT_COMPARED' | undefined;
}

/**
 * Moves the whole value of a voucher to a card and closes the voucher. The card's validity is extended as by a
 * recharge; its batch's range for recharges does not apply, since nobody can choose another amount. On a card that was
 * never used it is the first use: the validity starts, then the voucher extends it, and the first-use fee is taken from
 * the money that came in.
 *
 * The guards that depend on the card alone come first: their answer does not depend on the PIN, so a card that can't be
 * recharged can't be used to try PINs. After that a PIN is either valid or refused with the same message for every
 * reason. The currency comes last and is named: whoever gets that far has a valid voucher.
 *
 * A transfer touches one card, so that the version of a card numbers its transfers: a redemption has two, through the
 * clearing account VOUCHERS, which is empty again after them.
 */
export function redeemVoucher({ card, terms, voucher }: Redemption, at: RuleContext): Decision<MovedMoney> {
  refuseUnlessRechargeable(card, terms, at.now);
  if (voucher === 'NOT_COMPARED') throw new VoucherNotCompared();
  if (!isRedeemable(voucher, card, at.now)) throw new VoucherRefused();
  const { balance: amount, currency } = voucher.card;
  if (currency !== card.currency) throw new CurrencyMismatch({ expected: card.currency, given: currency });

  const redeemed = closed(voucher.card, at.now);
  const isFirstUse = card.firstUsedAt === null;
  const used = isFirstUse ? begun({ card, terms }, at.now) : card;
  const filled = recharged({ card: used, terms, amount }, at.now);
  const fee = isFirstUse ? chargeFirstUse({ card: filled, terms }, at) : null;
  const after = fee?.card ?? filled;
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
    credit: { card: filled },
    amount,
    currency,
    reason: givenFor,
    validUntilBefore: card.validUntil,
    validUntilAfter: filled.validUntil,
  };
  return {
    outcome: { transfer: given },
    cards: [redeemed, after],
    transfers: [taken, given, ...(fee?.transfers ?? [])],
    events: [
      cardEvent('CARD_CLOSED', redeemed, at.actorId, {
        ...transferDetails(taken, -amount),
        reason: takenFor,
      }),
      ...(isFirstUse ? [cardEvent('CARD_FIRST_USED', used, at.actorId, {})] : []),
      cardEvent('VOUCHER_REDEEMED', filled, at.actorId, {
        ...transferDetails(given, amount),
        reason: givenFor,
      }),
      ...(fee?.events ?? []),
    ],
  };
}

/** A partner's vouchers work on its own cards only; the operator's work on all. */
function isRedeemable(voucher: CardWithTerms | undefined, on: Card, now: Date): voucher is CardWithTerms {
  if (voucher?.terms.type !== 'VOUCHER') return false;
  const { card } = voucher;
  if (card.partnerId !== null && card.partnerId !== on.partnerId) return false;
  return cardState(card, now) === 'ACTIVE' && card.balance > 0n;
}
