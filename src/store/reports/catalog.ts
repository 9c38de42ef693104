import { NO_PARTNER } from '../../domain/reports/report-counters.ts';
import type { ReportPeriod } from '../../domain/reports/report-period.ts';
import type { GuessSource } from '../../domain/security/guessing.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { ratio } from '../../domain/values/ratio.ts';
import type { CsvColumn } from '../files/csv.ts';
import type { Sql } from '../postgres/database.ts';
import { type BatchRow, leftOn, readBatches } from './batches.ts';
import { type ExpiringCardRow, readExpiringCards } from './expiring-cards.ts';
import { type FailureRow, readFailures } from './failures.ts';
import { type LiabilityRow, type RevenueRow, readLiability, readRevenue } from './ledger.ts';
import { type RechargeRow, readRecharges } from './recharges.ts';
import type { ReportPage } from './report.ts';
import { readStatement, type StatementOf } from './statements.ts';
import { readUsage, type UsageRow } from './usage.ts';

/** The parameters of a report. Also stored in the subject of a link, so strings, numbers and null only. */
export interface ReportRequest {
  readonly period: ReportPeriod;
  /** The partners to include; null: all. */
  readonly partnerIds: readonly string[] | null;
  readonly batchId: string | null;
  /** The card or the partner of a statement. */
  readonly accountId: string;
  /** The period within which cards expire. */
  readonly days: number;
  readonly source: GuessSource['kind'];
}

export interface Report<Row> {
  /** Reads the rows after a position, up to a limit. */
  read(
    sql: Sql,
    request: ReportRequest,
    page: { readonly after: readonly string[] | null; readonly limit: number },
  ): Promise<ReportPage<Row>>;
  /** The sort key that identifies a row within its report. */
  placeOf(row: Row): readonly string[];
  readonly columns: readonly CsvColumn<Row>[];
}

const text = <Row>(head: string, value: CsvColumn<Row>['value']): CsvColumn<Row> => ({
  head,
  value,
  isText: true,
});
const plain = <Row>(head: string, value: CsvColumn<Row>['value']): CsvColumn<Row> => ({ head, value });
const money = <Row>(head: string, value: (row: Row) => bigint): CsvColumn<Row> => ({
  head,
  value: (row) => formatMicros(value(row)),
});

const OF_BATCH: readonly CsvColumn<BatchRow>[] = [
  plain('batch_id', ({ batchId }) => batchId),
  text('batch', ({ name }) => name),
  plain('type', ({ type }) => type),
  plain('partner_id', ({ partnerId }) => partnerId),
  text('partner', ({ partnerName }) => partnerName),
  plain('made', ({ made }) => made),
];

const cardStates: Report<BatchRow> = {
  read: (sql, request, page) => readBatches(sql, { ...request, ...page }),
  placeOf: ({ batchId }) => [batchId],
  columns: [
    ...OF_BATCH,
    plain('inactive', ({ inactive }) => inactive),
    plain('active', ({ active }) => active),
    plain('locked', ({ locked }) => locked),
    plain('in_grace', ({ inGrace }) => inGrace),
    plain('expired', ({ expiredNow }) => expiredNow),
    plain('deactivated', ({ deactivated }) => deactivated),
    plain('closed', ({ closed }) => closed),
  ],
};

const batchLife: Report<BatchRow> = {
  ...cardStates,
  columns: [
    ...OF_BATCH,
    plain('activated', ({ activated }) => activated),
    plain('first_used', ({ first_used }) => first_used),
    plain('exhausted', ({ exhausted }) => exhausted),
    plain('expired', ({ expired }) => expired),
    plain('replaced', ({ replaced }) => replaced),
    plain('currency', ({ currency }) => currency),
    money('issued', ({ issued }) => issued),
    money('recharged', ({ recharged }) => recharged),
    money('adjusted', ({ adjusted }) => adjusted),
    money('moved', ({ moved }) => moved),
    money('used', ({ used }) => used),
    money('fees', ({ fees }) => fees),
    money('forfeited', ({ forfeited }) => forfeited),
    money('left', leftOn),
    plain('average_days_to_first_use', daysToFirstUse),
    plain('used_within_1_day', ({ used_within_day }) => used_within_day),
    plain('used_within_7_days', ({ used_within_week }) => used_within_week),
    plain('used_within_30_days', ({ used_within_month }) => used_within_month),
    plain('used_within_90_days', ({ used_within_quarter }) => used_within_quarter),
  ],
};

/** Average number of days from activation to first use, with two decimals; null when no card was used. */
export function daysToFirstUse({ seconds_to_first_use, used_after_activation }: BatchRow): string | null {
  return ratio(seconds_to_first_use, used_after_activation * 86_400n, 2);
}

const OF_DAY = [
  plain<{ day: string }>('day', ({ day }) => day),
  plain<{ currency: string }>('currency', ({ currency }) => currency),
] as const;

const liability: Report<LiabilityRow> = {
  read: (sql, request, page) => readLiability(sql, { ...request, ...page }),
  placeOf: ({ day, currency }) => [day, currency],
  columns: [...OF_DAY, money('owed', ({ owed }) => owed)],
};

const revenue: Report<RevenueRow> = {
  read: (sql, request, page) => readRevenue(sql, { ...request, ...page }),
  placeOf: ({ day, currency }) => [day, currency],
  columns: [
    ...OF_DAY,
    money('usage', ({ usage }) => usage),
    money('fees', ({ fees }) => fees),
    money('forfeited', ({ forfeited }) => forfeited),
    money('total', ({ usage, fees, forfeited }) => usage + fees + forfeited),
  ],
};

const recharges: Report<RechargeRow> = {
  read: (sql, request, page) => readRecharges(sql, { ...request, ...page }),
  placeOf: ({ day, partnerId, currency }) => [day, partnerId ?? NO_PARTNER, currency],
  columns: [
    plain('day', ({ day }) => day),
    plain('partner_id', ({ partnerId }) => partnerId),
    text('partner', ({ partnerName }) => partnerName),
    plain('currency', ({ currency }) => currency),
    plain('recharges', (row) => row.recharges),
    money('amount', ({ amount }) => amount),
    money('discount', ({ discount }) => discount),
    plain('reversals', ({ reversals }) => reversals),
    money('reversed', ({ reversed }) => reversed),
    money('discount_returned', ({ discountReturned }) => discountReturned),
  ],
};

export const minutesOf = ({ seconds }: UsageRow) => ratio(seconds, 60n, 2) ?? '0.00';
/** Average over the answered calls; null when there were none. */
export const averageSeconds = ({ seconds, answered }: UsageRow) => ratio(seconds, answered, 1);
export const answerRatioPercent = ({ answered, calls }: UsageRow) => ratio(100n * answered, calls, 1);

const usage: Report<UsageRow> = {
  read: (sql, request, page) => readUsage(sql, { ...request, ...page }),
  placeOf: ({ day, destination, rateGroupId, partnerId }) => [
    day,
    destination,
    rateGroupId,
    partnerId ?? NO_PARTNER,
  ],
  columns: [
    plain('day', ({ day }) => day),
    text('destination', ({ destination }) => destination),
    plain('rate_group_id', ({ rateGroupId }) => rateGroupId),
    text('rate_group', ({ rateGroupName }) => rateGroupName),
    plain('partner_id', ({ partnerId }) => partnerId),
    text('partner', ({ partnerName }) => partnerName),
    plain('calls', ({ calls }) => calls),
    plain('answered', ({ answered }) => answered),
    plain('minutes', minutesOf),
    plain('average_seconds', averageSeconds),
    plain('answer_ratio_percent', answerRatioPercent),
    plain('currency', ({ currency }) => currency),
    money('charge', ({ charge }) => charge),
  ],
};

const expiringCards: Report<ExpiringCardRow> = {
  read: (sql, request, page) => readExpiringCards(sql, { ...request, ...page }),
  placeOf: ({ place, cardId }) => [place, cardId],
  columns: [
    plain('serial', ({ serial }) => serial),
    plain('batch_id', ({ batchId }) => batchId),
    text('batch', ({ batchName }) => batchName),
    plain('partner_id', ({ partnerId }) => partnerId),
    text('partner', ({ partnerName }) => partnerName),
    plain('state', ({ state }) => state),
    plain('currency', ({ currency }) => currency),
    money('balance', ({ balance }) => balance),
    plain('valid_until', ({ validUntil }) => validUntil),
    plain('grace_until', ({ graceUntil }) => graceUntil),
  ],
};

const failedAuthentications: Report<FailureRow> = {
  read: (sql, request, page) => readFailures(sql, { ...request, ...page, kind: request.source }),
  placeOf: ({ attempts, source }) => [`${attempts}`, source],
  columns: [
    text('source', ({ source }) => source),
    plain('attempts', ({ attempts }) => attempts),
    plain('compared', ({ compared }) => compared),
    plain('first_at', ({ firstAt }) => firstAt),
    plain('last_at', ({ lastAt }) => lastAt),
  ],
};

const statement = (of: StatementOf): Report<PostedTransfer> => {
  const [account, version, balance] =
    of === 'CARD'
      ? (['cardId', 'cardVersion', 'cardBalanceAfter'] as const)
      : (['partnerId', 'partnerVersion', 'walletBalanceAfter'] as const);
  return {
    read: (sql, { accountId, period }, { after, limit }) =>
      readStatement(sql, of, { accountId, period, after: after && Number(after[0]), limit }),
    placeOf: (row) => [`${row[version]}`],
    columns: [
      plain('at', ({ createdAt }) => createdAt),
      plain('id', ({ id }) => id),
      plain('kind', ({ kind }) => kind),
      plain('currency', ({ currency }) => currency),
      money('change', (row) => (row.creditAccount === row[account] ? row.amount : -row.amount)),
      money('balance', (row) => row[balance] ?? 0n),
      text('reason', ({ reason }) => reason),
    ],
  };
};

export const REPORTS = {
  cardStates,
  batchLife,
  liability,
  revenue,
  recharges,
  usage,
  expiringCards,
  cardStatement: statement('CARD'),
  walletStatement: statement('WALLET'),
  failedAuthentications,
} as const;

export type ReportName = keyof typeof REPORTS;
