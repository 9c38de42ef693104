import type { Decision, RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import { CardAlreadyActive, CardClosed, CardDeactivated } from '../rejections/cards.ts';
import type { Rejection } from '../rejections/rejection.ts';
import { CardReplaced, FirstUseOver } from '../rejections/replacements.ts';
import type { Transfer } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import type { BatchTerms, Card } from './card.ts';
import { type CardSnapshot, snapshotOfCard } from './card-event.ts';
import { type CardState, cardState, dueAt, recordedState } from './card-state.ts';
import { nextFeeFrom } from './maintenance-fee.ts';
import { batchIndexOf } from './serial.ts';

/** The result for a chunk of cards: those that changed, and why each of the others did not. */
export interface ChunkOutcome {
  readonly changed: readonly Card[];
  readonly refused: readonly { card: Card; why: Rejection }[];
}

interface Chunk {
  /** Cards of one batch. */
  readonly cards: readonly Card[];
  readonly terms: BatchTerms;
}

/**
 * Puts cards into service. At its first activation a card receives its face value in a transfer. A card that is
 * activated again after a deactivation receives none; one that was replaced can't be activated. A card that can't be
 * activated does not hold up the others.
 */
export function activateCards({ cards, terms }: Chunk, at: RuleContext): Decision<ChunkOutcome> {
  const transfers: Transfer[] = [];
  const outcome = changeEach(cards, (card) => {
    const { serial } = card;
    const state = cardState(card, at.now);
    if (state === 'EXPIRED' || state === 'CLOSED') return new CardClosed({ serial });
    if (card.replacedById !== null) return new CardReplaced({ serial });
    if (state !== 'INACTIVE' && state !== 'DEACTIVATED') return new CardAlreadyActive({ serial });
    // Its grace period would begin at once and its face value be forfeited: nothing extends a validity that never
    // began.
    if (card.activatedAt === null && card.validUntil !== null && at.now >= card.validUntil) {
      return new FirstUseOver({ serial });
    }
    const issued = card.activatedAt === null ? (card.faceValue ?? terms.faceValue) : 0n;
    const active = {
      ...card,
      status: 'ACTIVE' as const,
      activatedAt: card.activatedAt ?? at.now,
      nextFeeAt: nextFeeFrom(card, terms, at.now),
    };
    const after: Card = {
      ...active,
      balance: card.balance + issued,
      version: card.version + 1,
      dueAt: dueAt(active),
    };
    if (issued > 0n) transfers.push(issue(after, issued, at));
    return after;
  });
  return {
    outcome,
    cards: outcome.changed,
    transfers,
    events: rangeEvents('CARDS_ACTIVATED', { before: cards, after: outcome.changed, terms }, at, transfers),
  };
}

/** Takes cards out of service: lost, stolen, returned. The balance stays until they are activated again or expire. */
export function deactivateCards({ cards, terms }: Chunk, at: RuleContext): Decision<ChunkOutcome> {
  const outcome = changeEach(cards, (card) => {
    const { serial } = card;
    const state = cardState(card, at.now);
    if (state === 'EXPIRED' || state === 'CLOSED') return new CardClosed({ serial });
    if (state === 'DEACTIVATED') return new CardDeactivated({ serial });
    const deactivated = { ...card, status: 'DEACTIVATED' as const };
    return { ...deactivated, version: card.version + 1, dueAt: dueAt(deactivated) };
  });
  return {
    outcome,
    cards: outcome.changed,
    events: rangeEvents('CARDS_DEACTIVATED', { before: cards, after: outcome.changed, terms }, at),
  };
}

function changeEach(cards: readonly Card[], change: (card: Card) => Card | Rejection): ChunkOutcome {
  const changed: Card[] = [];
  const refused: { card: Card; why: Rejection }[] = [];
  for (const card of cards) {
    const result = change(card);
    if (result instanceof Error) refused.push({ card, why: result });
    else changed.push(result);
  }
  return { changed, refused };
}

function issue(card: Card, amount: bigint, at: RuleContext): Transfer {
  const { currency } = card;
  return {
    id: at.newId(),
    kind: 'ISSUE',
    debit: { operator: { kind: 'ISSUANCE', currency } },
    credit: { card },
    amount,
    currency,
  };
}

type RangeEventType = 'CARDS_ACTIVATED' | 'CARDS_DEACTIVATED';

/**
 * Makes one event for each unbroken run of serials, not one per card. What the event says is true of every card in the
 * run: a card that differs starts a new run.
 */
function rangeEvents(
  type: RangeEventType,
  { before, after, terms }: { before: readonly Card[]; after: readonly Card[]; terms: BatchTerms },
  at: RuleContext,
  issues: readonly Transfer[] = [],
): NewEvent[] {
  const issued = new Map(issues.map(({ credit, amount }) => ['card' in credit && credit.card.id, amount]));
  const states = new Map(before.map((card) => [card.id, recordedState(card)]));
  const numbered = after
    .map((card) => ({
      card,
      number: batchIndexOf(card, terms),
      stateBefore: states.get(card.id),
      each: snapshotOfCard(card),
      change: issued.get(card.id) ?? 0n,
    }))
    .toSorted((a, b) => a.number - b.number);
  const events: NewEvent[] = [];
  let first = numbered[0];
  let last = first;
  for (const next of numbered.slice(1)) {
    if (first && last && next.number === last.number + 1 && areAlike(first, next)) {
      last = next;
      continue;
    }
    if (first && last) events.push(rangeEvent(type, first, last.number, at));
    first = last = next;
  }
  if (first && last) events.push(rangeEvent(type, first, last.number, at));
  return events;
}

interface NumberedCard {
  readonly card: Card;
  readonly number: number;
  readonly stateBefore: CardState | undefined;
  readonly each: CardSnapshot;
  /** Micro-units that the change added to the card. */
  readonly change: bigint;
}

function areAlike(a: NumberedCard, b: NumberedCard): boolean {
  return (
    a.change === b.change &&
    a.stateBefore === b.stateBefore &&
    a.card.partnerId === b.card.partnerId &&
    (Object.keys(a.each) as (keyof CardSnapshot)[]).every((name) => a.each[name] === b.each[name])
  );
}

function rangeEvent(
  type: RangeEventType,
  { card, number, stateBefore, each, change }: NumberedCard,
  toNumber: number,
  at: RuleContext,
): NewEvent {
  return {
    type,
    actorId: at.actorId,
    batchId: card.batchId,
    ...(card.partnerId !== null && { partnerId: card.partnerId }),
    fromNumber: number,
    toNumber,
    payload: {
      count: toNumber - number + 1,
      each,
      stateBefore,
      ...(change > 0n && { change: formatMicros(change) }),
    },
  };
}
