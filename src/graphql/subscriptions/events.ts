import { GraphQLError } from 'graphql';
import type { Role } from '../../domain/access/role.ts';
import type { EventType } from '../../domain/event.ts';
import { InvalidInput } from '../../domain/rejections/input.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import { readLogPage } from '../../realtime/log-page.ts';
import { builder } from '../core/builder.ts';
import { pageSizeOf } from '../core/page-sizes.ts';
import { isAmong } from '../core/role-letters.ts';
import { Event } from './event-feed.ts';
import { EVENT_ROLES, EventTypeEnum } from './event-types.ts';
import { type Delivered, type EventKind, isOfKind } from './live-event.ts';
import { deliver, watching } from './watching.ts';

const PAGE = pageSizeOf('EventPage');

const EventFilter = builder.inputType('EventFilter', {
  description: 'Which events. All that is named must fit; what is left out does not limit.',
  fields: (t) => ({
    types: t.field({
      type: [EventTypeEnum],
      description: 'Of one of these types. Left out: of all that you may see.',
    }),
    cardIds: t.idList({ description: 'About these cards, at most 1,000.' }),
    batchId: t.id({ description: 'About this batch, or cards of it.' }),
    partnerId: t.id({ description: 'About this partner, or batches and cards of it.' }),
  }),
});

interface Page {
  readonly items: readonly Delivered[];
  readonly end: bigint;
  readonly hasMore: boolean;
}

const EventPage = builder.objectRef<Page>('EventPage').implement({
  description: 'A page of the event log.',
  fields: (t) => ({
    items: t.field({
      type: [Event],
      description: 'The events that fit, in the order in which they happened.',
      resolve: ({ items }) => items,
    }),
    endCursor: t.field({
      type: 'Cursor',
      description:
        'How far the log was looked through: ask for the next page `after` it, or subscribe. It moves on when nothing fits, too.',
      resolve: ({ end }) => encodeCursor(end),
    }),
    hasMore: t.exposeBoolean('hasMore', {
      description: 'Whether to ask again at once: the log goes on. False: all up to now was looked through.',
    }),
  }),
});

builder.queryField('events', (t) =>
  t.field({
    type: EventPage,
    description:
      'The event log from a place on: what the subscription `events` with the same filter tells, for who asks now and then.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description:
          'Begin with what came after this cursor, of whichever subscription. Left out: with the oldest that is kept.',
      }),
      first: t.arg.int({
        defaultValue: PAGE.usual,
        required: true,
        description: `How many events at most, up to ${PAGE.longest}.`,
      }),
      filter: t.arg({ type: EventFilter, description: 'Which events.' }),
    },
    resolve: async (_root, { after, first, filter }, context) => {
      if (first < 1 || first > PAGE.longest) {
        throw new InvalidInput({ field: 'first', problem: `must be 1 to ${PAGE.longest}.` });
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
    description: 'Everything that happens and that you may see, in one order.',
    args: {
      after: t.arg({
        type: 'Cursor',
        description:
          'Begin with what came after this cursor, of whichever subscription. Left out: with what comes from now on.',
      }),
      filter: t.arg({ type: EventFilter, description: 'Which events.' }),
    },
    subscribe: (_root, { after, filter }, context) =>
      deliver({ ...filter, after }, kindOf(filter?.types, context.viewer), context),
    resolve: (delivered) => delivered as Delivered,
  }),
);

/** @throws InvalidInput for no type at all; FORBIDDEN for one that the viewer's role may not see */
function kindOf(types: readonly EventType[] | null | undefined, { role }: { role: Role }): EventKind {
  const open = [...EVENT_ROLES].filter(([, letters]) => isAmong(role, letters)).map(([type]) => type);
  if (!types) return { types: open };
  if (types.length === 0) {
    throw new InvalidInput({ field: 'types', problem: 'names no type: leave it out for all.' });
  }
  const closed = types.find((type) => !open.includes(type));
  if (closed === undefined) return { types };
  throw new GraphQLError(`Events of the type ${closed} are not for you to see: leave it out.`, {
    extensions: { code: 'FORBIDDEN' },
  });
}
