import * as calls from '../../domain/rejections/calls.ts';
import { type DataField, registerRejection } from '../core/errors.ts';

const switchCallId: DataField = { type: 'String', description: "The switch's own id for the call." };

registerRejection(calls.CallRefused, 'The call was refused.', {
  switchCallId,
  reason: 'The reason, a CallRefusalReason.',
});
registerRejection(calls.CallIdReused, 'The switch already used this call id for another call.', {
  switchCallId,
});
registerRejection(calls.CallEnded, 'The call already ended in a different way.', {
  switchCallId,
  state: 'The final state, a CallState.',
});
