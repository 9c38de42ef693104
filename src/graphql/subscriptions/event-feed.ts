import type { OutputRef } from '@pothos/core';
import type { LoggedEvent } from '../../domain/event.ts';
import { numberFor } from '../../domain/values/phone-number.ts';
import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { isInReach } from '../core/visibility-check.ts';
import { CardVersion, cardAfter, serialsOf, theOneCard } from './card-version.ts';
import { EventTypeEnum } from './event-types.ts';
import { SerialRange } from './live-card-event.ts';
import { type Delivered, type EventKind, isOfKind, LiveEvent, moneyIn, told } from './live-event.ts';

export const Event = builder.objectRef<Delivered>('Event').implement({
  description:
    'Something that happened, whatever it is. The fields named like subscriptions hold what these tell of it, and are null when they do not.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    type: t.field({
      type: EventTypeEnum,
      description: 'What happened.',
      resolve: ({ event }) => event.type,
    }),
    batchId: t.id({
      nullable: true,
      description: 'The global id of the batch it is about, or of the cards.',
      resolve: ({ event: { batchId } }) => (batchId === undefined ? null : toGlobalId('CardBatch', batchId)),
    }),
    partnerId: t.id({
      nullable: true,
      description: 'The global id of the partner it is about, or whose the cards are.',
      resolve: ({ event: { partnerId } }) =>
        partnerId === undefined ? null : toGlobalId('Partner', partnerId),
    }),
    serials: t.field({
      type: SerialRange,
      nullable: true,
      description: 'The cards it is about. Null when it is about none.',
      resolve: ({ event }, _args, context) => serialsOf(event, context),
    }),
    card: t.field({
      type: CardVersion,
      nullable: true,
      description:
        'The card right after it, as the event tells it. Null when it is about none, or about several of which you named no single one.',
      resolve: (delivered, _args, context) => cardAfter(delivered, context),
    }),
    currentCard: t.drizzleField({
      type: Card,
      nullable: true,
      description:
        'The card as it is now, looked up for each event that asks for it: leave it out of what you watch.',
      resolve: (query, delivered, _args, { database }) => {
        const id = theOneCard(delivered);
        return id === undefined ? null : database.drizzle.query.cards.findFirst(query({ where: { id } }));
      },
    }),
    change: t.field({
      type: Money,
      nullable: true,
      description:
        'What came in (positive) or went out (negative): of the card, of each card, or of the wallet.',
      resolve: ({ event }) => moneyIn(event, 'change'),
    }),
    walletBalanceAfter: t.field({
      type: Money,
      nullable: true,
      description: 'The wallet that was touched, right after it. Null: none, or none of yours.',
      resolve: ({ event }, _args, { viewer }) =>
        isInReach(viewer, told(event, 'payerId') ?? event.partnerId) ? moneyIn(event, 'walletBalance') : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, or that of the lock.',
      resolve: ({ event }) => told(event, 'reason'),
    }),
    note: t.string({
      nullable: true,
      description: 'The note given.',
      resolve: ({ event }) => told(event, 'note'),
    }),
    number: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The number that was bound or unbound; masked for partners, and for all once it was erased.',
      resolve: ({ event }, _args, { viewer }) => {
        const number = told(event, 'number');
        return number && numberFor(viewer.role, number);
      },
    }),
  }),
});

export type TypeOf<Event extends LoggedEvent> = OutputRef<Delivered<Event>>;

/** Adds to every event what a subscription tells of it. */
export function tellInFeed<Event extends LoggedEvent>(
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
      description: `What \`${subscription}\` tells of it.`,
      resolve: ({ event, watched }) => (isOfKind(kind, event) ? { event, watched } : null),
    }),
  );
}
