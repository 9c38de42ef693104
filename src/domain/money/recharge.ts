import type { BatchTerms, Card } from '../cards/card.ts';
import { cardEvent, transferDetails } from '../cards/card-event.ts';
import { cardState, dueAt } from '../cards/card-state.ts';
import { nextFeeFrom } from '../cards/maintenance-fee.ts';
import { validityAfterRecharge } from '../cards/validity.ts';
import type { Decision, RuleContext } from '../decision.ts';
import type { Partner } from '../partners/partner.ts';
import { countRecharge } from '../partners/recharged-today.ts';
import { CardClosed, CardDeactivated, CardInactive, CardInGrace } from '../rejections/cards.ts';
import { CurrencyMismatch, InvalidAmount } from '../rejections/input.ts';
import { CardNotRechargeable, RechargeOutOfRange } from '../rejections/recharges.ts';
import { CardReplaced } from '../rejections/replacements.ts';
import type { Side, Transfer } from '../transfer.ts';
import { formatMicros, increased } from '../values/money.ts';
import { discountOn, discountTransfer, moved, refuseBeyondLimits, refuseUnpaid } from './wallet.ts';

export interface Recharge {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** The wallet that pays; null when the operator recharges against cash. */
  readonly wallet: Partner | null;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
}

export interface MovedMoney {
  readonly transfer: Transfer;
}

/**
 * Puts money on a card, from a partner's wallet or against the operator's cash, and extends the card's validity by its
 * batch's rule. The operator pays the discount of a partner's recharge: a separate transfer into the wallet, right
 * before the wallet pays the full amount. The guards are in the order of precedence of their rejections.
 */
export function recharge(
  { card, terms, wallet, amount, currency }: Recharge,
  at: RuleContext,
): Decision<MovedMoney> {
  if (amount <= 0n) throw new InvalidAmount({ amount: formatMicros(amount) });
  if (currency !== card.currency) throw new CurrencyMismatch({ expected: card.currency, given: currency });
  refuseUnlessRechargeable(card, terms, at.now);
  refuseOutOfRange(amount, terms);
  if (wallet && wallet.currency !== currency) {
    throw new CurrencyMismatch({ expected: wallet.currency, given: currency });
  }
  if (wallet) refuseBeyondLimits(wallet, card, amount, at.now);
  const discount = wallet ? discountOn(amount, wallet) : 0n;
  if (wallet) refuseUnpaid(wallet, amount - discount);

  const filled = recharged({ card, terms, amount }, at.now);
  const after = wallet ? countRecharge(filled, amount, at.now) : filled;
  const discounted = wallet && discountTransfer(wallet, discount, at.newId);
  const paying = discounted && countRecharge(moved(discounted.after, -amount), amount, at.now);
  const debit: Side = paying ? { wallet: paying } : { operator: { kind: 'CASH', currency } };
  const transfer: Transfer = {
    id: at.newId(),
    kind: 'RECHARGE',
    debit,
    credit: { card: after },
    amount,
    currency,
    discount,
    validUntilBefore: card.validUntil,
    validUntilAfter: after.validUntil,
  };
  return {
    outcome: { transfer },
    cards: [after],
    ...(paying && { partners: [paying] }),
    transfers: [...(discounted?.transfers ?? []), transfer],
    events: [
      cardEvent('CARD_RECHARGED', after, at.actorId, {
        ...transferDetails(transfer, amount),
        ...(paying && { payerId: paying.id, walletBalance: formatMicros(paying.balance) }),
      }),
    ],
  };
}

/**
 * The card with the added money, micro-units, and its validity extended by its batch's rule. @throws BalanceTooLarge
 */
export function recharged(
  { card, terms, amount }: { card: Card; terms: BatchTerms; amount: bigint },
  now: Date,
): Card {
  const nextFeeAt = isOver(card.validUntil, now) ? nextFeeFrom(card, terms, now) : card.nextFeeAt;
  const extended = {
    ...card,
    ...validityAfterRecharge(card, terms, now),
    status: 'ACTIVE' as const,
    nextFeeAt,
  };
  return {
    ...extended,
    balance: increased(card.balance, amount, card.currency),
    version: card.version + 1,
    dueAt: dueAt(extended),
  };
}

function isOver(validUntil: Date | null, now: Date): boolean {
  return validUntil !== null && validUntil <= now;
}

/** @throws CardNotRechargeable, CardInactive, CardDeactivated, CardClosed, CardInGrace */
export function refuseUnlessRechargeable(card: Card, terms: BatchTerms, now: Date): void {
  const { serial } = card;
  const { type } = terms;
  if (type !== 'RECHARGEABLE' && type !== 'UNLIMITED') throw new CardNotRechargeable({ serial, type });
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  switch (cardState(card, now)) {
    case 'INACTIVE':
      throw new CardInactive({ serial });
    case 'DEACTIVATED':
      throw new CardDeactivated({ serial });
    case 'EXPIRED':
    case 'CLOSED':
      throw new CardClosed({ serial });
    case 'IN_GRACE': {
      const { validUntil } = validityAfterRecharge(card, terms, now);
      if (isOver(validUntil, now)) throw new CardInGrace({ serial, neverUsed: card.firstUsedAt === null });
    }
  }
}

function refuseOutOfRange(amount: bigint, { rechargeMin, rechargeMax, currency }: BatchTerms): void {
  const below = rechargeMin !== null && amount < rechargeMin;
  const above = rechargeMax !== null && amount > rechargeMax;
  if (!below && !above) return;
  throw new RechargeOutOfRange({
    min: rechargeMin === null ? null : formatMicros(rechargeMin),
    max: rechargeMax === null ? null : formatMicros(rechargeMax),
    currency,
  });
}
