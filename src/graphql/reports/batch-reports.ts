import { type BatchRow, leftOn } from '../../store/reports/batches.ts';
import { daysToFirstUse } from '../../store/reports/catalogue.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { reportField } from './report-field.ts';
import { BatchReportFilter } from './report-filters.ts';

const BatchCardStates = builder.objectRef<BatchRow>('BatchCardStates').implement({
  description:
    'The number of cards in each current state in one batch. The states add up to the number of cards created.',
  fields: (t) => ({
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'The name.', resolve: (row) => row.name }),
    partnerId: t.id({
      nullable: true,
      description: "The partner that owns the batch. Null if it is the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'The name.', resolve: (row) => row.partnerName }),
    made: t.int({ description: 'Cards created.', resolve: (row) => Number(row.made) }),
    inactive: t.int({ description: 'In stock.', resolve: (row) => Number(row.inactive) }),
    active: t.int({ description: 'In service, and not locked.', resolve: (row) => Number(row.active) }),
    locked: t.int({ description: 'In service, but locked.', resolve: (row) => Number(row.locked) }),
    inGrace: t.int({
      description: 'Validity has ended; the balance is still kept.',
      resolve: (row) => Number(row.inGrace),
    }),
    expired: t.int({
      description: 'Validity and grace period have ended; about to be closed.',
      resolve: (row) => Number(row.expiredNow),
    }),
    deactivated: t.int({ description: 'Out of service.', resolve: (row) => Number(row.deactivated) }),
    closed: t.int({ description: 'Closed.', resolve: (row) => Number(row.closed) }),
  }),
});

reportField('cardStates', {
  description: 'Cards by state and batch, newest batch first.',
  row: BatchCardStates,
  page: 'A page of batches with the states of their cards.',
  edge: 'A batch, with its cursor in the report.',
  filter: { type: BatchReportFilter, description: 'Filters the batches.' },
});

const BatchLife = builder.objectRef<BatchRow>('BatchLife').implement({
  description:
    "The life of a batch's cards and of the money on them: left = issued + recharged + adjusted + moved − used − fees − forfeited.",
  fields: (t) => ({
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'The name.', resolve: (row) => row.name }),
    partnerId: t.id({
      nullable: true,
      description: "The partner that owns the batch. Null if it is the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'The name.', resolve: (row) => row.partnerName }),
    made: t.int({ description: 'Cards created.', resolve: (row) => Number(row.made) }),
    activated: t.int({
      description: 'Cards that have been activated at least once.',
      resolve: (row) => Number(row.activated),
    }),
    firstUsed: t.int({ description: 'Cards that were used.', resolve: (row) => Number(row.first_used) }),
    exhausted: t.int({
      description: 'Cards that were used up or redeemed, not counting those that expired.',
      resolve: (row) => Number(row.exhausted),
    }),
    expired: t.int({
      description: 'Cards whose validity and grace period have ended, whether or not a balance was left.',
      resolve: (row) => Number(row.expired),
    }),
    replaced: t.int({
      description: 'Cards that were replaced by another card.',
      resolve: (row) => Number(row.replaced),
    }),
    issued: t.field(moneyField('issued', 'Face values credited to cards.')),
    recharged: t.field(moneyField('recharged', 'Recharges minus reversals.')),
    adjusted: t.field(moneyField('adjusted', 'Manual corrections; positive means added.')),
    moved: t.field(
      moneyField(
        'moved',
        'Money from vouchers, and to and from cards by replacement; positive means received.',
      ),
    ),
    used: t.field(moneyField('used', 'Charges for calls.')),
    fees: t.field(moneyField('fees', 'Fees for first use, maintenance and replacement.')),
    forfeited: t.field(
      moneyField(
        'forfeited',
        'Balances left at the end of the grace period, or after the only call of a DISPOSABLE card.',
      ),
    ),
    left: t.field(moneyField(leftOn, 'The current balance of the cards.')),
    averageDaysToFirstUse: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Average number of days from activation to first use, over the cards that were used. Null if none was.',
      resolve: (row) => daysToFirstUse(row),
    }),
    usedWithinDay: t.int({
      description: 'Cards first used within a day of their activation.',
      resolve: (row) => Number(row.used_within_day),
    }),
    usedWithinWeek: t.int({
      description: 'Cards first used within seven days of their activation.',
      resolve: (row) => Number(row.used_within_week),
    }),
    usedWithinMonth: t.int({
      description: 'Cards first used within thirty days of their activation.',
      resolve: (row) => Number(row.used_within_month),
    }),
    usedWithinQuarter: t.int({
      description: 'Cards first used within ninety days of their activation.',
      resolve: (row) => Number(row.used_within_quarter),
    }),
  }),
});

reportField('batchLife', {
  description: "The life of each batch's cards, newest batch first.",
  row: BatchLife,
  page: 'A page of batches with the life of their cards.',
  edge: 'A batch, with its cursor in the report.',
  filter: { type: BatchReportFilter, description: 'Filters the batches.' },
});
