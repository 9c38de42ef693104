import type { Decision, RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import { formatMicros } from '../values/money.ts';
import type { BatchTerms, Card } from './card.ts';
import { cardEvent } from './card-event.ts';
import { type CardState, recordedState } from './card-state.ts';

/** The cards as they are before a decision. */
interface CardsBefore {
  cardIfAny(id: string): Card | undefined;
  terms(card: Card): BatchTerms;
}

/**
 * Adds to a decision the events that follow from any change of a card, whichever rule made it, so that no rule can
 * forget them: the state each event took the card out of, and a balance that fell below the threshold.
 */
export function derivedEvents<Outcome>(
  decision: Decision<Outcome>,
  cardsBefore: CardsBefore,
  at: Pick<RuleContext, 'actorId'>,
): Decision<Outcome> {
  const { cards = [], events = [] } = decision;
  const low = cards.flatMap((after) => {
    const before = cardsBefore.cardIfAny(after.id);
    return before ? lowBalanceEvents({ before, after, terms: cardsBefore.terms(before) }, at) : [];
  });
  return { ...decision, events: [...withStatesBefore(events, cardsBefore), ...low] };
}

/**
 * Adds the previous state to each event that changes the state of one card; events about ranges of cards already have
 * it.
 */
function withStatesBefore(events: readonly NewEvent[], cardsBefore: CardsBefore): NewEvent[] {
  const states = new Map<string, CardState>();
  return events.map((event) => {
    if (!isOfOneCard(event)) return event;
    const { cardId, payload } = event;
    const before = states.get(cardId) ?? stateIn(cardsBefore, cardId);
    const after = recordedState(payload.card);
    states.set(cardId, after);
    return before === undefined || after === before ? event : changedFrom(before, event);
  });
}

type OneCardEvent = Extract<NewEvent, { payload: { card: unknown } }> & { readonly cardId: string };

function isOfOneCard(event: NewEvent): event is OneCardEvent {
  return 'card' in event.payload && event.cardId !== undefined;
}

function changedFrom<Event extends OneCardEvent>(stateBefore: CardState, event: Event): Event {
  return { ...event, payload: { ...event.payload, stateBefore } };
}

function stateIn(cardsBefore: CardsBefore, cardId: string): CardState | undefined {
  const card = cardsBefore.cardIfAny(cardId);
  return card && recordedState(card);
}

/**
 * Reports a card whose balance falls below its batch's threshold: once per crossing, comparing the balance before and
 * after a decision. What is held for calls still counts as balance. A card that leaves service with its money (replaced
 * or closed) is not reported, since it can't be refilled. Raising the threshold does not notify for existing cards.
 */
export function lowBalanceEvents(
  { before, after, terms }: { before: Card; after: Card; terms: BatchTerms },
  { actorId }: Pick<RuleContext, 'actorId'>,
): NewEvent[] {
  const { lowBalanceThreshold: threshold } = terms;
  if (threshold === null || before.balance < threshold || after.balance >= threshold) return [];
  if (after.status !== 'ACTIVE' && after.status !== 'IN_GRACE') return [];
  return [cardEvent('LOW_BALANCE', after, actorId, { threshold: formatMicros(threshold) })];
}
