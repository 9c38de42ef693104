import type { LoggedEvent } from '../../domain/event.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { CardImport, CardImportStateEnum } from '../imports/card-import-type.ts';
import type { Delivered, EventKind } from './live-event.ts';
import { deliver } from './watching.ts';

type ImportEvent = LoggedEvent<'CARD_IMPORT_PROGRESS'>;

const CardImportProgress = builder.objectRef<Delivered<ImportEvent>>('CardImportProgress').implement({
  description: 'The state of an import.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'The position in the event log.',
      resolve: ({ event }) => encodeCursor(event),
    }),
    at: t.field({
      type: 'DateTime',
      description: 'The time of this progress report.',
      resolve: ({ event }) => event.at,
    }),
    state: t.field({
      type: CardImportStateEnum,
      description: 'The state.',
      resolve: ({ event }) => event.payload.state,
    }),
    rows: t.int({
      description: 'The number of rows read, valid and invalid.',
      resolve: ({ event }) => event.payload.rows,
    }),
    problems: t.int({
      description: 'Problems found so far.',
      resolve: ({ event }) => event.payload.problems,
    }),
    readShare: t.float({
      description: 'The fraction of the file that has been read, from 0 to 1.',
      resolve: ({ event }) => event.payload.readShare,
    }),
    cardImport: t.drizzleField({
      type: CardImport,
      description: 'The import in its current state.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.cardImports.findFirst(
          query({ where: { id: event.payload.importId } }),
        ) as never,
    }),
  }),
});

builder.subscriptionField('cardImportProgress', (t) =>
  t.field({
    type: CardImportProgress,
    description: 'The progress of an import, twice a second while its file is read, until it ends.',
    args: {
      importId: t.arg.id({ required: true, description: 'The import.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Resume after this cursor. If omitted, only new events are delivered.',
      }),
    },
    subscribe: (_root, { importId, after }, context) => {
      const id = fromGlobalId('CardImport', importId);
      const kind: EventKind<ImportEvent> = {
        types: ['CARD_IMPORT_PROGRESS'],
        matches: ({ payload }) => payload.importId === id,
      };
      return deliver({ after }, kind, context);
    },
    resolve: (delivered) => delivered as Delivered<ImportEvent>,
  }),
);
