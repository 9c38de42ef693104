import { encodeCursor } from '../../realtime/cursor.ts';
import { headPosition } from '../../store/events/event-log.ts';
import { builder } from '../core/builder.ts';

builder.queryField('eventCursor', (t) =>
  t.field({
    type: 'Cursor',
    description:
      'The present end of the event log. Take it before you ask or order something, and subscribe with `after` it: nothing that happens in between is missed.',
    resolve: async (_root, _args, { database }) => encodeCursor(await headPosition(database.sql)),
  }),
);
