import { type BatchRow, leftOn } from '../../store/reports/batches.ts';
import { daysToFirstUse } from '../../store/reports/catalog.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { countField, partnerIdField } from './report-columns.ts';
import { reportField } from './report-field.ts';
import { BatchReportFilter } from './report-filters.ts';

const BatchCardStates = builder.objectRef<BatchRow>('BatchCardStates').implement({
  description:
    'The number of cards in each current state in one batch. The states add up to the number of cards created.',
  fields: (t) => ({
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.exposeString('name', { description: 'The name.' }),
    partnerId: t.field(partnerIdField("The partner that owns the batch. Null if it is the operator's own.")),
    partnerName: t.exposeString('partnerName', { nullable: true, description: 'The name.' }),
    made: t.field(countField('made', 'Cards created.')),
    inactive: t.field(countField('inactive', 'In stock.')),
    active: t.field(countField('active', 'In service, and not locked.')),
    locked: t.field(countField('locked', 'In service, but locked.')),
    inGrace: t.field(countField('inGrace', 'Validity has ended; the balance is still kept.')),
    expired: t.field(countField('expiredNow', 'Validity and grace period have ended; about to be closed.')),
    deactivated: t.field(countField('deactivated', 'Out of service.')),
    closed: t.field(countField('closed', 'Closed.')),
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
    cardBatchName: t.exposeString('name', { description: 'The name.' }),
    partnerId: t.field(partnerIdField("The partner that owns the batch. Null if it is the operator's own.")),
    partnerName: t.exposeString('partnerName', { nullable: true, description: 'The name.' }),
    made: t.field(countField('made', 'Cards created.')),
    activated: t.field(countField('activated', 'Cards that have been activated at least once.')),
    firstUsed: t.field(countField('first_used', 'Cards that were used.')),
    exhausted: t.field(
      countField('exhausted', 'Cards that were used up or redeemed, not counting those that expired.'),
    ),
    expired: t.field(
      countField(
        'expired',
        'Cards whose validity and grace period have ended, whether or not a balance was left.',
      ),
    ),
    replaced: t.field(countField('replaced', 'Cards that were replaced by another card.')),
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
    usedWithinDay: t.field(
      countField('used_within_day', 'Cards first used within a day of their activation.'),
    ),
    usedWithinWeek: t.field(
      countField('used_within_week', 'Cards first used within seven days of their activation.'),
    ),
    usedWithinMonth: t.field(
      countField('used_within_month', 'Cards first used within thirty days of their activation.'),
    ),
    usedWithinQuarter: t.field(
      countField('used_within_quarter', 'Cards first used within ninety days of their activation.'),
    ),
  }),
});

reportField('batchLife', {
  description: "The life of each batch's cards, newest batch first.",
  row: BatchLife,
  page: 'A page of batches with the life of their cards.',
  edge: 'A batch, with its cursor in the report.',
  filter: { type: BatchReportFilter, description: 'Filters the batches.' },
});
