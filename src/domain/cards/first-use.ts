import type { Decision, RuleContext } from '../decision.ts';
import { AuthenticationRefused } from '../rejections/cards.ts';
import type { BatchTerms, Card, CardType } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState, dueAt, stateForKnown } from './card-state.ts';
import { chargeFee } from './fee.ts';
import { firstFeeAt } from './maintenance-fee.ts';
import { validityFromFirstUse } from './validity.ts';

/**
 * Records the first use, which starts the validity and the periods of the maintenance fee, and charges the batch's
 * first-use fee. A card that was used before stays unchanged, so two simultaneous callers start one validity and pay
 * one fee. Unless the card is active and can make calls, it is refused with the same message as every failed
 * authentication.
 */
export function useForTheFirstTime(
  { card, terms, known }: { card: Card; terms: BatchTerms; known: boolean },
  at: RuleContext,
): Decision<Card> {
  if (!canAuthenticate(card, { type: terms.type, known }, at.now)) throw new AuthenticationRefused();
  if (card.firstUsedAt !== null) return { outcome: card };

  const used = {
    ...card,
    firstUsedAt: at.now,
    ...validityFromFirstUse(terms, at.now),
    nextFeeAt: firstFeeAt(terms, at.now),
  };
  const started: Card = { ...used, version: card.version + 1, dueAt: dueAt(used) };
  const fee = { kind: 'FIRST_USE_FEE', amount: terms.firstUseFee, reason: 'first use' } as const;
  const { card: after, transfers, events } = chargeFee(started, fee, at);
  return {
    outcome: after,
    cards: [after],
    transfers,
    events: [cardEvent('CARD_FIRST_USED', started, at.actorId, {}), ...events],
  };
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
