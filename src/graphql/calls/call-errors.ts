import * as calls from '../../domain/rejections/calls.ts';
import { type DataField, registerRejection } from '../core/errors.ts';

const switchCallId: DataField = { type: 'String', description: "The switch's own id of the call." };

registerRejection(calls.CallRefused, {
  code: 'CALL_REFUSED',
  description: 'The call may not be made.',
  fields: {
    switchCallId,
    reason: { type: 'String', description: 'Why: a CallRefusalReason.' },
  },
});
registerRejection(calls.CallIdReused, {
  code: 'CALL_ID_REUSED',
  description: "The switch's call id stands for another call.",
  fields: { switchCallId },
});
registerRejection(calls.CallEnded, {
  code: 'CALL_ENDED',
  description: 'The call was ended in another way before.',
  fields: {
    switchCallId,
    state: { type: 'String', description: 'How it ended: a CallState.' },
  },
});
