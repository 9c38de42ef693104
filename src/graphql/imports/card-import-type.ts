import { CardBatch } from '../batches/card-batch-type.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';

export const CardImportStateEnum = builder.enumType('CardImportState', {
  description: 'The state of an import.',
  values: {
    PENDING: { description: 'Accepted; processing has not started.' },
    CHECKING: {
      description: 'The file is being read and checked for conflicts with itself and with existing data.',
    },
    WRITING: { description: 'The file is valid; its cards are being written in one transaction.' },
    DONE: { description: 'All cards have been imported.' },
    REFUSED: { description: 'The file has problems, listed in `problems`. Nothing was imported.' },
    FAILED: { description: 'The import failed; see `failure`. Nothing was imported.' },
  } as const,
});

const CardImportProblem = builder.drizzleObject('cardImportProblems', {
  name: 'CardImportProblem',
  description: 'A problem in a card file. The offending value is not shown because it may be a PIN.',
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'The line number in the file; the header is line 1.' }),
    column: t.exposeString('column', {
      nullable: true,
      description: 'The column header. Null if the problem concerns the whole line.',
    }),
    code: t.exposeString('code', { description: 'A machine-readable code for the problem.' }),
    message: t.exposeString('message', {
      description: 'A human-readable message that says what to write instead.',
    }),
  }),
});

const CardImportProblemConnection = connectionOf(CardImportProblem, 'problems');

export const CardImport = builder.drizzleNode('cardImports', {
  name: 'CardImport',
  description: 'An import of a card file from another system, and its result.',
  id: { column: (each) => each.id, description: 'The global id.' },
  fields: (t) => ({
    state: t.expose('state', { type: CardImportStateEnum, description: 'The state.' }),
    rowCount: t.exposeInt('rowCount', { description: 'The number of rows read, valid and invalid.' }),
    problemCount: t.exposeInt('problemCount', { description: 'The number of problems found.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'The reason for the failure.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was requested.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
    }),
    cardBatch: t.relation('batch', {
      type: CardBatch,
      nullable: true,
      description: 'The batch with the imported cards. Null unless the import is DONE.',
    }),
    problems: t.relatedConnection(
      'problems',
      {
        description: 'All problems in the file, by line. Kept for thirty days.',
        query: { orderBy: { number: 'asc' } },
      },
      CardImportProblemConnection,
    ),
  }),
});

export const CardImportConnection = connectionOf(CardImport, 'imports');
