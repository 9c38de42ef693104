import type { LoggedEvent } from '../../domain/event.ts';
import { encodeCursor } from '../../realtime/cursor.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { CardImport, CardImportStateEnum } from '../imports/card-import-type.ts';
import type { Delivered, EventKind } from './live-event.ts';
import { deliver } from './watching.ts';

type ImportEvent = LoggedEvent<'CARD_IMPORT_PROGRESS'>;

const CardImportProgress = builder.objectRef<Delivered<ImportEvent>>('CardImportProgress').implement({
  description: 'How far an import is.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in the log.',
      resolve: ({ event }) => encodeCursor(event.position),
    }),
    at: t.field({ type: 'DateTime', description: 'When it was so far.', resolve: ({ event }) => event.at }),
    state: t.field({
      type: CardImportStateEnum,
      description: 'The state.',
      resolve: ({ event }) => event.payload.state,
    }),
    rows: t.int({ description: 'Rows read, good and bad.', resolve: ({ event }) => event.payload.rows }),
    problems: t.int({
      description: 'Problems found so far.',
      resolve: ({ event }) => event.payload.problems,
    }),
    readShare: t.float({
      description: 'How much of the file was read, from 0 to 1.',
      resolve: ({ event }) => event.payload.readShare,
    }),
    cardImport: t.drizzleField({
      type: CardImport,
      description: 'The import as it is now.',
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
    description: 'How an import gets on, twice a second while its file is read, until it ends.',
    args: {
      importId: t.arg.id({ required: true, description: 'The import.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Begin with what came after this cursor. Left out: with what comes from now on.',
      }),
    },
    subscribe: (_root, { importId, after }, context) => {
      const id = fromGlobalId('CardImport', importId);
      const kind: EventKind<ImportEvent> = {
        types: ['CARD_IMPORT_PROGRESS'],
        meant: ({ payload }) => payload.importId === id,
      };
      return deliver({ after }, kind, context);
    },
    resolve: (delivered) => delivered as Delivered<ImportEvent>,
  }),
);
