import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { CardVersion, cardAfter, serialsOf, singleCard } from './card-version.ts';
import { type Delivered, LiveEvent } from './live-event.ts';

export const SerialRange = builder
  .objectRef<{ from: string; to: string; count: number }>('SerialRange')
  .implement({
    description: 'A range of serials, inclusive at both ends.',
    fields: (t) => ({
      from: t.exposeString('from', { description: 'The first serial.' }),
      to: t.exposeString('to', { description: 'The last serial.' }),
      count: t.exposeInt('count', { description: 'The number of cards.' }),
    }),
  });

export const LiveCardEvent = builder.interfaceRef<Delivered>('LiveCardEvent').implement({
  description: 'An event that affects cards.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    serials: t.field({
      type: SerialRange,
      description: 'The cards affected: usually one, many after a bulk change.',
      resolve: async ({ event }, _args, context) =>
        (await serialsOf(event, context)) ?? { from: '', to: '', count: 0 },
    }),
    card: t.field({
      type: CardVersion,
      nullable: true,
      description:
        'The card immediately after the event, as recorded in the event, at no extra cost. Null if the event affects several cards of which you did not select a single one.',
      resolve: (delivered, _args, context) => cardAfter(delivered, context),
    }),
    currentCard: t.drizzleField({
      type: Card,
      nullable: true,
      description:
        'The card in its current state, loaded for each event if selected; avoid it in high-volume subscriptions. Null when `card` is.',
      resolve: (query, delivered, _args, { database }) => {
        const id = singleCard(delivered);
        return id === undefined ? null : database.drizzle.query.cards.findFirst(query({ where: { id } }));
      },
    }),
  }),
});
