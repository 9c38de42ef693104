import { checkCallTimes } from '../../domain/calls/call-times.ts';
import { optionalText } from '../../domain/values/text.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { boundedSeconds, callPayload, END_ERRORS, readSwitchCallId, SWITCH_CALL_ID } from './call-payload.ts';

export const CompleteCallInput = builder.inputType('CompleteCallInput', {
  description: 'The end of a call.',
  fields: (t) => ({
    switchCallId: t.id({ required: true, description: SWITCH_CALL_ID }),
    totalSeconds: t.int({
      required: true,
      description: 'Total seconds since the answer, rounded up. 0 if the call was not answered.',
    }),
    hangupCause: t.string({ description: "The switch's hangup cause, such as NORMAL_CLEARING." }),
    answeredAt: t.field({
      type: 'DateTime',
      description: 'When the call was answered: not before it was authorized, and not in the future.',
    }),
    endedAt: t.field({
      type: 'DateTime',
      description: 'When it ended: not before it was answered, and not in the future.',
    }),
  }),
});

export function complete(
  { totalSeconds, switchCallId, ...end }: typeof CompleteCallInput.$inferInput,
  context: GraphContext,
) {
  return context.calls.complete(actorOf(context.viewer), readSwitchCallId(switchCallId), {
    totalSeconds: boundedSeconds('totalSeconds', totalSeconds, 0) ?? 0,
    hangupCause: optionalText('hangupCause', end.hangupCause, 100),
    ...checkCallTimes({ answeredAt: end.answeredAt ?? null, endedAt: end.endedAt ?? null }, new Date()),
  });
}

export const cancel = (switchCallId: string, context: GraphContext) =>
  context.calls.cancel(actorOf(context.viewer), readSwitchCallId(switchCallId));

builder.mutationField('completeCall', (t) =>
  t.field({
    type: callPayload('CompleteCallPayload', 'The charged call.'),
    description:
      'Ends a call: charges what it used and releases the rest of the hold, exactly once. Resending it returns the same charge. For a call that was settled as abandoned, it posts the difference.',
    errors: {
      types: END_ERRORS,
      union: { description: 'The charged call, or the reason why it was not charged.' },
    },
    args: { input: t.arg({ type: CompleteCallInput, required: true, description: 'The end of the call.' }) },
    resolve: (_root, { input: report }, context) => complete(report, context),
  }),
);

builder.mutationField('cancelCall', (t) =>
  t.field({
    type: callPayload('CancelCallPayload', 'The cancelled call.'),
    description:
      'Ends a call that was never answered: the hold is released and nothing is charged. A call with reported usage counts as answered and must be ended with completeCall.',
    errors: {
      types: END_ERRORS,
      union: { description: 'The cancelled call, or the reason why it was not cancelled.' },
    },
    args: { switchCallId: t.arg.id({ required: true, description: SWITCH_CALL_ID }) },
    resolve: (_root, args, context) => cancel(args.switchCallId, context),
  }),
);
