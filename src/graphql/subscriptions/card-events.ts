import { PothosValidationError } from '@pothos/core';
import { resolveCursorConnection } from '@pothos/plugin-relay';
import { numberFor } from '../../domain/access/number-mask.ts';
import { batchIndexOf } from '../../domain/cards/serial.ts';
import type { LoggedEvent } from '../../domain/event.ts';
import type { DecimalAmount } from '../../domain/values/money.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import { pastPosition } from '../../realtime/event-subscription.ts';
import { readCardEvents } from '../../store/cards/card-events.ts';
import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money } from '../core/money.ts';
import { LIST_PAGE } from '../core/page-sizes.ts';
import { CARD_EVENT_TYPES, CARD_EVENTS, type CardEventType } from './event-types.ts';
import { LiveCardEvent } from './live-card-event.ts';
import {
  type Delivered,
  type EventKind,
  isOfKind,
  LiveEvent,
  money,
  moneyIn,
  payloadValue,
  snapshotOf,
} from './live-event.ts';

const CardEventTypeEnum = builder.enumType('CardEventType', {
  description: 'The kinds of card events.',
  values: CARD_EVENTS,
});

type EventOfCard =
  | LoggedEvent<Exclude<CardEventType, 'CARDS_IMPORTED'>>
  | (LoggedEvent<'CARDS_IMPORTED'> & {
      payload: { each: { balance: DecimalAmount; currency: string; version: number } };
    });

const OF_CARDS: EventKind<EventOfCard> = { types: CARD_EVENT_TYPES };

const CardEvent = builder.objectRef<Delivered<EventOfCard>>('CardEvent').implement({
  description: 'An event in the life of a card.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    type: t.field({
      type: CardEventTypeEnum,
      description: 'The kind of event.',
      resolve: ({ event }) => event.type,
    }),
    change: t.field({
      type: Money,
      nullable: true,
      description:
        'The change of the balance: positive for money in, negative for money out. Null if no money was transferred.',
      resolve: ({ event }) => moneyIn(event, 'change'),
    }),
    balance: t.field({
      type: Money,
      description: 'The balance immediately after the event.',
      resolve: ({ event }) => money(snapshotOf(event).balance, snapshotOf(event).currency),
    }),
    version: t.int({
      description: 'The version of the card after the event.',
      resolve: ({ event }) => snapshotOf(event).version,
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

const CardEventConnection = connectionOf(CardEvent, 'events');

builder.drizzleObjectField(Card, 'events', (t) =>
  t.connection(
    {
      type: CardEvent,
      description:
        "The card's events, newest first. The cursors are compatible with those of the subscriptions.",
      resolve: (card, args, { database, writer }) => {
        refuseBothEnds(args);
        return resolveCursorConnection<Promise<Delivered<EventOfCard>[]>>(
          {
            args,
            defaultSize: LIST_PAGE.usual,
            maxSize: LIST_PAGE.longest,
            toCursor: ({ event }: Delivered<EventOfCard>) => encodeCursor(event),
          },
          async ({ before, after, limit, inverted }): Promise<Delivered<EventOfCard>[]> => {
            const terms = await writer.terms.load(database.sql, [card.batchId]);
            const { id, batchId } = card;
            const number = batchIndexOf(card, terms.get(batchId) ?? { serialStart: 0 });
            const events = await readCardEvents(database.sql, {
              cardId: id,
              batchId,
              number,
              ...(after !== undefined && { below: await pastPosition(database.sql, after) }),
              ...(before !== undefined && { above: await pastPosition(database.sql, before) }),
              limit,
              oldestFirst: inverted,
            });
            const watched = [{ id, batchId, number }];
            return events.filter((event) => isOfKind(OF_CARDS, event)).map((event) => ({ event, watched }));
          },
        );
      },
    },
    CardEventConnection,
  ),
);

/** With the same message as the other lists. */
function refuseBothEnds({ first, last }: PothosSchemaTypes.DefaultConnectionArguments): void {
  if (typeof first !== 'number' || typeof last !== 'number') return;
  throw new PothosValidationError('Arguments "first" and "last" are not supported at the same time');
}
