import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import * as calls from '../../domain/rejections/calls.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { optionalText } from '../../domain/values/text.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { boundedSeconds, callPayload } from './call-authorization.ts';

const CallReportPayload = callPayload('CallReportPayload', 'The call after the report.');
const TerminateCallPayload = callPayload(
  'TerminateCallPayload',
  'The call, which ends at its next extension.',
);

const callId = "The switch's own id of the call.";

const ExtendCallInput = builder.inputType('ExtendCallInput', {
  description: 'What a call has used so far, and that it wants to go on.',
  fields: (t) => ({
    callId: t.id({ required: true, description: callId }),
    requestNumber: t.int({
      required: true,
      description:
        'Counts the requests of the call: 1 for the first extension. Sent again it gets the same answer.',
    }),
    usedSeconds: t.int({
      required: true,
      description: 'Seconds since the answer, all of them; 0 while it rings.',
    }),
    wishSeconds: t.int({ description: "Further seconds you want. Left out: the rate group's slice." }),
  }),
});

const CompleteCallInput = builder.inputType('CompleteCallInput', {
  description: 'The end of a call.',
  fields: (t) => ({
    callId: t.id({ required: true, description: callId }),
    totalSeconds: t.int({
      required: true,
      description: 'Seconds since the answer, all of them, begun ones whole. 0: nobody answered.',
    }),
    hangupCause: t.string({ description: 'Your word for why it ended, such as NORMAL_CLEARING.' }),
    answeredAt: t.field({ type: 'DateTime', description: 'When it was answered.' }),
    endedAt: t.field({ type: 'DateTime', description: 'When it ended.' }),
  }),
});

type ExtendCall = typeof ExtendCallInput.$inferInput;
type CompleteCall = typeof CompleteCallInput.$inferInput;

/** No call has more requests: one a second for eleven days. */
const MAX_REQUEST_NUMBER = 1_000_000;

function extend({ requestNumber, usedSeconds, wishSeconds, callId }: ExtendCall, context: GraphContext) {
  if (requestNumber < 1 || requestNumber > MAX_REQUEST_NUMBER) {
    throw new input.InvalidInput({
      field: 'requestNumber',
      problem: `must be 1 to ${MAX_REQUEST_NUMBER}: 0 was the authorisation.`,
    });
  }
  return context.calls.extend(actorOf(context.viewer), callId, {
    requestNumber,
    usedSeconds: boundedSeconds('usedSeconds', usedSeconds, 0) ?? 0,
    wishSeconds: boundedSeconds('wishSeconds', wishSeconds, 1),
  });
}

function complete({ totalSeconds, callId, ...end }: CompleteCall, context: GraphContext) {
  return context.calls.complete(actorOf(context.viewer), callId, {
    totalSeconds: boundedSeconds('totalSeconds', totalSeconds, 0) ?? 0,
    hangupCause: optionalText('hangupCause', end.hangupCause, 100),
    answeredAt: end.answeredAt ?? null,
    endedAt: end.endedAt ?? null,
  });
}

const cancel = (callId: string, context: GraphContext) =>
  context.calls.cancel(actorOf(context.viewer), callId);

const EXTENSION_ERRORS = [input.NotFound, input.InvalidInput, recharges.Overloaded];
const END_ERRORS = [input.NotFound, input.InvalidInput, calls.CallEnded, recharges.Overloaded];
builder.mutationField('extendCall', (t) =>
  t.field({
    type: CallReportPayload,
    description:
      'Reports what a call has used so far and asks for more. Lost, repeated and reordered reports change neither what the call costs in the end nor the balance. After the end of a call it grants nothing.',
    errors: {
      types: EXTENSION_ERRORS,
      union: { name: 'ExtendCallResult', description: 'The grant, or why there is none.' },
    },
    args: { input: t.arg({ type: ExtendCallInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input: report }, context) => extend(report, context),
  }),
);

builder.mutationField('completeCall', (t) =>
  t.field({
    type: CallReportPayload,
    description:
      'Ends a call: charges what it used and releases the rest of its hold, once. Sent again it gets the same charge; for a call that was settled as abandoned it posts the difference.',
    errors: {
      types: END_ERRORS,
      union: { name: 'CompleteCallResult', description: 'The charged call, or why it was not charged.' },
    },
    args: { input: t.arg({ type: CompleteCallInput, required: true, description: 'The end.' }) },
    resolve: (_root, { input: report }, context) => complete(report, context),
  }),
);

builder.mutationField('cancelCall', (t) =>
  t.field({
    type: CallReportPayload,
    description:
      'Ends a call that was never answered: its hold is released, nothing is charged. A call that has reported use was answered: end it with completeCall.',
    errors: {
      types: END_ERRORS,
      union: { name: 'CancelCallResult', description: 'The cancelled call, or why it was not cancelled.' },
    },
    args: { callId: t.arg.id({ required: true, description: callId }) },
    resolve: (_root, args, context) => cancel(args.callId, context),
  }),
);

builder.mutationField('terminateCall', (t) =>
  t.field({
    type: TerminateCallPayload,
    description: 'Makes the next extension of a call its last. For operators.',
    errors: {
      types: END_ERRORS,
      union: { name: 'TerminateCallResult', description: 'The call, or why it does not end.' },
    },
    args: { callId: t.arg.id({ required: true, description: callId }) },
    resolve: (_root, args, context) => context.calls.terminate(actorOf(context.viewer), args.callId),
  }),
);

const MAX_REPORTS = 100;

const CallReport = builder.inputType('CallReport', {
  description: 'One report: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    extend: t.field({ type: ExtendCallInput, description: 'As extendCall.' }),
    complete: t.field({ type: CompleteCallInput, description: 'As completeCall.' }),
    cancel: t.id({ description: 'As cancelCall: the id of the call.' }),
  }),
});

interface ReportOutcome {
  readonly callId: string;
  readonly result: CallOutcome | Rejection;
}

const CallReportOutcome = builder.objectRef<ReportOutcome>('CallReportOutcome').implement({
  description: 'What one report of a list came to.',
  fields: (t) => ({
    callId: t.exposeID('callId', { description: callId }),
    result: t.field({
      type: CallReportPayload,
      description: 'The call after the report, or why the report changed nothing.',
      errors: {
        types: END_ERRORS,
        union: { name: 'CallReportResult', description: 'The call, or why the report changed nothing.' },
      },
      resolve: ({ result }) => {
        if (result instanceof Rejection) throw result;
        return result;
      },
    }),
  }),
});

const ReportCallsPayload = builder.objectRef<readonly ReportOutcome[]>('ReportCallsPayload').implement({
  description: 'What became of the reports.',
  fields: (t) => ({
    outcomes: t.field({
      type: [CallReportOutcome],
      description: 'One for each report, in the order they were given.',
      resolve: (outcomes) => outcomes,
    }),
  }),
});

builder.mutationField('reportCalls', (t) =>
  t.field({
    type: ReportCallsPayload,
    description:
      'Up to 100 reports in one request, for switches that gather them. Each has its own outcome; none waits for another to be right.',
    errors: {
      types: [input.InvalidInput],
      union: { name: 'ReportCallsResult', description: 'The outcomes, or why the list was refused.' },
    },
    args: { reports: t.arg({ type: [CallReport], required: true, description: '1 to 100 reports.' }) },
    resolve: (_root, { reports }, context) => {
      if (reports.length < 1 || reports.length > MAX_REPORTS) {
        throw new input.InvalidInput({ field: 'reports', problem: `must have 1 to ${MAX_REPORTS} entries.` });
      }
      return Promise.all(reports.map((report) => outcomeOf(report, context)));
    },
  }),
);

async function outcomeOf(
  report: typeof CallReport.$inferInput,
  context: GraphContext,
): Promise<ReportOutcome> {
  const callId = report.extend?.callId ?? report.complete?.callId ?? report.cancel ?? '';
  try {
    return { callId, result: await run(report, context) };
  } catch (error) {
    if (error instanceof Rejection) return { callId, result: error };
    throw error;
  }
}

async function run(report: typeof CallReport.$inferInput, context: GraphContext): Promise<CallOutcome> {
  if (report.extend) return extend(report.extend, context);
  if (report.complete) return complete(report.complete, context);
  return cancel(report.cancel ?? '', context);
}
