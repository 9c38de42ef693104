import { bindNumber, moveNumber, unbindNumber } from '../../../domain/cards/number-binding.ts';
import type { NumberBinding } from '../../../domain/decision.ts';
import { NumberNotBound } from '../../../domain/rejections/bindings.ts';
import type { Command } from '../command.ts';
import { type Actor, givenBy, reachOf } from './once.ts';

export interface BindingRequest {
  readonly cardId: string;
  /** E.164, with its plus. */
  readonly number: string;
}

export function bindCommand(giver: Actor, { cardId, number }: BindingRequest): Command<NumberBinding> {
  return binding(giver, cardId, number, bindNumber);
}

/** A partner can move a number between its own cards only: another's binding is as good as none. */
export function moveCommand(
  giver: Actor,
  { cardId, number, fromCardId }: BindingRequest & { fromCardId: string },
): Command<NumberBinding> {
  const move = binding(giver, cardId, number, moveNumber);
  return {
    ...move,
    needs: { ...move.needs, cards: [cardId, fromCardId] },
    decide(book, at) {
      if (book.binding(number)?.cardId !== fromCardId) throw new NumberNotBound({ number });
      book.card(fromCardId, reachOf(giver));
      return move.decide(book, at);
    },
  };
}

export function unbindCommand(giver: Actor, { cardId, number }: BindingRequest): Command<NumberBinding> {
  return {
    ...givenBy(giver),
    needs: { cards: [cardId], numbers: [number] },
    decide: (book, at) =>
      unbindNumber({ card: book.card(cardId, reachOf(giver)), number, present: book.binding(number) }, at),
  };
}

function binding(
  giver: Actor,
  cardId: string,
  number: string,
  rule: typeof bindNumber,
): Command<NumberBinding> {
  return {
    ...givenBy(giver),
    needs: { cards: [cardId], numbers: [number], boundNumbersOf: [cardId] },
    decide(book, at) {
      const card = book.card(cardId, reachOf(giver));
      const terms = book.terms(card);
      const present = book.binding(number);
      return rule({ card, terms, number, present, boundNumbers: book.numbersOf(cardId).length }, at);
    },
  };
}
