import type { FailureRow } from '../../store/reports/failures.ts';
import { builder } from '../core/builder.ts';
import { countField } from './report-columns.ts';
import { reportField } from './report-field.ts';
import { FailureReportFilter } from './report-filters.ts';

const FailureSource = builder.objectRef<FailureRow>('FailureSource').implement({
  description: 'Failed authentications from one source.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description: 'The number, the key or person as in `failedAuthentications`, or the address.',
    }),
    attempts: t.field(countField('attempts', 'The number of failures.')),
    compared: t.field(
      countField(
        'compared',
        'Failures in which the PIN was compared and was wrong or not usable; the others were refused before a comparison.',
      ),
    ),
    firstAt: t.expose('firstAt', {
      type: 'DateTime',
      description: 'The minute of the first failure in the period.',
    }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last failure occurred.' }),
  }),
});

reportField('failedAuthentications', {
  description: 'Failed authentications by source, most frequent source first.',
  row: FailureSource,
  page: 'A page of sources.',
  edge: 'A source, with its cursor in the report.',
  filter: { type: FailureReportFilter, description: 'The grouping and the period.' },
});
