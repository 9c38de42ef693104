import * as realtime from '../../domain/rejections/realtime.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(realtime.InvalidCursor, 'The cursor was not issued by the event log.', {
  cursor: 'The given cursor.',
});
registerRejection(realtime.CursorAhead, 'The cursor is beyond the end of the event log.', {
  cursor: 'The given cursor.',
});
registerRejection(realtime.CursorExpired, 'The cursor is older than the retained events.', {
  cursor: 'The given cursor.',
});
