import type { OutputRef } from '@pothos/core';
import { numberFor } from '../../domain/access/number-mask.ts';
import type { LoggedEvent } from '../../domain/event.ts';
import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { globalIdOrNull } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';
import { CardVersion, cardAfter, serialsOf, singleCard } from './card-version.ts';
import { EventTypeEnum } from './event-types.ts';
import { SerialRange } from './live-card-event.ts';
import { type Delivered, type EventKind, isOfKind, LiveEvent, moneyIn, payloadValue } from './live-event.ts';

export const Event = builder.objectRef<Delivered>('Event').implement({
  description:
    'An event of any type. The fields named after subscriptions hold the payload of that subscription, and are null if the event does not belong to it.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    type: t.field({
      type: EventTypeEnum,
      description: 'The kind of event.',
      resolve: ({ event }) => event.type,
    }),
    batchId: t.id({
      nullable: true,
      description: 'The global id of the batch that the event or its cards belong to.',
      resolve: ({ event: { batchId } }) => globalIdOrNull('CardBatch', batchId),
    }),
    partnerId: t.id({
      nullable: true,
      description: 'The global id of the partner that the event or its cards belong to.',
      resolve: ({ event: { partnerId } }) => globalIdOrNull('Partner', partnerId),
    }),
    serials: t.field({
      type: SerialRange,
      nullable: true,
      description: 'The cards affected. Null if there are none.',
      resolve: ({ event }, _args, context) => serialsOf(event, context),
    }),
    card: t.field({
      type: CardVersion,
      nullable: true,
      description:
        'The card immediately after the event, as recorded in the event. Null if the event affects no card, or several of which you did not select a single one.',
      resolve: (delivered, _args, context) => cardAfter(delivered, context),
    }),
    currentCard: t.drizzleField({
      type: Card,
      nullable: true,
      description:
        'The card in its current state, loaded for each event if selected; avoid it in high-volume subscriptions.',
      resolve: (query, delivered, _args, { database }) => {
        const id = singleCard(delivered);
        return id === undefined ? null : database.drizzle.query.cards.findFirst(query({ where: { id } }));
      },
    }),
    change: t.field({
      type: Money,
      nullable: true,
      description:
        'The change of the balance of the card, of each card, or of the wallet: positive for money in, negative for money out.',
      resolve: ({ event }) => moneyIn(event, 'change'),
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description:
        'The balance of the wallet immediately after the event. Null if no wallet was affected, or none that you can see.',
      resolve: ({ event }, _args, { viewer }) =>
        isInReach(viewer, payloadValue(event, 'payerId') ?? event.partnerId)
          ? moneyIn(event, 'walletBalance')
          : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, or the reason of the lock.',
      resolve: ({ event }) => payloadValue(event, 'reason'),
    }),
    note: t.string({
      nullable: true,
      description: 'The note given.',
      resolve: ({ event }) => payloadValue(event, 'note'),
    }),
    number: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The number that was bound or unbound. Masked for partners, and for everyone after erasure.',
      resolve: ({ event }, _args, { viewer }) => {
        const number = payloadValue(event, 'number');
        return number && numberFor(viewer.role, number);
      },
    }),
  }),
});

export type TypeOf<Event extends LoggedEvent> = OutputRef<Delivered<Event>>;

/** Adds the payload of a subscription to every event. */
export function addToFeed<Event extends LoggedEvent>(
  field: string,
  {
    type,
    kind,
    subscription = field,
  }: { type: TypeOf<Event>; kind: EventKind<Event>; subscription?: string },
): void {
  builder.objectField(Event, field, (t) =>
    t.field({
      type,
      nullable: true,
      description: `The payload of \`${subscription}\` for this event.`,
      resolve: ({ event, watched }) => (isOfKind(kind, event) ? { event, watched } : null),
    }),
  );
}
