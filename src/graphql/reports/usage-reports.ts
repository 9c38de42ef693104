import { answerRatioPercent, averageSeconds, minutesOf } from '../../store/reports/catalog.ts';
import type { ExpiringCardRow } from '../../store/reports/expiring-cards.ts';
import type { UsageRow } from '../../store/reports/usage.ts';
import { CardStateEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { countField, DAY, partnerIdField } from './report-columns.ts';
import { reportField } from './report-field.ts';
import { ExpiringCardsFilter, PartnerReportFilter } from './report-filters.ts';

const DayUsage = builder.objectRef<UsageRow>('DayUsage').implement({
  description: 'Calls on one day to one destination, by one rate group, with cards of one partner.',
  fields: (t) => ({
    day: t.field(DAY),
    destination: t.exposeString('destination', { description: 'The destination, as named by the rate.' }),
    rateGroupId: t.id({
      description: 'The rate group that priced the calls.',
      resolve: (row) => toGlobalId('RateGroup', row.rateGroupId),
    }),
    rateGroupName: t.exposeString('rateGroupName', { description: 'The name.' }),
    partnerId: t.field(
      partnerIdField("The partner that owns the cards. Null if they are the operator's own."),
    ),
    partnerName: t.exposeString('partnerName', { nullable: true, description: 'The name.' }),
    calls: t.field(countField('calls', 'Calls that were connected and have ended, answered or not.')),
    answered: t.field(countField('answered', 'Answered calls.')),
    minutes: t.field({
      type: 'Decimal',
      description: 'Minutes of the answered calls.',
      resolve: minutesOf,
    }),
    charge: t.field(moneyField('charge', 'The charge of the calls, including surcharges.')),
    averageSeconds: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Average duration of an answered call in seconds. Null if none was answered.',
      resolve: averageSeconds,
    }),
    answerRatioPercent: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The percentage of calls that were answered.',
      resolve: answerRatioPercent,
    }),
  }),
});

reportField('usage', {
  description:
    'Calls by day, destination, rate group and partner, by the time of authorization, in this sort order.',
  row: DayUsage,
  page: 'A page of usage rows.',
  edge: 'A usage row, with its cursor in the report.',
  filter: { type: PartnerReportFilter, description: 'The period and the partner.' },
});

const ExpiringCard = builder.objectRef<ExpiringCardRow>('ExpiringCard').implement({
  description: 'A card whose validity ends soon.',
  fields: (t) => ({
    cardId: t.id({ description: 'The card.', resolve: (row) => toGlobalId('Card', row.cardId) }),
    serial: t.exposeString('serial', { description: 'The serial of the card.' }),
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.exposeString('batchName', { description: 'The name of the batch.' }),
    partnerId: t.field(partnerIdField("The partner that owns the card. Null if it is the operator's own.")),
    partnerName: t.exposeString('partnerName', { nullable: true, description: 'The name.' }),
    state: t.expose('state', { type: CardStateEnum, description: 'The current state: active or locked.' }),
    balance: t.field(moneyField('balance', 'The balance of the card.')),
    validUntil: t.expose('validUntil', { type: 'DateTime', description: 'When the validity ends.' }),
    graceUntil: t.expose('graceUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'When the balance is forfeited.',
    }),
  }),
});

reportField('expiringCards', {
  description: 'Cards in service whose validity ends soon, soonest first.',
  row: ExpiringCard,
  page: 'A page of cards that expire soon.',
  edge: 'A card, with its cursor in the report.',
  filter: { type: ExpiringCardsFilter, description: 'The number of days and the partner.' },
});
