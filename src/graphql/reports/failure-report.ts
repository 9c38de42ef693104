import type { FailureRow } from '../../store/reports/failures.ts';
import { builder } from '../core/builder.ts';
import { reportField } from './report-field.ts';
import { FailureReportFilter } from './report-filters.ts';

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

reportField('failedAuthentications', {
  description: 'Failed authentications by where they came from, the most frequent source first.',
  row: FailureSource,
  page: 'A page of sources.',
  edge: 'One of the sources, with its place in the report.',
  filter: { type: FailureReportFilter, description: 'By what, and of when.' },
});
