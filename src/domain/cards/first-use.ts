import type { Decision, RuleContext } from '../decision.ts';
import { AuthenticationRefused } from '../rejections/cards.ts';
import type { BatchTerms, Card, CardType } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState, dueAt, stateForKnown } from './card-state.ts';
import { type Charged, chargeFee } from './fee.ts';
import { firstFeeAt } from './maintenance-fee.ts';
import { validityFromFirstUse } from './validity.ts';

/**
 * Records the first use, which starts the validity and the periods of the maintenance fee, and charges the batch's
 * first-use fee. The first use is the first call, the first voucher redeemed on the card, or the caller's own request
 * to begin; to ask for the balance, or for a price, is no use.
 *
 * A card that was used before stays unchanged, so two simultaneous callers start one validity and pay one fee. Unless
 * the card is active and can make calls, it is refused with the same message as every failed authentication.
 */
export function useForTheFirstTime(
  { card, terms, known }: { card: Card; terms: BatchTerms; known: boolean },
  at: RuleContext,
): Decision<Card> {
  if (!canAuthenticate(card, { type: terms.type, known }, at.now)) throw new AuthenticationRefused();
  if (card.firstUsedAt !== null) return { outcome: card };
  const started = begun({ card, terms }, at.now);
  const { card: after, transfers, events } = chargeFirstUse({ card: started, terms }, at);
  return {
    outcome: after,
    cards: [after],
    transfers,
    events: [cardEvent('CARD_FIRST_USED', started, at.actorId, {}), ...events],
  };
}

interface CardWithTerms {
  readonly card: Card;
  readonly terms: BatchTerms;
}

/** The card as its first use leaves it, before the fee. */
export function begun({ card, terms }: CardWithTerms, now: Date): Card {
  const used = {
    ...card,
    firstUsedAt: now,
    ...validityFromFirstUse(card, terms, now),
    nextFeeAt: firstFeeAt(terms, now),
  };
  return { ...used, version: card.version + 1, dueAt: dueAt(used) };
}

export function chargeFirstUse({ card, terms }: CardWithTerms, at: RuleContext): Charged {
  return chargeFee(card, { kind: 'FIRST_USE_FEE', amount: terms.firstUseFee, reason: 'first use' }, at);
}

/**
 * Whether a caller may use the card: a voucher has value but makes no calls.
 *
 * @param caller.known whether something other than the PIN just entered identifies the caller: a bound number, a token,
 *   or a number from which the card's PIN was entered before
 */
export function canAuthenticate(
  card: Card,
  { type, known }: { type: CardType; known: boolean },
  now: Date,
): boolean {
  if (type === 'VOUCHER') return false;
  return (known ? stateForKnown(card, now) : cardState(card, now)) === 'ACTIVE';
}
