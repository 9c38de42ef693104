import { CardBatch } from '../batches/card-batch-type.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';

export const CardImportStateEnum = builder.enumType('CardImportState', {
  description: 'How far an import is.',
  values: {
    PENDING: { description: 'Accepted; nobody has begun yet.' },
    CHECKING: { description: 'Its file is read, and compared with itself and with what is there.' },
    WRITING: { description: 'All is well; its cards are being written, in one transaction.' },
    DONE: { description: 'All its cards are there.' },
    REFUSED: { description: 'Its file has problems: `problems` names each. Nothing was imported.' },
    FAILED: { description: 'It could not be imported; `failure` says why. Nothing was imported.' },
  } as const,
});

const CardImportProblem = builder.drizzleObject('cardImportProblems', {
  name: 'CardImportProblem',
  description: 'One thing to mend in a file of cards. What stands there is not told: it may be a PIN.',
  fields: (t) => ({
    line: t.exposeInt('line', { description: 'As an editor counts: the head is line 1.' }),
    column: t.exposeString('column', {
      nullable: true,
      description: 'The head of the column. Null: the whole line.',
    }),
    code: t.exposeString('code', { description: 'What is wrong, for programs.' }),
    message: t.exposeString('message', { description: 'What to write instead, for people.' }),
  }),
});

const CardImportProblemConnection = connectionOf(CardImportProblem, 'problems');

export const CardImport = builder.drizzleNode('cardImports', {
  name: 'CardImport',
  description: 'A file of cards from another system, and what became of it.',
  id: { column: (each) => each.id, description: 'The global id.' },
  fields: (t) => ({
    state: t.expose('state', { type: CardImportStateEnum, description: 'How far it is.' }),
    rowCount: t.exposeInt('rowCount', { description: 'Rows read, good and bad.' }),
    problemCount: t.exposeInt('problemCount', { description: 'Problems found.' }),
    failure: t.exposeString('failure', { nullable: true, description: 'Why it failed.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was ordered.' }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended.',
    }),
    cardBatch: t.relation('batch', {
      type: CardBatch,
      nullable: true,
      description: 'The batch with its cards. Null unless it is DONE.',
    }),
    problems: t.relatedConnection(
      'problems',
      {
        description: 'All that is wrong with its file, in the order of the lines. Kept for thirty days.',
        query: { orderBy: { number: 'asc' } },
      },
      CardImportProblemConnection,
    ),
  }),
});

export const CardImportConnection = connectionOf(CardImport, 'imports');
