import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { boundedSeconds, callPayload, readSwitchCallId, SWITCH_CALL_ID } from './call-payload.ts';

export const ExtendCallInput = builder.inputType('ExtendCallInput', {
  description: 'A usage report with a request for more time.',
  fields: (t) => ({
    switchCallId: t.id({ required: true, description: SWITCH_CALL_ID }),
    requestNumber: t.int({
      required: true,
      description:
        'The request number within the call, starting at 1 for the first extension. Resending it returns the same grant, or fewer seconds if the call has ended or must end.',
    }),
    usedSeconds: t.int({
      required: true,
      description: 'Total seconds used since the call was answered; 0 while it is ringing.',
    }),
    requestedSeconds: t.int({
      description: "The additional duration requested, in seconds. If omitted, the rate group's slice.",
    }),
  }),
});

/** More requests than any call makes: one a second for eleven days. */
const MAX_REQUEST_NUMBER = 1_000_000;

export function extend(
  { requestNumber, usedSeconds, requestedSeconds, switchCallId }: typeof ExtendCallInput.$inferInput,
  context: GraphContext,
) {
  if (requestNumber < 1 || requestNumber > MAX_REQUEST_NUMBER) {
    throw new input.InvalidInput({
      field: 'requestNumber',
      problem: `must be 1 to ${MAX_REQUEST_NUMBER}: 0 was the authorization.`,
    });
  }
  return context.calls.extend(actorOf(context.viewer), readSwitchCallId(switchCallId), {
    requestNumber,
    usedSeconds: boundedSeconds('usedSeconds', usedSeconds, 0) ?? 0,
    requestedSeconds: boundedSeconds('requestedSeconds', requestedSeconds, 1),
  });
}

builder.mutationField('extendCall', (t) =>
  t.field({
    type: callPayload('ExtendCallPayload', 'The call after the extension.'),
    description:
      'Reports the usage of a call so far and requests more time. Lost, repeated and reordered reports affect neither the final charge nor the balance. After the call has ended, nothing more is granted.',
    errors: {
      types: [input.NotFound, input.InvalidInput, commands.Overloaded],
      union: { description: 'The grant, or the reason why nothing was granted.' },
    },
    args: { input: t.arg({ type: ExtendCallInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input: report }, context) => extend(report, context),
  }),
);
