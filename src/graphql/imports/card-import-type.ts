import type { CardState } from '../../domain/cards/card-state.ts';
import type { CardColumnUse } from '../../domain/imports/card-columns.ts';
import type { ImportTotals, Tally } from '../../domain/imports/import-totals.ts';
import { unpacked } from '../../store/files/packed-json.ts';
import { CardBatch } from '../batches/card-batch-type.ts';
import { CardStateEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { moneyField } from '../core/money.ts';

export const CardImportStateEnum = builder.enumType('CardImportState', {
  description: 'The state of an import.',
  values: {
    PENDING: { description: 'Accepted; processing has not started.' },
    CHECKING: {
      description: 'The file is being read and checked for conflicts with itself and with existing data.',
    },
    WRITING: { description: 'The file is valid; its cards are being written in one transaction.' },
    CHECKED: { description: 'The file was only checked and has no problems. Nothing was imported.' },
    DONE: { description: 'All cards have been imported.' },
    REFUSED: { description: 'The file has problems, listed in `problems`. Nothing was imported.' },
    FAILED: { description: 'The import failed; see `failure`. Nothing was imported.' },
  } as const,
});

interface TallyOf extends Tally {
  readonly currency: string;
  readonly state?: CardState;
}

const CardImportTally = builder.objectRef<TallyOf>('CardImportTally').implement({
  description: 'Rows of a card file, and the money on them.',
  fields: (t) => ({
    state: t.field({
      type: CardStateEnum,
      nullable: true,
      description: 'The state of these cards. Null if they are not counted by state.',
      resolve: ({ state }) => state ?? null,
    }),
    count: t.exposeInt('count', { description: 'The number of rows.' }),
    amount: t.field(moneyField('micros', 'The sum of their balances in the file.')),
  }),
});

type TotalsOf = ImportTotals & { readonly currency: string };

const CardImportTotals = builder.objectRef<TotalsOf>('CardImportTotals').implement({
  description:
    'What a card file brings in, to compare with the system it comes from: the balances in the file are taken + leftOut - overdrawn.',
  fields: (t) => {
    const tally = (name: 'file' | 'taken' | 'leftOut' | 'overdrawn' | 'expired', description: string) =>
      t.field({
        type: CardImportTally,
        description,
        resolve: ({ [name]: each, currency }) => ({ ...each, currency }),
      });
    return {
      file: tally(
        'file',
        'All rows, with the sum of their balances as the file has them, those below zero included.',
      ),
      taken: tally('taken', 'The rows that become cards.'),
      states: t.field({
        type: [CardImportTally],
        description: 'The rows that become cards, by the state that the cards have at once.',
        resolve: ({ states, currency }) =>
          Object.entries(states).map(([state, each]) => ({ ...each, state: state as CardState, currency })),
      }),
      leftOut: tally('leftOut', 'The rows that are not imported, as requested.'),
      overdrawn: tally(
        'overdrawn',
        'The rows whose balance below zero counts as zero, with what is missing to zero.',
      ),
      expired: tally(
        'expired',
        'The rows of cards that are expired: refused, left out or forfeited, as requested.',
      ),
      withFaceValue: t.exposeInt('withFaceValue', {
        description:
          "The number of cards in stock for which the file has no balance: they receive the batch's face value at their activation.",
      }),
      boundNumbers: t.exposeInt('boundNumbers', { description: 'The number of bound numbers.' }),
      numbersLeft: t.exposeInt('numbersLeft', {
        description: 'The number of telephone numbers that are not bound, because they were out of use.',
      }),
    };
  },
});

const CardFileColumn = builder.objectRef<CardColumnUse>('CardFileColumn').implement({
  description: 'What became of a column of a card file.',
  fields: (t) => ({
    head: t.exposeString('head', { description: 'The header, as the file has it.' }),
    readAs: t.exposeString('readAs', {
      nullable: true,
      description: 'The field of CardFileColumns that it was read as. Null if it was not read.',
    }),
    ignoredAsRequested: t.exposeBoolean('isIgnoredAsOrdered', {
      description:
        'Whether it was not read because `ignoredColumns` names it. A column that is neither read nor named nor refused says nothing that bears on a card.',
    }),
    refused: t.exposeBoolean('isRefused', {
      description:
        'Whether it was not read and says something that may bear on price, validity, barring or limits: the file is refused (UNREAD_COLUMN).',
    }),
  }),
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
    check: t.exposeBoolean('isCheck', { description: 'Whether it only checks the file (dryRun).' }),
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
    totals: t.field({
      type: CardImportTotals,
      nullable: true,
      description: 'What the file brings in. Null until it has been read.',
      select: { columns: { totals: true, order: true } },
      resolve: ({ totals, order }) => {
        const { terms } = order as { terms: { currency: string } };
        const counted = unpacked(totals) as ImportTotals | null;
        return counted && { ...counted, currency: terms.currency };
      },
    }),
    columns: t.field({
      type: [CardFileColumn],
      nullable: true,
      description: 'What became of each column of the file. Null until it has been read.',
      select: { columns: { columns: true } },
      resolve: ({ columns }) => columns as CardColumnUse[] | null,
    }),
    problems: t.relatedConnection(
      'problems',
      {
        description: 'All problems in the file, by line. Kept for thirty days.',
        query: { where: { isNote: false }, orderBy: { number: 'asc' } },
      },
      CardImportProblemConnection,
    ),
    notes: t.relatedConnection(
      'notes',
      {
        description:
          'What became of rows that were taken with a change, or left out as requested, by line. Kept for thirty days.',
        query: { where: { isNote: true }, orderBy: { number: 'asc' } },
      },
      CardImportProblemConnection,
    ),
  }),
});

export const CardImportConnection = connectionOf(CardImport, 'imports');
