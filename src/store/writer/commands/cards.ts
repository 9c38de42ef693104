import { activateCards, type ChunkOutcome, deactivateCards } from '../../../domain/cards/activation.ts';
import type { Card, LockReason } from '../../../domain/cards/card.ts';
import { noteTime } from '../../../domain/cards/expiry.ts';
import { useForTheFirstTime } from '../../../domain/cards/first-use.ts';
import { lockCard, lockForFailures, unlockCard } from '../../../domain/cards/lock.ts';
import { adjustBalance } from '../../../domain/money/adjustment.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once, reachOf } from './once.ts';

interface AdjustmentRequest {
  readonly card: CardReference;
  /** Micro-units: positive gives, negative takes. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export function adjustmentCommand(actor: Actor, request: AdjustmentRequest): Command<MoneyMoved> {
  const { card, amount, currency, reason, idempotencyKey } = request;
  return {
    ...givenBy(actor),
    needs: { cards: [card.id] },
    once: once(actor, idempotencyKey, ['adjustCardBalance', card, amount, currency, reason]),
    decide(state, at) {
      const corrected = state.card(card.id, reachOf(actor), card.reference);
      const terms = state.terms(corrected);
      return moneyMoved(adjustBalance({ card: corrected, terms, amount, currency, reason }, at), at);
    },
  };
}

interface LockRequest {
  readonly cardId: string;
  readonly reason: LockReason;
  readonly unlockAt: Date | null;
  readonly note: string | null;
}

export function lockCommand(actor: Actor, request: LockRequest): Command<Card> {
  return {
    ...givenBy(actor),
    needs: { cards: [request.cardId] },
    decide: (state, at) =>
      lockCard({ ...request, by: actor.partnerId, card: state.card(request.cardId, reachOf(actor)) }, at),
  };
}

/**
 * Locks a card whose serial was tried with wrong PINs. Resolves with null when it is not in service or already locked.
 */
export function failureLockCommand(
  actorId: string,
  { cardId, minutes }: { cardId: string; minutes: number },
): Command<Card | null> {
  return {
    actorId,
    needs: { cards: [cardId] },
    decide: (state, at) =>
      lockForFailures({ card: state.card(cardId, null), minutes }, at) ?? { outcome: null },
  };
}

export function unlockCommand(
  actor: Actor,
  { cardId, note }: { cardId: string; note: string | null },
): Command<Card> {
  return {
    ...givenBy(actor),
    needs: { cards: [cardId] },
    decide(state, at) {
      const card = state.card(cardId, reachOf(actor));
      return unlockCard({ card, terms: state.terms(card), note, reach: reachOf(actor) }, at);
    },
  };
}

/** Records the first use of a card that a switch has just authenticated. */
export function firstUseCommand(
  actor: Actor,
  { cardId, known }: { cardId: string; known: boolean },
): Command<Card> {
  return {
    ...givenBy(actor),
    class: 'CALL',
    needs: { cards: [cardId] },
    decide(state, at) {
      const card = state.card(cardId, null);
      return useForTheFirstTime({ card, terms: state.terms(card), known }, at);
    },
  };
}

/** Activates or deactivates a chunk of cards of one batch in one transaction. */
export function chunkCommand(
  actor: Actor,
  change: 'activate' | 'deactivate',
  cardIds: readonly string[],
): Command<ChunkOutcome> {
  return {
    ...givenBy(actor),
    class: 'BULK',
    needs: { cards: cardIds },
    decide(state, at) {
      const cards = cardIds.map((id) => state.card(id, reachOf(actor)));
      const [first] = cards;
      if (!first) return { outcome: { changed: [], refused: [] } };
      const chunk = { cards, terms: state.terms(first) };
      return change === 'activate' ? activateCards(chunk, at) : deactivateCards(chunk, at);
    },
  };
}

/**
 * Records what time has done to a card.
 *
 * @param isTrusted whether the database's clock may show an instant: nothing is recorded under a clock that jumped
 */
export function noteTimeCommand(
  actorId: string,
  cardId: string,
  isTrusted: (now: Date) => boolean = () => true,
): Command<Card> {
  return {
    actorId,
    class: 'BULK',
    needs: { cards: [cardId] },
    decide(state, at) {
      const card = state.card(cardId, null);
      if (!isTrusted(at.now)) return { outcome: card };
      return noteTime({ card, terms: state.terms(card) }, at);
    },
  };
}
