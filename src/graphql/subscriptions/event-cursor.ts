import { encodeCursor } from '../../realtime/cursor.ts';
import { headPosition } from '../../store/events/event-log.ts';
import { builder } from '../core/builder.ts';

builder.queryField('eventCursor', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The current end of the event log. Fetch it before a query or mutation, then subscribe with it as `after`, so that no event in between is missed.',
    resolve: async (_root, _args, { database }) => encodeCursor(await headPosition(database.sql)),
  }),
);
