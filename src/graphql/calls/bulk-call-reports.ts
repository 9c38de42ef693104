import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import * as input from '../../domain/rejections/input.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { ExtendCallInput, extend } from './call-extension.ts';
import { callPayload, END_ERRORS, SWITCH_CALL_ID } from './call-payload.ts';
import { CompleteCallInput, cancel, complete } from './call-settlement.ts';

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
  readonly switchCallId: string;
  readonly result: CallOutcome | Rejection;
}

const CallReportOutcome = builder.objectRef<ReportOutcome>('CallReportOutcome').implement({
  description: 'What one report of a list came to.',
  fields: (t) => ({
    switchCallId: t.exposeID('switchCallId', { description: SWITCH_CALL_ID }),
    result: t.field({
      type: callPayload('ReportedCall', 'The call after a report of a list.'),
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
  const switchCallId = report.extend?.switchCallId ?? report.complete?.switchCallId ?? report.cancel ?? '';
  try {
    return { switchCallId, result: await run(report, context) };
  } catch (error) {
    if (error instanceof Rejection) return { switchCallId, result: error };
    throw error;
  }
}

async function run(report: typeof CallReport.$inferInput, context: GraphContext): Promise<CallOutcome> {
  if (report.extend) return extend(report.extend, context);
  if (report.complete) return complete(report.complete, context);
  return cancel(report.cancel ?? '', context);
}
