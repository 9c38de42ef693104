import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import type { Viewer } from '../core/context.ts';
import { when } from '../core/filter.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { ownRows } from '../core/visibility-check.ts';
import { Call, CallConnection, CallStateEnum } from './calls.ts';

builder.queryField('call', (t) =>
  t.drizzleField({
    type: Call,
    nullable: true,
    description:
      "A call by its switch's id. Null when there is none, or none that is yours; where several switches have one, the newest.",
    args: { switchCallId: t.arg.id({ required: true, description: "The switch's own id of the call." }) },
    resolve: (query, _root, { switchCallId }, { database, viewer }) =>
      database.drizzle.query.calls.findFirst(
        query({
          where: { switchCallId, ...ownRows(viewer, 'Call'), ...ownCalls(viewer) },
          orderBy: { id: 'desc' },
        }),
      ),
  }),
);

/** A switch finds its own calls by its ids. */
function ownCalls({ role, callScope, actorId }: Viewer): { scope?: string } {
  return role === 'SWITCH' ? { scope: callScope ?? actorId } : {};
}

const CallFilter = builder.inputType('CallFilter', {
  description: 'Which calls. What is left out does not limit.',
  fields: (t) => ({
    cardId: t.id({ description: 'Of this card.' }),
    partnerId: t.id({ description: "Of this partner's cards." }),
    state: t.field({ type: CallStateEnum, description: 'In this state.' }),
    destination: t.string({ description: 'Whose destination contains this, in capitals or not.' }),
    from: t.field({ type: 'DateTime', description: 'Asked for at or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Asked for before this instant.' }),
  }),
});

builder.queryField('calls', (t) =>
  t.drizzleConnection(
    {
      type: 'calls',
      description: 'Calls, newest first, refused ones too. A partner sees those of its cards.',
      args: { filter: t.arg({ type: CallFilter, description: 'Which calls.' }) },
      resolve: (query, _root, { filter }, { database, viewer }) =>
        database.drizzle.query.calls.findMany(
          query({
            where: {
              AND: [
                ownRows(viewer, 'Call'),
                when(filter?.cardId, (id) => ({ cardId: fromGlobalId('Card', id) })),
                when(filter?.partnerId, (id) => ({ partnerId: fromGlobalId('Partner', id) })),
                filter?.state ? { state: filter.state } : {},
                filter?.destination ? { destination: { ilike: `%${escapeLike(filter.destination)}%` } } : {},
                filter?.from ? { authorizedAt: { gte: filter.from } } : {},
                filter?.to ? { authorizedAt: { lt: filter.to } } : {},
              ],
            },
            orderBy: { id: 'desc' },
          }),
        ),
    },
    CallConnection,
  ),
);

builder.queryField('activeCalls', (t) =>
  t.drizzleConnection(
    {
      type: 'calls',
      description: 'Calls in progress, newest first. A partner sees those of its cards.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.calls.findMany(
          query({
            where: { AND: [ownRows(viewer, 'Call'), { state: 'AUTHORIZED' as const }] },
            orderBy: { id: 'desc' },
          }),
        ),
    },
    CallConnection,
  ),
);

builder.drizzleObjectField(Card, 'calls', (t) =>
  t.relatedConnection(
    'calls',
    {
      description: 'Its calls, newest first, refused ones too.',
      query: { orderBy: { id: 'desc' } },
    },
    CallConnection,
  ),
);

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
