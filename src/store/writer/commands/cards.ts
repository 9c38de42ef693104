import { activateCards, type ChunkOutcome, deactivateCards } from '../../../domain/cards/activation.ts';
import type { Card, LockReason } from '../../../domain/cards/card.ts';
import { noteTime } from '../../../domain/cards/expiry.ts';
import { useForTheFirstTime } from '../../../domain/cards/first-use.ts';
import { lockCard, lockForFailures, unlockCard } from '../../../domain/cards/lock.ts';
import { adjustBalance } from '../../../domain/money/adjustment.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

export interface AdjustmentRequest {
  readonly card: CardReference;
  /** Micro-units: positive gives, negative takes. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export function adjustmentCommand(giver: Actor, request: AdjustmentRequest): Command<MoneyMoved> {
  const { card, amount, currency, reason, idempotencyKey } = request;
  return {
    ...givenBy(giver),
    needs: { cards: [card.id] },
    once: once(giver, idempotencyKey, ['adjustCardBalance', card.reference, amount, currency, reason]),
    decide(book, at) {
      const corrected = book.card(card.id, reachOf(giver), card.reference);
      const terms = book.terms(corrected);
      return moneyMoved(adjustBalance({ card: corrected, terms, amount, currency, reason }, at), at);
    },
  };
}

export interface LockRequest {
  readonly cardId: string;
  readonly reason: LockReason;
  readonly unlockAt: Date | null;
  readonly note: string | null;
}

export function lockCommand(giver: Actor, request: LockRequest): Command<Card> {
  return {
    ...givenBy(giver),
    needs: { cards: [request.cardId] },
    decide: (book, at) =>
      lockCard({ ...request, by: giver.partnerId, card: book.card(request.cardId, reachOf(giver)) }, at),
  };
}

/** Locks a card whose serial was tried with wrong PINs. Resolves with null when it is not in service or locked already. */
export function failureLockCommand(
  actorId: string,
  { cardId, minutes }: { cardId: string; minutes: number },
): Command<Card | null> {
  return {
    actorId,
    needs: { cards: [cardId] },
    decide: (book, at) =>
      lockForFailures({ card: book.card(cardId, null), minutes }, at) ?? { outcome: null },
  };
}

export function unlockCommand(
  giver: Actor,
  { cardId, note }: { cardId: string; note: string | null },
): Command<Card> {
  return {
    ...givenBy(giver),
    needs: { cards: [cardId] },
    decide(book, at) {
      const card = book.card(cardId, reachOf(giver));
      return unlockCard({ card, terms: book.terms(card), note, reach: reachOf(giver) }, at);
    },
  };
}

/** Notes the first use of a card that a switch has just authenticated. */
export function firstUseCommand(
  giver: Actor,
  { cardId, known }: { cardId: string; known: boolean },
): Command<Card> {
  return {
    ...givenBy(giver),
    class: 'CALL',
    needs: { cards: [cardId] },
    decide(book, at) {
      const card = book.card(cardId, null);
      return useForTheFirstTime({ card, terms: book.terms(card), known }, at);
    },
  };
}

/** Activates or deactivates a chunk of cards of one batch in one transaction. */
export function chunkCommand(
  giver: Actor,
  change: 'activate' | 'deactivate',
  cardIds: readonly string[],
): Command<ChunkOutcome> {
  return {
    ...givenBy(giver),
    class: 'BULK',
    needs: { cards: cardIds },
    decide(book, at) {
      const cards = cardIds.map((id) => book.card(id, reachOf(giver)));
      const [first] = cards;
      if (!first) return { outcome: { changed: [], refused: [] } };
      const chunk = { cards, terms: book.terms(first) };
      return change === 'activate' ? activateCards(chunk, at) : deactivateCards(chunk, at);
    },
  };
}

/** Notes what time has done to a card. */
export function noteTimeCommand(actorId: string, cardId: string): Command<Card> {
  return {
    actorId,
    class: 'BULK',
    needs: { cards: [cardId] },
    decide(book, at) {
      const card = book.card(cardId, null);
      return noteTime({ card, terms: book.terms(card) }, at);
    },
  };
}
