import { cardState } from '../../../domain/cards/card-state.ts';
import { type Reopening, reopenCard } from '../../../domain/cards/reopening.ts';
import { CardNotClosed } from '../../../domain/rejections/cards.ts';
import type { CardReference, Command } from '../command.ts';
import type { ChangedCard } from './bulk.ts';
import { type Actor, givenBy, idempotency, reachOf } from './once.ts';

export interface ReopeningRequest extends Pick<Reopening, 'forfeiture' | 'before' | 'validUntil' | 'reason'> {
  readonly card: CardReference;
  readonly idempotencyKey: string;
}

export function reopeningCommand(actor: Actor, request: ReopeningRequest): Command<ChangedCard> {
  const { card: reference, forfeiture, before, validUntil, reason, idempotencyKey } = request;
  const asked = ['reopenCard', reference, validUntil?.toISOString() ?? null, reason];
  return {
    ...givenBy(actor),
    needs: { cards: [reference.id], ...(forfeiture && { reversalsOf: [forfeiture.id] }) },
    once: {
      idempotency: idempotency(actor, idempotencyKey, asked),
      remember: (changed) => ({ changed: { ...changed } }),
      replay(kept) {
        if (!('changed' in kept)) throw new Error('What was kept under the key is no change of a card.');
        return kept.changed;
      },
    },
    decide(state, at) {
      const card = state.card(reference.id, reachOf(actor), reference.reference);
      const { id: cardId, serial } = card;
      // It was reopened, and closed again, since the forfeiture was read.
      if (forfeiture && state.isReversed(forfeiture.id)) throw new CardNotClosed({ serial });
      const terms = state.terms(card);
      const decision = reopenCard({ card, terms, forfeiture, before, validUntil, reason }, at);
      return { ...decision, outcome: { cardId, serial, state: cardState(decision.outcome, at.now) } };
    },
  };
}
