import type { LiabilityRow, RevenueRow } from '../../store/reports/ledger.ts';
import type { RechargeRow } from '../../store/reports/recharges.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { moneyField } from '../core/money.ts';
import { reportField } from './report-field.ts';
import { PartnerReportFilter, PeriodReportFilter } from './report-filters.ts';

const DayLiability = builder.objectRef<LiabilityRow>('DayLiability').implement({
  description: 'What was owed on cards at the end of a day.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    owed: t.field(
      moneyField(
        'owed',
        'The sum of the balances of all cards of the currency at the end of the day; of a day that is not over, now.',
      ),
    ),
  }),
});

reportField('liability', {
  description:
    'What is owed on cards, by currency, at the end of each day of a period; without a period, today.',
  row: DayLiability,
  page: 'A page of days.',
  edge: 'One of the days, with its place in the report.',
  filter: { type: PeriodReportFilter, description: 'Which days.' },
});

const DayRevenue = builder.objectRef<RevenueRow>('DayRevenue').implement({
  description: 'Revenue of a day.',
  fields: (t) => ({
    day: t.field({
      type: 'Date',
      description: 'The day, in the time zone asked for.',
      resolve: (row) => row.day,
    }),
    usage: t.field(moneyField('usage', 'Charges and surcharges of calls, less what was given back.')),
    fees: t.field(moneyField('fees', 'Fees for first use, maintenance and replacement.')),
    forfeited: t.field(moneyField('forfeited', 'What was forfeited.')),
    total: t.field(moneyField((row: RevenueRow) => row.usage + row.fees + row.forfeited, 'All three.')),
  }),
});

reportField('revenue', {
  description: 'Revenue by day and currency, split in usage, fees and forfeiture, by when it was posted.',
  row: DayRevenue,
  page: 'A page of days.',
  edge: 'One of the days, with its place in the report.',
  filter: { type: PeriodReportFilter, description: 'Which days.' },
});

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
    amount: t.field(moneyField('amount', 'What came on cards.')),
    discount: t.field(moneyField('discount', 'What of it the operator paid.')),
    reversals: t.int({
      description: 'Recharges taken back on the day, whenever they were made.',
      resolve: (row) => Number(row.reversals),
    }),
    reversed: t.field(moneyField('reversed', 'What was taken back.')),
    discountReturned: t.field(moneyField('discountReturned', 'What of it went back to the operator.')),
  }),
});

reportField('recharges', {
  description: 'Recharges by day and by who paid.',
  row: DayRecharges,
  page: 'A page of days and partners.',
  edge: 'One of them, with its place in the report.',
  filter: { type: PartnerReportFilter, description: 'Which days, and of whom.' },
});
