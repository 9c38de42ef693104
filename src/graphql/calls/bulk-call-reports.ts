import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import * as input from '../../domain/rejections/input.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { inSlices } from '../core/sliced-list.ts';
import { ExtendCallInput, extend } from './call-extension.ts';
import { callPayload, END_ERRORS, SWITCH_CALL_ID } from './call-payload.ts';
import { CompleteCallInput, cancel, complete } from './call-settlement.ts';

export const MAX_REPORTS = 100;

const CallReport = builder.inputType('CallReport', {
  description: 'One report. Exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    extend: t.field({
      type: ExtendCallInput,
      description: 'Reports usage and requests more time, like extendCall.',
    }),
    complete: t.field({
      type: CompleteCallInput,
      description: 'Ends and charges the call, like completeCall.',
    }),
    cancel: t.id({ description: 'Cancels the call with this id, like cancelCall.' }),
  }),
});

interface ReportOutcome {
  readonly switchCallId: string;
  readonly result: CallOutcome | Rejection;
}

const CallReportOutcome = builder.objectRef<ReportOutcome>('CallReportOutcome').implement({
  description: 'The result of one report in the list.',
  fields: (t) => ({
    switchCallId: t.exposeID('switchCallId', { description: SWITCH_CALL_ID }),
    result: t.field({
      type: callPayload('ReportedCall', 'The call after one report in the list.'),
      description: 'The call after the report, or the reason why the report changed nothing.',
      errors: {
        types: END_ERRORS,
        union: { description: 'The call, or the reason why the report changed nothing.' },
      },
      resolve: ({ result }) => {
        if (result instanceof Rejection) throw result;
        return result;
      },
    }),
  }),
});

const ReportCallsPayload = builder.objectRef<readonly ReportOutcome[]>('ReportCallsPayload').implement({
  description: 'The results of the reports.',
  fields: (t) => ({
    outcomes: t.field({
      type: [CallReportOutcome],
      description: 'The result of each report, in input order.',
      resolve: inSlices,
    }),
  }),
});

builder.mutationField('reportCalls', (t) =>
  t.field({
    type: ReportCallsPayload,
    description:
      'Processes up to 100 reports in one request, for switches that buffer them. Each report has its own result; a refused report does not affect the others.',
    errors: {
      types: [input.InvalidInput],
      union: { description: 'The results, or the reason why the list was refused.' },
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
