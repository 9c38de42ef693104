import type { LiabilityRow, RevenueRow } from '../../store/reports/ledger.ts';
import type { RechargeRow } from '../../store/reports/recharges.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { Money } from '../core/money.ts';
import { PartnerReportFilter, PeriodReportFilter } from './report-filters.ts';
import { AFTER, AS_OF, FIRST, reportPage } from './report-page.ts';

const DayLiability = builder.objectRef<LiabilityRow>('DayLiability').implement({
  description: 'What was owed on cards at the end of a day.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    owed: t.field({
      type: Money,
      description:
        'The sum of the balances of all cards of the currency at the end of the day; of a day that is not over, now.',
      resolve: (row) => ({ micros: row.owed, currency: row.currency }),
    }),
  }),
});

const DayLiabilityConnection = builder.connectionObject(
  {
    type: DayLiability,
    name: 'DayLiabilityConnection',
    description: 'A page of days.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'DayLiabilityEdge', description: 'One of the days, with its place in the report.' },
);

builder.queryField('liabilityReport', (t) =>
  t.field({
    type: DayLiabilityConnection,
    description:
      'What is owed on cards, by currency, at the end of each day of a period; without a period, today.',
    args: {
      filter: t.arg({ type: PeriodReportFilter, description: 'Which days.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<LiabilityRow>('liability', { filter: filter ?? {}, page }, context),
  }),
);

const DayRevenue = builder.objectRef<RevenueRow>('DayRevenue').implement({
  description: 'Revenue of a day.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    usage: t.field({
      type: Money,
      description: 'Charges and surcharges of calls, less what was given back.',
      resolve: (row) => ({ micros: row.usage, currency: row.currency }),
    }),
    fees: t.field({
      type: Money,
      description: 'Fees for first use, maintenance and replacement.',
      resolve: (row) => ({ micros: row.fees, currency: row.currency }),
    }),
    forfeited: t.field({
      type: Money,
      description: 'What was forfeited.',
      resolve: (row) => ({ micros: row.forfeited, currency: row.currency }),
    }),
    total: t.field({
      type: Money,
      description: 'All three.',
      resolve: (row) => ({ micros: row.usage + row.fees + row.forfeited, currency: row.currency }),
    }),
  }),
});

const DayRevenueConnection = builder.connectionObject(
  {
    type: DayRevenue,
    name: 'DayRevenueConnection',
    description: 'A page of days.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'DayRevenueEdge', description: 'One of the days, with its place in the report.' },
);

builder.queryField('revenueReport', (t) =>
  t.field({
    type: DayRevenueConnection,
    description: 'Revenue by day and currency, split in usage, fees and forfeiture, by when it was posted.',
    args: {
      filter: t.arg({ type: PeriodReportFilter, description: 'Which days.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<RevenueRow>('revenue', { filter: filter ?? {}, page }, context),
  }),
);

const DayRecharges = builder.objectRef<RechargeRow>('DayRecharges').implement({
  description: 'Recharges of a day that one partner paid.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    partnerId: t.id({
      nullable: true,
      description: 'Whose wallet paid. Null: the operator took cash.',
      resolve: (row) => (row.partnerId === null ? null : toGlobalId('Partner', row.partnerId)),
    }),
    partnerName: t.string({ nullable: true, description: 'Its name.', resolve: (row) => row.partnerName }),
    recharges: t.int({ description: 'How many.', resolve: (row) => Number(row.recharges) }),
    amount: t.field({
      type: Money,
      description: 'What came on cards.',
      resolve: (row) => ({ micros: row.amount, currency: row.currency }),
    }),
    discount: t.field({
      type: Money,
      description: 'What of it the operator paid.',
      resolve: (row) => ({ micros: row.discount, currency: row.currency }),
    }),
    reversals: t.int({
      description: 'Recharges taken back on the day, whenever they were made.',
      resolve: (row) => Number(row.reversals),
    }),
    reversed: t.field({
      type: Money,
      description: 'What was taken back.',
      resolve: (row) => ({ micros: row.reversed, currency: row.currency }),
    }),
    discountReturned: t.field({
      type: Money,
      description: 'What of it went back to the operator.',
      resolve: (row) => ({ micros: row.discountReturned, currency: row.currency }),
    }),
  }),
});

const DayRechargesConnection = builder.connectionObject(
  {
    type: DayRecharges,
    name: 'DayRechargesConnection',
    description: 'A page of days and partners.',
    fields: (t) => ({ asOf: t.field(AS_OF) }),
  },
  { name: 'DayRechargesEdge', description: 'One of them, with its place in the report.' },
);

builder.queryField('rechargesReport', (t) =>
  t.field({
    type: DayRechargesConnection,
    description: 'Recharges by day and by who paid.',
    args: {
      filter: t.arg({ type: PartnerReportFilter, description: 'Which days, and of whom.' }),
      first: t.arg.int({ description: FIRST }),
      after: t.arg.string({ description: AFTER }),
    },
    resolve: (_root, { filter, ...page }, context) =>
      reportPage<RechargeRow>('recharges', { filter: filter ?? {}, page }, context),
  }),
);
