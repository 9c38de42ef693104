import { bindNumber, moveNumber, unbindNumber } from '../../../domain/cards/number-binding.ts';
import type { NumberBinding } from '../../../domain/decision.ts';
import { NumberNotBound } from '../../../domain/rejections/bindings.ts';
import type { Command } from '../command.ts';
import { type Actor, givenBy, reachOf } from './once.ts';

interface BindingRequest {
  readonly cardId: string;
  /** E.164, with its plus. */
  readonly number: string;
}

export function bindCommand(actor: Actor, { cardId, number }: BindingRequest): Command<NumberBinding> {
  return binding(actor, cardId, number, bindNumber);
}

/** A partner can only move a number between its own cards: another partner's binding is treated as missing. */
export function moveCommand(
  actor: Actor,
  { cardId, number, fromCardId }: BindingRequest & { fromCardId: string },
): Command<NumberBinding> {
  const move = binding(actor, cardId, number, moveNumber);
  return {
    ...move,
    needs: { ...move.needs, cards: [cardId, fromCardId] },
    decide(state, at) {
      if (state.binding(number)?.cardId !== fromCardId) throw new NumberNotBound({ number });
      state.card(fromCardId, reachOf(actor));
      return move.decide(state, at);
    },
  };
}

export function unbindCommand(actor: Actor, { cardId, number }: BindingRequest): Command<NumberBinding> {
  return {
    ...givenBy(actor),
    needs: { cards: [cardId], numbers: [number] },
    decide: (state, at) =>
      unbindNumber({ card: state.card(cardId, reachOf(actor)), number, present: state.binding(number) }, at),
  };
}

function binding(
  actor: Actor,
  cardId: string,
  number: string,
  rule: typeof bindNumber,
): Command<NumberBinding> {
  return {
    ...givenBy(actor),
    needs: { cards: [cardId], numbers: [number], boundNumbersOf: [cardId] },
    decide(state, at) {
      const card = state.card(cardId, reachOf(actor));
      const terms = state.terms(card);
      const present = state.binding(number);
      return rule({ card, terms, number, present, boundNumbers: state.numbersOf(cardId).length }, at);
    },
  };
}
