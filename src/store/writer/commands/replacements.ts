import type { Card } from '../../../domain/cards/card.ts';
import { type CardReplacement, isSpare, replaceCard } from '../../../domain/cards/replacement.ts';
import type { CardReference, Command } from '../command.ts';
import type { KeptAnswer, WorkingSet } from '../working-set.ts';
import { type Actor, givenBy, idempotency, reachOf } from './once.ts';

export interface ReplacementRequest {
  readonly card: CardReference;
  /** The card that was named, or that was picked because none was; null: there was none to pick. */
  readonly newCard: CardReference | PickedCard | null;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** A card that appeared to be in stock. The client did not name it, so it is not part of the fingerprint. */
export interface PickedCard {
  readonly id: string;
  readonly picked: true;
}

/**
 * Another command took the picked card first. Not a rejection, so it is not stored under the key: pick another card.
 */
export class SpareCardTaken extends Error {
  override readonly name = 'SpareCardTaken';
}

export function replacementCommand(actor: Actor, request: ReplacementRequest): Command<CardReplacement> {
  const { card: lost, newCard, reason, idempotencyKey } = request;
  const cards = newCard === null ? [lost.id] : [lost.id, newCard.id];
  const named = newCard && 'reference' in newCard ? newCard : null;
  return {
    ...givenBy(actor),
    needs: { cards, boundNumbersOf: cards },
    once: {
      idempotency: idempotency(actor, idempotencyKey, ['replaceCard', lost, named, reason]),
      remember: kept,
      replay: replayed,
    },
    decide(state, at) {
      const reach = reachOf(actor);
      const card = state.card(lost.id, reach, lost.reference);
      const spare = newCard && state.card(newCard.id, reach, named?.reference);
      if (spare && named === null && !isSpare(spare, at.now)) throw new SpareCardTaken();
      return replaceCard(
        { lost: party(card, state), spare: spare ? party(spare, state) : undefined, reason, reach },
        at,
      );
    },
  };
}

function party(card: Card, state: WorkingSet) {
  return { card, terms: state.terms(card), numbers: state.numbersOf(card.id) };
}

/** Stores no transfer: the replacement of an empty card makes none. */
function kept({ moved, fee, ...replacement }: CardReplacement): KeptAnswer {
  return { replacement: { ...replacement, moved: moved.toString(), fee: fee.toString() } };
}

function replayed(answer: KeptAnswer): CardReplacement {
  if (!('replacement' in answer)) throw new Error('The outcome stored under the key is not a replacement.');
  const { moved, fee, ...replacement } = answer.replacement;
  return { ...replacement, moved: BigInt(moved), fee: BigInt(fee) };
}
