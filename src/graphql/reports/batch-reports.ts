import { type BatchRow, leftOn } from '../../store/reports/batches.ts';
import { daysToFirstUse } from '../../store/reports/catalogue.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { reportField } from './report-field.ts';
import { BatchReportFilter } from './report-filters.ts';

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

reportField('cardStates', {
  description: 'Cards by state and batch, the newest batch first.',
  row: BatchCardStates,
  page: 'A page of batches with the states of their cards.',
  edge: 'One of the batches, with its place in the report.',
  filter: { type: BatchReportFilter, description: 'Which batches.' },
});

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
    issued: t.field(moneyField('issued', 'Face values put on cards.')),
    recharged: t.field(moneyField('recharged', 'Recharges, less what was taken back of them.')),
    adjusted: t.field(moneyField('adjusted', 'Corrections by hand: positive gave.')),
    moved: t.field(
      moneyField('moved', 'From vouchers, and from and to cards by replacement: positive came in.'),
    ),
    used: t.field(moneyField('used', 'Charges of calls.')),
    fees: t.field(moneyField('fees', 'Fees for first use, maintenance and replacement.')),
    forfeited: t.field(
      moneyField(
        'forfeited',
        'What was left at the end of grace, or after the one call of a DISPOSABLE card.',
      ),
    ),
    left: t.field(moneyField(leftOn, 'What is on the cards now.')),
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

reportField('batchLife', {
  description: 'What became of the cards of each batch, the newest batch first.',
  row: BatchLife,
  page: 'A page of batches with their lives.',
  edge: 'One of the batches, with its place in the report.',
  filter: { type: BatchReportFilter, description: 'Which batches.' },
});
