import { NotAllowed } from '../../domain/rejections/access.ts';
import { InvalidInput, NotFound } from '../../domain/rejections/input.ts';
import { NO_PARTNER } from '../../domain/reports/report-counters.ts';
import { checkReportPeriod } from '../../domain/reports/report-period.ts';
import { cardRows } from '../../store/postgres/rows.ts';
import type { ReportName, ReportRequest } from '../../store/reports/catalog.ts';
import { CardReferenceValue, resolveCard } from '../cards/card-reference.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { optionalGlobalId } from '../core/global-id.ts';
import { mayUse } from '../core/permission-check.ts';
import { isInReach, partnerInReach } from '../core/visibility-check.ts';
import { GuessSourceKindEnum } from '../security/guess-sources.ts';

/** One year; looking further ahead is of no use. */
const MAX_DAYS_AHEAD = 366;

const ReportPeriodInput = builder.inputType('ReportPeriodInput', {
  description:
    'A period of whole days in a time zone, at most 400. Omitted fields default to today in that time zone.',
  fields: (t) => ({
    from: t.field({ type: 'Date', description: 'The first day.' }),
    to: t.field({ type: 'Date', description: 'The last day, inclusive.' }),
    timeZone: t.string({
      required: true,
      defaultValue: 'UTC',
      description: 'An IANA time zone name such as "Europe/Rome", which defines where days start and end.',
    }),
  }),
});

export const BatchReportFilter = builder.inputType('BatchReportFilter', {
  description: 'Filters batches. Omitted fields do not filter.',
  fields: (t) => ({
    cardBatchId: t.id({ description: 'This batch only.' }),
    partnerId: t.id({ description: 'Only of this partner, excluding partners below it.' }),
  }),
});

export const PeriodReportFilter = builder.inputType('PeriodReportFilter', {
  description: 'The period.',
  fields: (t) => ({
    period: t.field({ type: ReportPeriodInput, description: 'The period. If omitted, today in UTC.' }),
  }),
});

export const PartnerReportFilter = builder.inputType('PartnerReportFilter', {
  description: 'The period and the partner.',
  fields: (t) => ({
    period: t.field({ type: ReportPeriodInput, description: 'The period. If omitted, today in UTC.' }),
    partnerId: t.id({
      description:
        'Only of this partner, excluding partners below it. If omitted, everything that you can see.',
    }),
  }),
});

export const ExpiringCardsFilter = builder.inputType('ExpiringCardsFilter', {
  description: 'The number of days and the partner.',
  fields: (t) => ({
    withinDays: t.int({
      required: true,
      defaultValue: 30,
      description: `Days of 24 hours from now, 1 to ${MAX_DAYS_AHEAD}.`,
    }),
    partnerId: t.id({
      description:
        'Only of this partner, excluding partners below it. If omitted, everything that you can see.',
    }),
  }),
});

export const CardStatementFilter = builder.inputType('CardStatementFilter', {
  description: 'The card and the period.',
  fields: (t) => ({
    card: t.field({ type: CardReferenceValue, required: true, description: 'The card.' }),
    period: t.field({ type: ReportPeriodInput, description: 'The period. If omitted, today in UTC.' }),
  }),
});

export const WalletStatementFilter = builder.inputType('WalletStatementFilter', {
  description: 'The wallet and the period.',
  fields: (t) => ({
    partnerId: t.id({ required: true, description: 'The partner that owns the wallet.' }),
    period: t.field({ type: ReportPeriodInput, description: 'The period. If omitted, today in UTC.' }),
  }),
});

export const FailureReportFilter = builder.inputType('FailureReportFilter', {
  description: 'The grouping and the period.',
  fields: (t) => ({
    by: t.field({
      type: GuessSourceKindEnum,
      required: true,
      defaultValue: 'CALLER_NUMBER',
      description: 'How failures are grouped into sources.',
    }),
    period: t.field({ type: ReportPeriodInput, description: 'The period. If omitted, today in UTC.' }),
  }),
});

/** The union of all report filters. */
export interface ReportFilter {
  readonly period?: typeof ReportPeriodInput.$inferInput | null | undefined;
  readonly partnerId?: string | null | undefined;
  readonly cardBatchId?: string | null | undefined;
  readonly withinDays?: number;
  readonly by?: ReportRequest['source'];
  readonly card?: typeof CardReferenceValue.$inferInput;
}

/**
 * A report's filter, limited to what the viewer may see.
 *
 * @throws NotAllowed, InvalidInput, NotFound, InvalidPhoneNumber, AmbiguousPhoneNumber
 */
export async function readReportFilter(
  report: ReportName,
  filter: ReportFilter,
  context: GraphContext,
): Promise<ReportRequest> {
  const { viewer } = context;
  if (!mayUse(viewer, `Query.${report}Report`)) {
    throw new NotAllowed({ problem: 'This report is for the operator: ask for one that is about you.' });
  }
  const { withinDays: days = 30 } = filter;
  if (days < 1 || days > MAX_DAYS_AHEAD) {
    throw new InvalidInput({ field: 'withinDays', problem: `must be 1 to ${MAX_DAYS_AHEAD}.` });
  }
  const given = optionalGlobalId('Partner', filter.partnerId);
  const partnerId = given === null ? null : partnerInReach(viewer, given);
  return {
    period: checkReportPeriod(filter.period ?? { timeZone: 'UTC' }, new Date()),
    partnerIds: partnerId === null ? (viewer.branch?.ids() ?? null) : [partnerId],
    batchId: optionalGlobalId('CardBatch', filter.cardBatchId),
    accountId: filter.card ? await cardInReach(filter.card, context) : (partnerId ?? NO_PARTNER),
    days,
    source: filter.by ?? 'CALLER_NUMBER',
  };
}

async function cardInReach(
  card: typeof CardReferenceValue.$inferInput,
  context: GraphContext,
): Promise<string> {
  const id = await resolveCard(card, context);
  const found = await cardRows.find(context.database.sql, id);
  if (found && isInReach(context.viewer, found.partnerId)) return id;
  throw new NotFound({ what: 'card', reference: card.id ?? card.serial ?? card.boundNumber ?? '' });
}
