import type { CardSnapshot } from '../../domain/cards/card-event.ts';
import { type CardState, cardState } from '../../domain/cards/card-state.ts';
import { serialOf } from '../../domain/cards/serial.ts';
import type { LoggedEvent } from '../../domain/event.ts';
import { readMicros } from '../../domain/values/money.ts';
import { isAbout } from '../../realtime/event-watch.ts';
import { importedSerial } from '../../store/cards/card-events.ts';
import { CardStateEnum, LockReasonEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { type Delivered, money, payloadValue, snapshotOf } from './live-event.ts';

/** A card immediately after an event, as recorded in the event. */
interface CardAt extends CardSnapshot {
  readonly id: string;
  readonly serial: string;
  readonly at: Date;
}

export const CardVersion = builder.objectRef<CardAt>('CardVersion').implement({
  description:
    'A card as it was immediately after an event, as recorded in the event, rather than in its current state.',
  fields: (t) => ({
    cardId: t.id({ description: 'The global id of the card.', resolve: ({ id }) => toGlobalId('Card', id) }),
    serial: t.exposeString('serial', { description: 'The public number printed on the card.' }),
    version: t.exposeInt('version', {
      description: 'Increases by one with every change. Of two versions of a card, the higher is the later.',
    }),
    state: t.field({ type: CardStateEnum, description: 'The state after the event.', resolve: stateAt }),
    balance: t.field({
      type: Money,
      description: 'The balance, including amounts held for calls.',
      resolve: ({ balance, currency }) => money(balance, currency),
    }),
    held: t.field({
      type: Money,
      description: 'The amount held for calls in progress.',
      resolve: ({ held, currency }) => money(held, currency),
    }),
    available: t.field({
      type: Money,
      description: 'The balance minus the held amount.',
      resolve: ({ balance, held, currency }) => ({
        micros: readMicros(balance) - readMicros(held),
        currency,
      }),
    }),
    validUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The end of the validity. Null if there is none.',
      resolve: ({ validUntil }) => instant(validUntil),
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'The end of the grace period. Null if there is none.',
      resolve: ({ graceUntil }) => instant(graceUntil),
    }),
    lockReason: t.field({
      type: LockReasonEnum,
      nullable: true,
      description: 'The reason of the lock. Null if the card was not locked.',
      resolve: ({ lockReason }) => lockReason,
    }),
    unlockAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the lock ends automatically. Null if only unlockCard ends it.',
      resolve: ({ unlockAt }) => instant(unlockAt),
    }),
  }),
});

/**
 * The one card of an event for a subscriber: the event's only card, or the only card of its range that the subscriber
 * named.
 */
export function singleCard({ event, watched }: Delivered): string | undefined {
  if (event.cardId !== undefined) return event.cardId;
  const mine = watched?.filter((card) => isAbout(event, card)) ?? [];
  return mine.length === 1 ? mine[0]?.id : undefined;
}

/** The card as recorded in an event; null unless the event is about a single card. */
export async function cardAfter(delivered: Delivered, context: GraphContext): Promise<CardAt | null> {
  const { event, watched } = delivered;
  const id = singleCard(delivered);
  const snapshot = snapshotOf(event);
  // Import events have no state, which differs from card to card.
  if (id === undefined || !snapshot || !('status' in snapshot)) return null;
  const number = watched?.find((card) => card.id === id)?.number ?? event.fromNumber ?? 0;
  const serial = 'serial' in snapshot ? snapshot.serial : await serialAt(event, number, context);
  return { ...snapshot, id, serial, at: event.at };
}

/** The serial range of an event's cards, inclusive; null when the event is not about cards. */
export async function serialsOf(
  event: LoggedEvent,
  context: GraphContext,
): Promise<{ from: string; to: string; count: number } | null> {
  const { fromNumber, toNumber } = event;
  if (fromNumber === undefined || toNumber === undefined) {
    const serial = payloadValue(event, 'card')?.serial;
    return serial === undefined ? null : { from: serial, to: serial, count: 1 };
  }
  const [from, to] = [await serialAt(event, fromNumber, context), await serialAt(event, toNumber, context)];
  return { from, to, count: toNumber - fromNumber + 1 };
}

/** The state of the event's card, or of each card in its range, after the event. */
export function stateAt({ status, at, ...card }: CardSnapshot & { readonly at: Date }): CardState {
  const lockedAt = card.lockReason ? at : null;
  return cardState(
    {
      status,
      lockedAt,
      validUntil: instant(card.validUntil),
      graceUntil: instant(card.graceUntil),
      unlockAt: instant(card.unlockAt),
    },
    at,
  );
}

function instant(text: string | null): Date | null {
  return text ? new Date(text) : null;
}

async function serialAt(
  { batchId = '' }: LoggedEvent,
  number: number,
  { writer, database }: GraphContext,
): Promise<string> {
  const terms = (await writer.terms.load(database.sql, [batchId])).get(batchId);
  if (terms?.isImported) return importedSerial(database.sql, batchId, number);
  return serialOf(terms?.serialPrefix ?? '', (terms?.serialStart ?? 0) + number);
}
