import type { Decision, RuleContext } from '../decision.ts';
import { AuthenticationRefused } from '../rejections/cards.ts';
import type { BatchTerms, Card, CardType } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState, dueAt, stateForKnown } from './card-state.ts';
import { chargeFee } from './fee.ts';
import { firstFeeAt } from './maintenance-fee.ts';
import { validityFromFirstUse } from './validity.ts';

/**
 * Notes the first use, which starts the validity and the periods of the maintenance fee, and takes the batch's fee for
 * it. A card that was used before is left as it is, so two callers who come at once start one validity and pay one
 * fee. Refused, in the words of every failed authentication, unless the card is active and one that calls are made
 * with.
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
 * Whether a caller may come in with the card: a voucher is worth money and makes no calls.
 *
 * @param caller.known whether something else than the PIN just keyed speaks for the caller: a bound number, a token, or a
 *   number from which the card's PIN was keyed before
 */
export function canAuthenticate(
  card: Card,
  { type, known }: { type: CardType; known: boolean },
  now: Date,
): boolean {
  if (type === 'VOUCHER') return false;
  return (known ? stateForKnown(card, now) : cardState(card, now)) === 'ACTIVE';
}
