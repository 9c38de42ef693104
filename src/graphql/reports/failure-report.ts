import type { FailureRow } from '../../store/reports/failures.ts';
import { builder } from '../core/builder.ts';
import { reportField } from './report-field.ts';
import { FailureReportFilter } from './report-filters.ts';

const FailureSource = builder.objectRef<FailureRow>('FailureSource').implement({
  description: 'Failed authentications from one source.',
  fields: (t) => ({
    source: t.string({
      description: 'The number, the key or person as in `failedAuthentications`, or the address.',
      resolve: (row) => row.source,
    }),
    attempts: t.int({ description: 'The number of failures.', resolve: (row) => Number(row.attempts) }),
    compared: t.int({
      description:
        'Failures in which the PIN was compared and was wrong or not usable; the others were refused before a comparison.',
      resolve: (row) => Number(row.compared),
    }),
    firstAt: t.field({
      type: 'DateTime',
      description: 'The minute of the first failure in the period.',
      resolve: (row) => row.firstAt,
    }),
    lastAt: t.field({
      type: 'DateTime',
      description: 'When the last failure occurred.',
      resolve: (row) => row.lastAt,
    }),
  }),
});

reportField('failedAuthentications', {
  description: 'Failed authentications by source, most frequent source first.',
  row: FailureSource,
  page: 'A page of sources.',
  edge: 'A source, with its cursor in the report.',
  filter: { type: FailureReportFilter, description: 'The grouping and the period.' },
});
