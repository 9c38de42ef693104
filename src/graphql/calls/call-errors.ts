import * as calls from '../../domain/rejections/calls.ts';
import { type DataField, registerRejection } from '../core/errors.ts';

const switchCallId: DataField = { type: 'String', description: "The switch's own id of the call." };

registerRejection(calls.CallRefused, 'The call may not be made.', {
  switchCallId,
  reason: 'Why: a CallRefusalReason.',
});
registerRejection(calls.CallIdReused, "The switch's call id stands for another call.", { switchCallId });
registerRejection(calls.CallEnded, 'The call was ended in another way before.', {
  switchCallId,
  state: 'How it ended: a CallState.',
});
