import type { Role } from '../../domain/access/role.ts';
import type { EventType } from '../../domain/event.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import * as realtime from '../../domain/rejections/realtime.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import { readLogPage } from '../../realtime/log-page.ts';
import { headPlace, type LogPlace } from '../../store/events/event-log.ts';
import { builder } from '../core/builder.ts';
import { requestError } from '../core/error-codes.ts';
import { registerRejection } from '../core/errors.ts';
import { LIST_PAGE } from '../core/page-sizes.ts';
import { isAmong } from '../core/role-letters.ts';
import { Event } from './event-feed.ts';
import { EVENT_ROLES, EventTypeEnum } from './event-types.ts';
import { type Delivered, type EventKind, isOfKind } from './live-event.ts';
import { deliver, watching } from './watching.ts';

registerRejection(realtime.InvalidCursor, 'The cursor was not issued by the event log.', {
  cursor: 'The given cursor.',
});
registerRejection(
  realtime.CursorAhead,
  'The event log does not have the event of this cursor: it has not come as far, or has lost its latest events.',
  {
    cursor: 'The given cursor.',
  },
);
registerRejection(realtime.CursorExpired, 'The cursor is older than the retained events.', {
  cursor: 'The given cursor.',
});

const EventFilter = builder.inputType('EventFilter', {
  description: 'Filters events. All given fields must match; omitted fields do not filter.',
  fields: (t) => ({
    types: t.field({
      type: [EventTypeEnum],
      description: 'Events of these types. If omitted, all that you can see.',
    }),
    cardIds: t.idList({ description: 'Events about these cards, at most 1,000.' }),
    batchId: t.id({ description: 'Events about this batch or its cards.' }),
    partnerId: t.id({ description: 'Events about this partner or its batches and cards.' }),
  }),
});

interface Page {
  readonly items: readonly Delivered[];
  readonly end: LogPlace;
  readonly hasMore: boolean;
}

const EventPage = builder.objectRef<Page>('EventPage').implement({
  description: 'A page of the event log.',
  fields: (t) => ({
    items: t.field({
      type: [Event],
      description: 'The matching events, in the order in which they happened.',
      resolve: ({ items }) => items,
    }),
    endCursor: t.field({
      type: 'Cursor',
      description:
        'How far the log has been searched. Pass it as `after` to fetch the next page or to subscribe. It advances even if no event matches.',
      resolve: ({ end }) => encodeCursor(end),
    }),
    hasMore: t.exposeBoolean('hasMore', {
      description:
        'Whether the log continues, so that the next page can be fetched immediately. False if everything up to now has been searched.',
    }),
  }),
});

builder.queryField('events', (t) =>
  t.field({
    type: EventPage,
    description:
      'The event log from a given position, for clients that poll: the same events as the subscription `events` with the same filter.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description:
          'Resume after this cursor, from any subscription. If omitted, starts with the oldest retained event.',
      }),
      first: t.arg.int({
        defaultValue: LIST_PAGE.usual,
        required: true,
        description: `The maximum number of events, up to ${LIST_PAGE.longest}.`,
      }),
      filter: t.arg({ type: EventFilter, description: 'Filters the events.' }),
    },
    resolve: async (_root, { after, first, filter }, context) => {
      if (first < 1 || first > LIST_PAGE.longest) {
        throw new InvalidInput({ field: 'first', problem: `must be 1 to ${LIST_PAGE.longest}.` });
      }
      const kind = kindOf(filter?.types, context.viewer);
      const { watch, watched } = await watching(filter ?? {}, kind, context);
      const page = await readLogPage(context.database.sql, watch, { after: after ?? null, first });
      return {
        ...page,
        items: page.events.filter((event) => isOfKind(kind, event)).map((event) => ({ event, watched })),
      };
    },
  }),
);

builder.subscriptionField('events', (t) =>
  t.field({
    type: Event,
    description: 'All events that you can see, in one order.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description:
          'Resume after this cursor, from any subscription. If omitted, only new events are delivered.',
      }),
      filter: t.arg({ type: EventFilter, description: 'Filters the events.' }),
    },
    subscribe: (_root, { after, filter }, context) =>
      deliver({ ...filter, after }, kindOf(filter?.types, context.viewer), context),
    resolve: (delivered) => delivered as Delivered,
  }),
);

/** @throws InvalidInput for an empty list of types; FORBIDDEN for a type that the viewer's role may not see */
function kindOf(types: readonly EventType[] | null | undefined, { role }: { role: Role }): EventKind {
  const open = [...EVENT_ROLES].filter(([, letters]) => isAmong(role, letters)).map(([type]) => type);
  if (!types) return { types: open };
  if (types.length === 0) {
    throw new InvalidInput({ field: 'types', problem: 'names no type: leave it out for all.' });
  }
  const closed = types.find((type) => !open.includes(type));
  if (closed === undefined) return { types };
  throw requestError('FORBIDDEN', `Events of the type ${closed} are not for you to see: leave it out.`);
}

builder.queryField('eventCursor', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The current end of the event log. Fetch it before a query or mutation, then subscribe with it as `after`, so that no event in between is missed.',
    resolve: async (_root, _args, { database }) => encodeCursor(await headPlace(database.sql)),
  }),
);
