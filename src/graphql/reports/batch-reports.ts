import { type BatchRow, leftOn } from '../../store/reports/batches.ts';
import { daysToFirstUse } from '../../store/reports/catalogue.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { BatchReportFilter } from './report-filters.ts';
import { AFTER, AS_OF, FIRST, reportPage } from './report-page.ts';

const BatchCardStates = builder.objectRef<BatchRow>('BatchCardStates').implement({
  description: 'How many cards of a batch are in which state now; together they are all that were made.',
  fields: (t) => ({
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'Its name.', resolve: (row) => row.name }),
    partnerId: t.id({
      nullable: true,
      description: "Whose batch it is. Null: the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'Its name.', resolve: (row) => row.partnerName }),
    made: t.int({ description: 'Cards made.', resolve: (row) => Number(row.made) }),
    inactive: t.int({ description: 'In stock.', resolve: (row) => Number(row.inactive) }),
    active: t.int({ description: 'In service, and not locked.', resolve: (row) => Number(row.active) }),
    locked: t.int({ description: 'In service, and locked.', resolve: (row) => Number(row.locked) }),
    inGrace: t.int({
      description: 'Their validity is over, their balance is kept.',
      resolve: (row) => Number(row.inGrace),
    }),
    expired: t.int({
      description: 'Validity and grace are over; they are about to be closed.',
      resolve: (row) => Number(row.expiredNow),
    }),
    deactivated: t.int({ description: 'Out of service.', resolve: (row) => Number(row.deactivated) }),
    closed: t.int({ description: 'At their end.', resolve: (row) => Number(row.closed) }),
  }),
});

const BatchCardStatesConnection = builder.connectionObject(
  {
    type: BatchCardStates,
    name: 'BatchCardStatesConnection',
    description: 'A page of batches with the states of their cards.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'BatchCardStatesEdge', description: 'One of the batches, with its place in the report.' },
);

builder.queryField('cardStatesReport', (t) =>
  t.field({
    type: BatchCardStatesConnection,
    description: 'Cards by state and batch, the newest batch first.',
    args: {
      filter: t.arg({ type: BatchReportFilter, description: 'Which batches.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<BatchRow>('cardStates', { filter: filter ?? {}, page }, context),
  }),
);

const BatchLife = builder.objectRef<BatchRow>('BatchLife').implement({
  description:
    'What became of the cards of a batch, and of the money on them: left = issued + recharged + adjusted + moved − used − fees − forfeited.',
  fields: (t) => ({
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'Its name.', resolve: (row) => row.name }),
    partnerId: t.id({
      nullable: true,
      description: "Whose batch it is. Null: the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'Its name.', resolve: (row) => row.partnerName }),
    made: t.int({ description: 'Cards made.', resolve: (row) => Number(row.made) }),
    activated: t.int({
      description: 'Cards that were activated, once or more often.',
      resolve: (row) => Number(row.activated),
    }),
    firstUsed: t.int({ description: 'Cards that were used.', resolve: (row) => Number(row.first_used) }),
    exhausted: t.int({
      description: 'Cards that were used until nothing was left, or redeemed; not those whose time was over.',
      resolve: (row) => Number(row.exhausted),
    }),
    expired: t.int({
      description: 'Cards whose validity and grace are over, whether or not something was left.',
      resolve: (row) => Number(row.expired),
    }),
    replaced: t.int({
      description: 'Cards that another was put in the place of.',
      resolve: (row) => Number(row.replaced),
    }),
    issued: t.field({
      type: Money,
      description: 'Face values put on cards.',
      resolve: (row) => ({ micros: row.issued, currency: row.currency }),
    }),
    recharged: t.field({
      type: Money,
      description: 'Recharges, less what was taken back of them.',
      resolve: (row) => ({ micros: row.recharged, currency: row.currency }),
    }),
    adjusted: t.field({
      type: Money,
      description: 'Corrections by hand: positive gave.',
      resolve: (row) => ({ micros: row.adjusted, currency: row.currency }),
    }),
    moved: t.field({
      type: Money,
      description: 'From vouchers, and from and to cards by replacement: positive came in.',
      resolve: (row) => ({ micros: row.moved, currency: row.currency }),
    }),
    used: t.field({
      type: Money,
      description: 'Charges of calls.',
      resolve: (row) => ({ micros: row.used, currency: row.currency }),
    }),
    fees: t.field({
      type: Money,
      description: 'Fees for first use, maintenance and replacement.',
      resolve: (row) => ({ micros: row.fees, currency: row.currency }),
    }),
    forfeited: t.field({
      type: Money,
      description: 'What was left at the end of grace, or after the one call of a DISPOSABLE card.',
      resolve: (row) => ({ micros: row.forfeited, currency: row.currency }),
    }),
    left: t.field({
      type: Money,
      description: 'What is on the cards now.',
      resolve: (row) => ({ micros: leftOn(row), currency: row.currency }),
    }),
    averageDaysToFirstUse: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Days from the activation to the first use, on the average of the cards that were used. Null: none was.',
      resolve: (row) => daysToFirstUse(row),
    }),
    usedWithinDay: t.int({
      description: 'Cards first used within a day of their activation.',
      resolve: (row) => Number(row.used_within_day),
    }),
    usedWithinWeek: t.int({
      description: 'Within seven days.',
      resolve: (row) => Number(row.used_within_week),
    }),
    usedWithinMonth: t.int({
      description: 'Within thirty days.',
      resolve: (row) => Number(row.used_within_month),
    }),
    usedWithinQuarter: t.int({
      description: 'Within ninety days.',
      resolve: (row) => Number(row.used_within_quarter),
    }),
  }),
});

const BatchLifeConnection = builder.connectionObject(
  {
    type: BatchLife,
    name: 'BatchLifeConnection',
    description: 'A page of batches with their lives.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'BatchLifeEdge', description: 'One of the batches, with its place in the report.' },
);

builder.queryField('batchLifeReport', (t) =>
  t.field({
    type: BatchLifeConnection,
    description: 'What became of the cards of each batch, the newest batch first.',
    args: {
      filter: t.arg({ type: BatchReportFilter, description: 'Which batches.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<BatchRow>('batchLife', { filter: filter ?? {}, page }, context),
  }),
);
