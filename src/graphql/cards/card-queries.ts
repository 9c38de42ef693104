import { sql } from 'drizzle-orm';
import { parseMicros } from '../../domain/values/money.ts';
import { stateIs } from '../../store/cards/card-state-sql.ts';
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
      'One card by its id, its serial or a number that stands for it. Null when there is none of yours.',
    args: { by: t.arg({ type: CardReferenceValue, required: true, description: 'Which card.' }) },
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
  description: 'Which cards. All that is given must fit; what is left out does not limit.',
  fields: (t) => ({
    state: t.field({ type: CardStateEnum, description: 'In this state now.' }),
    type: t.field({ type: CardTypeEnum, description: 'Of a batch of this type.' }),
    batchId: t.id({ description: 'Of this batch.' }),
    partnerId: t.id({ description: 'Of this partner.' }),
    serialPrefix: t.string({ description: 'Whose serial begins with this.' }),
    minBalance: t.field({
      type: 'Decimal',
      description: 'With at least this balance, in units of its currency.',
    }),
    maxBalance: t.field({
      type: 'Decimal',
      description: 'With at most this balance, in units of its currency.',
    }),
    validUntilFrom: t.field({
      type: 'DateTime',
      description: 'Whose validity ends at or after this instant.',
    }),
    validUntilTo: t.field({ type: 'DateTime', description: 'Whose validity ends before this instant.' }),
  }),
});

const CardOrder = builder.enumType('CardOrder', {
  description: 'In which order cards are listed.',
  values: {
    SERIAL_ASC: { description: 'By serial, lowest first.' },
    SERIAL_DESC: { description: 'By serial, highest first.' },
  } as const,
});

builder.queryField('cards', (t) =>
  t.drizzleConnection(
    {
      type: 'cards',
      description:
        'Cards by what they are and have, in pages by keyset: a page costs the same however far in it is.',
      args: {
        filter: t.arg({ type: CardFilter, description: 'Which cards.' }),
        orderBy: t.arg({
          type: CardOrder,
          required: true,
          defaultValue: 'SERIAL_ASC',
          description: 'In which order.',
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
                filter?.serialPrefix
                  ? { serial: { gte: filter.serialPrefix, lt: after(filter.serialPrefix) } }
                  : {},
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

/** The first text, in the order of bytes, after all that begin with a prefix of ASCII. */
function after(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
