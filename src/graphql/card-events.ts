import { PothosValidationError } from '@pothos/core';
import { resolveCursorConnection } from '@pothos/plugin-relay';
import type { EventType } from '../domain/event.ts';
import { numberFor } from '../domain/phone-number.ts';
import { placeInBatch } from '../domain/serial.ts';
import { encodeCursor } from '../realtime/cursor.ts';
import { pastPosition } from '../realtime/subscribe.ts';
import { readCardEvents } from '../store/card-events.ts';
import { builder } from './builder.ts';
import { Card } from './cards.ts';
import { type Delivered, LiveEvent, moneyOf, snapshotOf } from './live-event.ts';
import { Money } from './money.ts';

const CARD_EVENTS = {
  CARDS_IMPORTED: { description: 'Taken over from another system, with what was on it.' },
  CARDS_ACTIVATED: { description: 'Activated, alone or among others.' },
  CARDS_DEACTIVATED: { description: 'Taken out of service, alone or among others.' },
  CARD_FIRST_USED: { description: 'Authenticated for the first time: its validity began.' },
  CARD_RECHARGED: { description: 'Recharged.' },
  RECHARGE_REVERSED: { description: 'A recharge was taken back.' },
  VOUCHER_REDEEMED: { description: 'It got the value of a voucher.' },
  CARD_BALANCE_ADJUSTED: { description: 'Its balance was corrected by hand.' },
  FEE_CHARGED: { description: 'A fee was taken; `reason` says for what.' },
  CARD_LOCKED: { description: 'Locked.' },
  CARD_UNLOCKED: { description: 'Unlocked, by hand or by time.' },
  CARD_GRACE_STARTED: { description: 'Its validity ended.' },
  CARD_CLOSED: {
    description: 'Closed: its grace ended and its balance was forfeited, or, of a voucher, it was redeemed.',
  },
  CALL_AUTHORIZED: { description: 'A call was allowed, and its quota held.' },
  CALL_REFUSED: { description: 'A call was refused.' },
  CALL_EXTENDED: { description: 'A call was given more time, and more was held.' },
  CALL_COMPLETED: { description: 'A call ended and was charged.' },
  CALL_CANCELLED: { description: 'A call was never answered; its hold was released.' },
  CALL_ABANDONED: { description: 'A call whose switch fell silent was settled.' },
  CALL_TERMINATING: { description: 'An operator asked for the end of a call.' },
  CARD_REPLACED: { description: 'Another card was put in its place, or it in the place of another.' },
  NUMBER_BOUND: { description: 'A telephone number was bound to it.' },
  NUMBER_UNBOUND: { description: 'A telephone number was unbound from it.' },
} satisfies Partial<Record<EventType, { description: string }>>;

const CardEventType = builder.enumType('CardEventType', {
  description: 'What can happen to a card.',
  values: CARD_EVENTS,
});

const CardEvent = builder.objectRef<Delivered>('CardEvent').implement({
  description: 'Something that happened to a card.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    type: t.field({
      type: CardEventType,
      description: 'What happened.',
      resolve: ({ event }) => event.type as keyof typeof CARD_EVENTS,
    }),
    change: t.field({
      type: Money,
      nullable: true,
      description: 'What came in (positive) or went out (negative). Null when no money moved.',
      resolve: ({ event }) =>
        typeof event.payload.change === 'string' ? moneyOf(event, event.payload.change) : null,
    }),
    balance: t.field({
      type: Money,
      description: 'The balance right after it.',
      resolve: ({ event }) => moneyOf(event, snapshotOf(event).balance),
    }),
    version: t.int({
      description: 'The version of the card after it.',
      resolve: ({ event }) => snapshotOf(event).version,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, or that of the lock.',
      resolve: ({ event }) => text(event.payload.reason),
    }),
    note: t.string({
      nullable: true,
      description: 'The note given.',
      resolve: ({ event }) => text(event.payload.note),
    }),
    number: t.field({
      type: 'PhoneNumber',
      nullable: true,
      description:
        'The number that was bound or unbound; masked for partners, and for all once it was erased.',
      resolve: ({ event }, _args, { viewer }) => {
        const number = text(event.payload.number);
        return number && numberFor(viewer.role, number);
      },
    }),
  }),
});

const CardEventConnection = builder.connectionObject(
  { type: CardEvent, name: 'CardEventConnection', description: 'A page of events.' },
  { name: 'CardEventEdge', description: 'One of the events, with its place in the list.' },
);

builder.drizzleObjectField(Card, 'events', (t) =>
  t.connection(
    {
      type: CardEvent,
      description: 'What happened to the card, newest first. The cursors are those of the live events.',
      resolve: (card, args, { database, writer }) => {
        refuseBothEnds(args);
        return resolveCursorConnection<Promise<Delivered[]>>(
          {
            args,
            defaultSize: 20,
            maxSize: 100,
            toCursor: ({ event }: Delivered) => encodeCursor(event.position),
          },
          async ({ before, after, limit, inverted }): Promise<Delivered[]> => {
            const terms = await writer.terms.load(database.sql, [card.batchId]);
            const events = await readCardEvents(database.sql, {
              cardId: card.id,
              batchId: card.batchId,
              number: placeInBatch(card, terms.get(card.batchId) ?? { serialStart: 0 }),
              ...(after !== undefined && { below: await pastPosition(database.sql, after) }),
              ...(before !== undefined && { above: await pastPosition(database.sql, before) }),
              limit,
              oldestFirst: inverted,
            });
            return events.map((event) => ({ event, watched: undefined }));
          },
        );
      },
    },
    CardEventConnection,
  ),
);

/** In the words of the other lists. */
function refuseBothEnds({ first, last }: PothosSchemaTypes.DefaultConnectionArguments): void {
  if (typeof first !== 'number' || typeof last !== 'number') return;
  throw new PothosValidationError('Arguments "first" and "last" are not supported at the same time');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
