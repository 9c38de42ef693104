import type { Decision, RuleContext } from '../decision.ts';
import type { Transfer } from '../transfer.ts';
import type { BatchTerms, Card } from './card.ts';
import { cardEvent, transferDetails } from './card-event.ts';
import { cardState, closed, dueAt } from './card-state.ts';
import { endTimedLock } from './lock.ts';
import { takeMaintenanceFees } from './maintenance-fee.ts';

/**
 * Records what time has done to a card: the end of a timed lock, the start of grace, the end of the card with its
 * balance forfeited to breakage, or the maintenance fees of a card in service. The rules give the same answers for the
 * card before and after. A card that is not due stays unchanged. Call it again until nothing is due: each call records
 * only the most advanced change.
 */
export function noteTime(
  { card, terms }: { card: Card; terms: BatchTerms },
  at: RuleContext,
): Decision<Card> {
  const state = cardState(card, at.now);
  if (state === 'EXPIRED') {
    // Calls are settled before the card is closed: until then it is due again.
    return card.callsInProgress > 0 ? { outcome: card } : closeCard(card, at, 'validity and grace are over');
  }
  if (state === 'IN_GRACE' && card.status !== 'IN_GRACE') return startGrace(card, at);
  return endTimedLock({ card, terms }, at) ?? takeMaintenanceFees({ card, terms }, at) ?? { outcome: card };
}

function startGrace(card: Card, at: RuleContext): Decision<Card> {
  const inGrace = { ...card, status: 'IN_GRACE' as const };
  const after: Card = { ...inGrace, version: card.version + 1, dueAt: dueAt(inGrace) };
  return { outcome: after, cards: [after], events: [cardEvent('CARD_GRACE_STARTED', after, at.actorId, {})] };
}

/** Ends a card's validity and grace at once: it starts no call, and is closed when those in progress have ended. */
export function expireCard(card: Card, now: Date): Card {
  const expired = { ...card, validUntil: now, graceUntil: now };
  return { ...expired, dueAt: dueAt(expired) };
}

/** Closes a card: its remaining balance is forfeited to breakage in a transfer. */
export function closeCard(card: Card, at: RuleContext, reason: string): Decision<Card> {
  const { currency, balance } = card;
  const after = closed(card, at.now);
  if (balance === 0n) {
    return { outcome: after, cards: [after], events: [cardEvent('CARD_CLOSED', after, at.actorId, {})] };
  }
  const transfer: Transfer = {
    id: at.newId(),
    kind: 'FORFEITURE',
    debit: { card: after },
    credit: { operator: { kind: 'BREAKAGE', currency } },
    amount: balance,
    currency,
    reason,
  };
  return {
    outcome: after,
    cards: [after],
    transfers: [transfer],
    events: [cardEvent('CARD_CLOSED', after, at.actorId, transferDetails(transfer, -balance))],
  };
}
