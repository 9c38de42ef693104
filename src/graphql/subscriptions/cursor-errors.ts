import * as realtime from '../../domain/rejections/realtime.ts';
import { registerRejection } from '../core/errors.ts';

registerRejection(realtime.InvalidCursor, 'A cursor that the event log never gave out.', {
  cursor: 'The cursor as it was given.',
});
registerRejection(realtime.CursorAhead, 'A cursor of a place that the event log has not come to.', {
  cursor: 'The cursor as it was given.',
});
registerRejection(realtime.CursorExpired, 'A cursor older than the events that are kept.', {
  cursor: 'The cursor as it was given.',
});
