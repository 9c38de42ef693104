import { answerRatioPercent, averageSeconds, minutesOf } from '../../store/reports/catalogue.ts';
import type { ExpiringCardRow } from '../../store/reports/expiring-cards.ts';
import type { UsageRow } from '../../store/reports/usage.ts';
import { CardStateEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { reportField } from './report-field.ts';
import { ExpiringCardsFilter, PartnerReportFilter } from './report-filters.ts';

const DayUsage = builder.objectRef<UsageRow>('DayUsage').implement({
  description: 'Calls on one day to one destination, by one rate group, with cards of one partner.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the requested time zone.',
      resolve: (row) => row.day,
    }),
    destination: t.string({
      description: 'The destination, as named by the rate.',
      resolve: (row) => row.destination,
    }),
    rateGroupId: t.id({
      description: 'The rate group that priced the calls.',
      resolve: (row) => toGlobalId('RateGroup', row.rateGroupId),
    }),
    rateGroupName: t.string({ description: 'The name.', resolve: (row) => row.rateGroupName }),
    partnerId: t.id({
      nullable: true,
      description: "The partner that owns the cards. Null if they are the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'The name.', resolve: (row) => row.partnerName }),
    calls: t.int({
      description: 'Calls that were connected and have ended, answered or not.',
      resolve: (row) => Number(row.calls),
    }),
    answered: t.int({ description: 'Answered calls.', resolve: (row) => Number(row.answered) }),
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
    serial: t.string({ description: 'The serial of the card.', resolve: (row) => row.serial }),
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'The name of the batch.', resolve: (row) => row.batchName }),
    partnerId: t.id({
      nullable: true,
      description: "The partner that owns the card. Null if it is the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'The name.', resolve: (row) => row.partnerName }),
    state: t.field({
      type: CardStateEnum,
      description: 'The current state: active or locked.',
      resolve: (row) => row.state,
    }),
    balance: t.field(moneyField('balance', 'The balance of the card.')),
    validUntil: t.field({
      type: 'DateTime',
      description: 'When the validity ends.',
      resolve: (row) => row.validUntil,
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the balance is forfeited.',
      resolve: (row) => row.graceUntil,
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
