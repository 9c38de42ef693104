import type { OperatorCallReference } from '../../store/calls/calls.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { idOfGlobal } from '../core/global-id.ts';
import { callPayload, END_ERRORS } from './call-payload.ts';

builder.mutationField('terminateCall', (t) =>
  t.field({
    type: callPayload('TerminateCallPayload', 'The call, which ends at its next extension.'),
    description: 'Makes the next extension of a call its last. For operators.',
    errors: {
      types: END_ERRORS,
      union: { description: 'The call, or the reason why it cannot be terminated.' },
    },
    args: {
      callId: t.arg.id({
        required: true,
        description: "The global id of the Call, or the switch's own id if only one switch uses it.",
      }),
    },
    resolve: (_root, args, context) =>
      context.calls.terminate(actorOf(context.viewer), callReferenceOf(args.callId)),
  }),
);

function callReferenceOf(callId: string): OperatorCallReference {
  const id = idOfGlobal('Call', callId);
  return id === undefined ? { switchCallId: callId } : { id };
}
