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
  description: 'Calls of a day to one destination, by one rate group, with cards of one partner.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    destination: t.string({ description: 'As the rate names it.', resolve: (row) => row.destination }),
    rateGroupId: t.id({
      description: 'The rate group they were rated by.',
      resolve: (row) => toGlobalId('RateGroup', row.rateGroupId),
    }),
    rateGroupName: t.string({ description: 'Its name.', resolve: (row) => row.rateGroupName }),
    partnerId: t.id({
      nullable: true,
      description: "Whose cards they were. Null: the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'Its name.', resolve: (row) => row.partnerName }),
    calls: t.int({
      description: 'Calls that were put through and have ended, answered or not.',
      resolve: (row) => Number(row.calls),
    }),
    answered: t.int({ description: 'Calls that lasted.', resolve: (row) => Number(row.answered) }),
    minutes: t.field({
      type: 'Decimal',
      description: 'Minutes of the answered calls.',
      resolve: minutesOf,
    }),
    charge: t.field(moneyField('charge', 'What they cost, surcharges included.')),
    averageSeconds: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Seconds of an answered call, on the average. Null: none was answered.',
      resolve: averageSeconds,
    }),
    answerRatioPercent: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Of a hundred calls, how many were answered.',
      resolve: answerRatioPercent,
    }),
  }),
});

reportField('usage', {
  description:
    'Calls by day, destination, rate group and partner, by when they were asked for; in the order of these four.',
  row: DayUsage,
  page: 'A page of usage.',
  edge: 'One line of it, with its place in the report.',
  filter: { type: PartnerReportFilter, description: 'Which days, and of whom.' },
});

const ExpiringCard = builder.objectRef<ExpiringCardRow>('ExpiringCard').implement({
  description: 'A card whose validity ends soon.',
  fields: (t) => ({
    cardId: t.id({ description: 'The card.', resolve: (row) => toGlobalId('Card', row.cardId) }),
    serial: t.string({ description: 'Its serial.', resolve: (row) => row.serial }),
    cardBatchId: t.id({ description: 'The batch.', resolve: (row) => toGlobalId('CardBatch', row.batchId) }),
    cardBatchName: t.string({ description: 'The name of the batch.', resolve: (row) => row.batchName }),
    partnerId: t.id({
      nullable: true,
      description: "Whose card it is. Null: the operator's own.",
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'Its name.', resolve: (row) => row.partnerName }),
    state: t.field({
      type: CardStateEnum,
      description: 'What it is now: active or locked.',
      resolve: (row) => row.state,
    }),
    balance: t.field(moneyField('balance', 'What is on it.')),
    validUntil: t.field({
      type: 'DateTime',
      description: 'When its validity ends.',
      resolve: (row) => row.validUntil,
    }),
    graceUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its balance is forfeited.',
      resolve: (row) => row.graceUntil,
    }),
  }),
});

reportField('expiringCards', {
  description: 'Cards in service whose validity ends soon, the next to end first.',
  row: ExpiringCard,
  page: 'A page of cards that expire soon.',
  edge: 'One of the cards, with its place in the report.',
  filter: { type: ExpiringCardsFilter, description: 'How soon, and of whom.' },
});
