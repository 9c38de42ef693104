import type { LiabilityRow, RevenueRow } from '../../store/reports/ledger.ts';
import type { RechargeRow } from '../../store/reports/recharges.ts';
import { builder } from '../core/builder.ts';
import { moneyField } from '../core/money.ts';
import { countField, DAY, partnerIdField } from './report-columns.ts';
import { reportField } from './report-field.ts';
import { PartnerReportFilter, PeriodReportFilter } from './report-filters.ts';

const DayLiability = builder.objectRef<LiabilityRow>('DayLiability').implement({
  description: 'The liability for card balances at the end of a day.',
  fields: (t) => ({
    day: t.field(DAY),
    owed: t.field(
      moneyField(
        'owed',
        'The sum of the balances of all cards in the currency at the end of the day, or now if the day is not over.',
      ),
    ),
  }),
});

reportField('liability', {
  description:
    'The liability for card balances by currency, at the end of each day of a period. Without a period, today.',
  row: DayLiability,
  page: 'A page of days.',
  edge: 'A day, with its cursor in the report.',
  filter: { type: PeriodReportFilter, description: 'The period.' },
});

const DayRevenue = builder.objectRef<RevenueRow>('DayRevenue').implement({
  description: 'Revenue of a day.',
  fields: (t) => ({
    day: t.field(DAY),
    usage: t.field(moneyField('usage', 'Charges and surcharges of calls, minus refunds.')),
    fees: t.field(moneyField('fees', 'Fees for first use, maintenance and replacement.')),
    forfeited: t.field(moneyField('forfeited', 'Forfeited balances.')),
    total: t.field(
      moneyField(
        (row: RevenueRow) => row.usage + row.fees + row.forfeited,
        'The sum of usage, fees and forfeitures.',
      ),
    ),
  }),
});

reportField('revenue', {
  description: 'Revenue by day and currency, split into usage, fees and forfeitures, by posting date.',
  row: DayRevenue,
  page: 'A page of days.',
  edge: 'A day, with its cursor in the report.',
  filter: { type: PeriodReportFilter, description: 'The period.' },
});

const DayRecharges = builder.objectRef<RechargeRow>('DayRecharges').implement({
  description: 'Recharges on one day paid by one partner.',
  fields: (t) => ({
    day: t.field(DAY),
    partnerId: t.field(partnerIdField('The partner whose wallet paid. Null if the operator took cash.')),
    partnerName: t.exposeString('partnerName', { nullable: true, description: 'The name.' }),
    recharges: t.field(countField('recharges', 'The number of recharges.')),
    amount: t.field(moneyField('amount', 'The amount put on cards.')),
    discount: t.field(moneyField('discount', 'The part of it that the operator paid as discount.')),
    reversals: t.field(
      countField(
        'reversals',
        'The number of reversals on the day, regardless of when the recharges were made.',
      ),
    ),
    reversed: t.field(moneyField('reversed', 'The amount reversed.')),
    discountReturned: t.field(
      moneyField('discountReturned', 'The part of it that was returned to the operator.'),
    ),
  }),
});

reportField('recharges', {
  description: 'Recharges by day and payer.',
  row: DayRecharges,
  page: 'A page of days and partners.',
  edge: 'A day and partner, with its cursor in the report.',
  filter: { type: PartnerReportFilter, description: 'The period and the partner.' },
});
