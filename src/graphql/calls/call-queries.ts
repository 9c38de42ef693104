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
      "A call by its switch's own id. Null if there is no such call that you can see. If several switches use the id, the newest call.",
    args: { switchCallId: t.arg.id({ required: true, description: "The switch's own id for the call." }) },
    resolve: (query, _root, { switchCallId }, { database, viewer }) =>
      database.drizzle.query.calls.findFirst(
        query({
          where: { switchCallId, ...ownRows(viewer, 'Call'), ...ownCalls(viewer) },
          orderBy: { id: 'desc' },
        }),
      ),
  }),
);

/** A switch finds only its own calls by their ids. */
function ownCalls({ role, callScope, actorId }: Viewer): { scope?: string } {
  return role === 'SWITCH' ? { scope: callScope ?? actorId } : {};
}

const CallFilter = builder.inputType('CallFilter', {
  description: 'Filters calls. Omitted fields do not filter.',
  fields: (t) => ({
    cardId: t.id({ description: 'Calls of this card.' }),
    partnerId: t.id({ description: "Calls of this partner's cards." }),
    state: t.field({ type: CallStateEnum, description: 'Calls in this state.' }),
    destination: t.string({ description: 'Calls whose destination contains this text, ignoring case.' }),
    from: t.field({ type: 'DateTime', description: 'Calls authorized at or after this time.' }),
    to: t.field({ type: 'DateTime', description: 'Calls authorized before this time.' }),
  }),
});

builder.queryField('calls', (t) =>
  t.drizzleConnection(
    {
      type: 'calls',
      description: 'Calls, newest first, including refused ones. A partner sees those of its cards.',
      args: { filter: t.arg({ type: CallFilter, description: 'Filters the calls.' }) },
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
      description: "The card's calls, newest first, including refused ones.",
      query: { orderBy: { id: 'desc' } },
    },
    CallConnection,
  ),
);

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
