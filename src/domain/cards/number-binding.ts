import type { Decision, NumberBinding, RuleContext } from '../decision.ts';
import { NumberAlreadyBound, NumberNotBound, TooManyBindings } from '../rejections/bindings.ts';
import { CardClosed, CardDeactivated, CardInactive, CardLocked } from '../rejections/cards.ts';
import { CardReplaced } from '../rejections/replacements.ts';
import { type BatchTerms, type Card, refuseVoucher } from './card.ts';
import { cardEvent } from './card-event.ts';
import { cardState } from './card-state.ts';

interface Bindable {
  readonly card: Card;
  readonly terms: BatchTerms;
  /** E.164, with its plus. */
  readonly number: string;
  /** The current binding of the number. */
  readonly present: NumberBinding | undefined;
  /** How many numbers are bound to the card now. */
  readonly boundNumbers: number;
}

/**
 * Binds a number to a card: a caller from it needs no PIN. Each number is bound to at most one card in the system. The
 * card's own restrictions are checked first, so nobody can use a card that can have no number to learn which numbers
 * are bound.
 */
export function bindNumber(command: Bindable, at: RuleContext): Decision<NumberBinding> {
  const { card, number, present } = command;
  if (present?.cardId === card.id) throw new NumberAlreadyBound({ number, sameCard: true });
  refuseUnlessBindable(command, at.now);
  if (present) throw new NumberAlreadyBound({ number, sameCard: false });
  return bound(card, number, at);
}

/** Moves a number from one card to another. */
export function moveNumber(command: Bindable, at: RuleContext): Decision<NumberBinding> {
  const { card, number, present } = command;
  if (!present) throw new NumberNotBound({ number });
  if (present.cardId === card.id) throw new NumberAlreadyBound({ number, sameCard: true });
  refuseUnlessBindable(command, at.now);
  const { outcome, bind = [], events = [] } = bound(card, number, at, { movedFrom: present.cardId });
  return { outcome, unbind: [number], bind, events };
}

/** Ends a binding, whatever the state of the card. */
export function unbindNumber(
  { card, number, present }: { card: Card; number: string; present: NumberBinding | undefined },
  at: RuleContext,
): Decision<NumberBinding> {
  if (present?.cardId !== card.id) throw new NumberNotBound({ number }, `card ${card.serial}`);
  return {
    outcome: present,
    unbind: [number],
    events: [cardEvent('NUMBER_UNBOUND', card, at.actorId, { number })],
  };
}

/** Moves the numbers of a replaced card to its replacement. */
export function moveNumbers(
  numbers: readonly string[],
  { from, to }: { from: Card; to: Card },
  at: RuleContext,
): Required<Pick<Decision<never>, 'bind' | 'unbind' | 'events'>> {
  const moved = numbers.map((number) => bound(to, number, at, { movedFrom: from.id }));
  return {
    unbind: numbers,
    bind: moved.flatMap(({ bind = [] }) => bind),
    events: moved.flatMap(({ events = [] }) => events),
  };
}

function refuseUnlessBindable({ card, terms, boundNumbers }: Bindable, now: Date): void {
  const { serial } = card;
  refuseVoucher(card, terms);
  if (card.replacedById !== null) throw new CardReplaced({ serial });
  switch (cardState(card, now)) {
    case 'INACTIVE':
      throw new CardInactive({ serial });
    case 'DEACTIVATED':
      throw new CardDeactivated({ serial });
    case 'LOCKED':
      throw new CardLocked({ serial });
    case 'EXPIRED':
    case 'CLOSED':
      throw new CardClosed({ serial });
  }
  if (boundNumbers >= terms.maxBoundNumbers)
    throw new TooManyBindings({ serial, limit: terms.maxBoundNumbers });
}

function bound(
  card: Card,
  number: string,
  at: RuleContext,
  details: { movedFrom?: string } = {},
): Decision<NumberBinding> {
  const binding = { number, cardId: card.id, createdAt: at.now };
  return {
    outcome: binding,
    bind: [binding],
    events: [cardEvent('NUMBER_BOUND', card, at.actorId, { number, ...details })],
  };
}
