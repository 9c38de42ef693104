import type { FailureRow } from '../../store/reports/failures.ts';
import { builder } from '../core/builder.ts';
import { FailureReportFilter } from './report-filters.ts';
import { AFTER, AS_OF, FIRST, reportPage } from './report-page.ts';

const FailureSource = builder.objectRef<FailureRow>('FailureSource').implement({
  description: 'Failed authentications from one source.',
  fields: (t) => ({
    source: t.string({
      description: 'The number, the key or person as `failedAuthentications` names it, or the address.',
      resolve: (row) => row.source,
    }),
    attempts: t.int({ description: 'How many failed.', resolve: (row) => Number(row.attempts) }),
    compared: t.int({
      description: 'Those whose PIN was compared and was wrong or of no use; the others were refused before.',
      resolve: (row) => Number(row.compared),
    }),
    firstAt: t.field({
      type: 'DateTime',
      description: 'The minute of the first of them in the period.',
      resolve: (row) => row.firstAt,
    }),
    lastAt: t.field({
      type: 'DateTime',
      description: 'When the last of them was.',
      resolve: (row) => row.lastAt,
    }),
  }),
});

const FailureSourceConnection = builder.connectionObject(
  {
    type: FailureSource,
    name: 'FailureSourceConnection',
    description: 'A page of sources.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'FailureSourceEdge', description: 'One of the sources, with its place in the report.' },
);

builder.queryField('failedAuthenticationsReport', (t) =>
  t.field({
    type: FailureSourceConnection,
    description: 'Failed authentications by where they came from, the most frequent source first.',
    args: {
      filter: t.arg({ type: FailureReportFilter, description: 'By what, and of when.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<FailureRow>('failedAuthentications', { filter: filter ?? {}, page }, context),
  }),
);
