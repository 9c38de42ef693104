import { sql } from 'drizzle-orm';
import { parseMicros } from '../../domain/values/money.ts';
import { stateIs } from '../../store/cards/card-state-sql.ts';
import { spelledFrom } from '../../store/pins/serial-spelling.ts';
import { builder } from '../core/builder.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { nullIfNotFound } from '../core/not-found.ts';
import { ownRows } from '../core/visibility-check.ts';
import { CardReferenceValue, resolveCard } from './card-reference.ts';
import { CardTypeEnum } from './card-type.ts';
import { CardConnection, CardStateEnum } from './cards.ts';

builder.queryField('card', (t) =>
  t.drizzleField({
    type: 'cards',
    nullable: true,
    description:
      'A card by its id, its serial or a bound number. Null if there is no such card that you can see.',
    args: { by: t.arg({ type: CardReferenceValue, required: true, description: 'The card.' }) },
    resolve: async (query, _root, { by }, context) => {
      const id = await nullIfNotFound(() => resolveCard(by, context));
      if (id === null) return null;
      return context.database.drizzle.query.cards.findFirst(
        query({ where: { AND: [{ id }, ownRows(context.viewer, 'Card')] } }),
      );
    },
  }),
);

const CardFilter = builder.inputType('CardFilter', {
  description: 'Filters cards. All given fields must match; omitted fields do not filter.',
  fields: (t) => ({
    state: t.field({ type: CardStateEnum, description: 'Cards that are currently in this state.' }),
    type: t.field({ type: CardTypeEnum, description: 'Cards of this type.' }),
    batchId: t.id({ description: 'Cards of this batch.' }),
    partnerId: t.id({ description: 'Cards of this partner.' }),
    serialPrefix: t.string({
      description: 'Cards whose serial starts with this text. Neither case nor blanks nor hyphens matter.',
    }),
    minBalance: t.field({
      type: 'Decimal',
      description: 'Cards with at least this balance, in units of their currency.',
    }),
    maxBalance: t.field({
      type: 'Decimal',
      description: 'Cards with at most this balance, in units of their currency.',
    }),
    validUntilFrom: t.field({
      type: 'DateTime',
      description: 'Cards whose validity ends at or after this time.',
    }),
    validUntilTo: t.field({ type: 'DateTime', description: 'Cards whose validity ends before this time.' }),
  }),
});

const CardOrder = builder.enumType('CardOrder', {
  description: 'The sort order of cards.',
  values: {
    SERIAL_ASC: { description: 'By serial, ascending.' },
    SERIAL_DESC: { description: 'By serial, descending.' },
  } as const,
});

builder.queryField('cards', (t) =>
  t.drizzleConnection(
    {
      type: 'cards',
      description:
        'Cards that match a filter. Pages use keyset pagination, so deep pages cost no more than the first.',
      args: {
        filter: t.arg({ type: CardFilter, description: 'Selects the cards.' }),
        orderBy: t.arg({
          type: CardOrder,
          required: true,
          defaultValue: 'SERIAL_ASC',
          description: 'The sort order.',
        }),
      },
      resolve: (query, _root, { filter, orderBy }, { database, viewer }) =>
        database.drizzle.query.cards.findMany(
          query({
            where: {
              AND: [
                ownRows(viewer, 'Card'),
                when(filter?.batchId, (id) => ({ batchId: fromGlobalId('CardBatch', id) })),
                when(filter?.partnerId, (id) => ({ partnerId: fromGlobalId('Partner', id) })),
                filter?.type ? { batch: { type: filter.type } } : {},
                when(filter?.serialPrefix, (prefix) => ({ RAW: (card) => spelledFrom(card, prefix) })),
                when(filter?.minBalance, (amount) => ({ balance: { gte: parseMicros(amount) } })),
                when(filter?.maxBalance, (amount) => ({ balance: { lte: parseMicros(amount) } })),
                filter?.validUntilFrom ? { validUntil: { gte: filter.validUntilFrom } } : {},
                filter?.validUntilTo ? { validUntil: { lt: filter.validUntilTo } } : {},
                filter?.state ? { RAW: (card) => stateIs(card, filter.state ?? 'ACTIVE', sql`now()`) } : {},
              ],
            },
            orderBy: { serial: orderBy === 'SERIAL_ASC' ? 'asc' : 'desc' },
          }),
        ),
    },
    CardConnection,
  ),
);
