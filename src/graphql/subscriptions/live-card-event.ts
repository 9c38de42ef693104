import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { CardVersion, cardAfter, serialsOf, theOneCard } from './card-version.ts';
import { type Delivered, LiveEvent } from './live-event.ts';

export const SerialRange = builder
  .objectRef<{ from: string; to: string; count: number }>('SerialRange')
  .implement({
    description: 'Cards by their serials, both ends included.',
    fields: (t) => ({
      from: t.exposeString('from', { description: 'The first serial.' }),
      to: t.exposeString('to', { description: 'The last serial.' }),
      count: t.exposeInt('count', { description: 'How many cards.' }),
    }),
  });

export const LiveCardEvent = builder.interfaceRef<Delivered>('LiveCardEvent').implement({
  description: 'Something that happened to cards.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    serials: t.field({
      type: SerialRange,
      description: 'The cards it is about: most often one, many at once after a bulk change.',
      resolve: async ({ event }, _args, context) =>
        (await serialsOf(event, context)) ?? { from: '', to: '', count: 0 },
    }),
    card: t.field({
      type: CardVersion,
      nullable: true,
      description:
        'The card right after it, as the event tells it: costs no look-up. Null when it is about several cards of which you named no single one.',
      resolve: (delivered, _args, context) => cardAfter(delivered, context),
    }),
    currentCard: t.drizzleField({
      type: Card,
      nullable: true,
      description:
        'The card as it is now, looked up for each event that asks for it: leave it out of what you watch. Null as `card` is.',
      resolve: (query, delivered, _args, { database }) => {
        const id = theOneCard(delivered);
        return id === undefined ? null : database.drizzle.query.cards.findFirst(query({ where: { id } }));
      },
    }),
  }),
});
