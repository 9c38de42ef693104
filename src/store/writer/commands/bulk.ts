import { activateCards, type ChunkOutcome, deactivateCards } from '../../../domain/cards/activation.ts';
import type { BatchTerms, Card, LockReason } from '../../../domain/cards/card.ts';
import { type CardState, cardState } from '../../../domain/cards/card-state.ts';
import { lockCard, unlockCard } from '../../../domain/cards/lock.ts';
import type { Decision, RuleContext } from '../../../domain/decision.ts';
import { InvalidInput } from '../../../domain/rejections/input.ts';
import { optionalTextWithoutPin } from '../../../domain/values/text.ts';
import type { CardReference, Command } from '../command.ts';
import { type Actor, type Asked, givenBy, idempotency, reachOf } from './once.ts';

/**
 * Bulk commands under one key. The key identifies the whole list of rows: it is taken before any row runs, and refuses
 * another list. Each row is its own command, with a key made of the list's and its own, so that a list that was
 * interrupted can be sent again and only the missing rows run.
 */
export interface BulkRequest {
  readonly operation: 'rechargeCards' | 'changeCards';
  readonly idempotencyKey: string;
  /** Everything the request asks, in a fixed order. */
  readonly asked: readonly Asked[];
  readonly rows: number;
}

/** Takes the key of a list, or finds that the same list already has it. Resolves with its number of rows. */
export function bulkCommand(actor: Actor, request: BulkRequest): Command<number> {
  const { operation, idempotencyKey, asked, rows } = request;
  return {
    ...givenBy(actor),
    needs: {},
    once: {
      idempotency: idempotency(actor, idempotencyKey, [operation, ...asked]),
      remember: () => ({ rows }),
      replay: () => rows,
    },
    decide: () => ({ outcome: rows }),
  };
}

/** The key of a row. The length prefix separates a list "a" with a row "b:c" from a list "a:b" with a row "c". */
export function rowKey(listKey: string, key: string): string {
  return `${listKey.length}:${listKey}:${key}`;
}

export type CardChange =
  | {
      readonly kind: 'LOCK';
      readonly reason: LockReason;
      readonly unlockAt: Date | null;
      readonly note: string | null;
    }
  | { readonly kind: 'UNLOCK'; readonly note: string | null }
  | { readonly kind: 'ACTIVATE' | 'DEACTIVATE' };

interface RequestedChange {
  readonly change: CardChange['kind'];
  readonly lockReason?: LockReason | null | undefined;
  readonly unlockAt?: Date | null | undefined;
  readonly note?: string | null | undefined;
}

/** @throws InvalidInput for an argument that does not apply to the change */
export function cardChange({ change: kind, lockReason, unlockAt, note: given }: RequestedChange): CardChange {
  const note = optionalTextWithoutPin('note', given);
  if (kind !== 'LOCK') {
    refuseMisfits(kind, { lockReason, unlockAt });
    if (kind === 'UNLOCK') return { kind, note };
    refuseMisfits(kind, { note });
    return { kind };
  }
  if (!lockReason) throw new InvalidInput({ field: 'lockReason', problem: 'is required with LOCK.' });
  return { kind, reason: lockReason, unlockAt: unlockAt ?? null, note };
}

function refuseMisfits(kind: CardChange['kind'], fields: Record<string, unknown>): void {
  const given = Object.entries(fields).find(([, value]) => value !== null && value !== undefined);
  if (given) {
    throw new InvalidInput({ field: given[0], problem: `does not go with ${kind}: leave it out.` });
  }
}

/** What is stored of a change under its key: the whole answer, since the card itself continues to change. */
export interface ChangedCard {
  readonly cardId: string;
  readonly serial: string;
  /** Right after the change. */
  readonly state: CardState;
}

interface ChangeRequest {
  readonly card: CardReference;
  readonly change: CardChange;
  readonly idempotencyKey: string;
}

/** Changes the state of one card of a bulk request, once. */
export function changeCommand(actor: Actor, request: ChangeRequest): Command<ChangedCard> {
  const { card: cardReference, change, idempotencyKey } = request;
  return {
    ...givenBy(actor),
    class: 'BULK',
    needs: { cards: [cardReference.id] },
    once: {
      idempotency: idempotency(actor, idempotencyKey, ['changeCards', cardReference, JSON.stringify(change)]),
      remember: (changed) => ({ changed: { ...changed } }),
      replay(kept) {
        if (!('changed' in kept))
          throw new Error('The outcome stored under the key is not a change of a card.');
        return kept.changed;
      },
    },
    decide(state, at) {
      const card = state.card(cardReference.id, reachOf(actor), cardReference.reference);
      const decision = decideChange(change, { card, terms: state.terms(card), actor }, at);
      const { id: cardId, serial } = card;
      return { ...decision, outcome: { cardId, serial, state: cardState(decision.outcome, at.now) } };
    },
  };
}

interface Changing {
  readonly card: Card;
  readonly terms: BatchTerms;
  readonly actor: Actor;
}

function decideChange(change: CardChange, { card, terms, actor }: Changing, at: RuleContext): Decision<Card> {
  switch (change.kind) {
    case 'LOCK':
      return lockCard({ ...change, card, by: actor.partnerId }, at);
    case 'UNLOCK':
      return unlockCard({ card, terms, note: change.note, reach: reachOf(actor) }, at);
    case 'ACTIVATE':
      return only(activateCards({ cards: [card], terms }, at));
    case 'DEACTIVATE':
      return only(deactivateCards({ cards: [card], terms }, at));
  }
}

/** The decision about the only card of a chunk. @throws Rejection why it was not changed */
function only({ outcome, ...decision }: Decision<ChunkOutcome>): Decision<Card> {
  const [refused] = outcome.refused;
  if (refused) throw refused.why;
  const [card] = outcome.changed;
  if (!card) throw new Error('A chunk of one card is empty.');
  return { ...decision, outcome: card };
}
