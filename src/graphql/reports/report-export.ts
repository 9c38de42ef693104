import { NotAllowed } from '../../domain/rejections/access.ts';
import { AmbiguousPhoneNumber, InvalidPhoneNumber } from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import { createFileLink } from '../../store/files/file-links.ts';
import { REPORTS, type ReportName } from '../../store/reports/catalog.ts';
import { builder } from '../core/builder.ts';
import { Download, type NewLink } from '../core/files.ts';
import {
  BatchReportFilter,
  CardStatementFilter,
  ExpiringCardsFilter,
  FailureReportFilter,
  PartnerReportFilter,
  PeriodReportFilter,
  type ReportFilter,
  readReportFilter,
  WalletStatementFilter,
} from './report-filters.ts';

const ExportReportInput = builder.inputType('ExportReportInput', {
  description: 'The report and its arguments. Exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    cardStates: t.field({ type: BatchReportFilter, description: 'Cards by state and batch.' }),
    batchLife: t.field({ type: BatchReportFilter, description: "The life of each batch's cards." }),
    liability: t.field({ type: PeriodReportFilter, description: 'The liability for card balances, by day.' }),
    revenue: t.field({ type: PeriodReportFilter, description: 'Revenue by day.' }),
    recharges: t.field({ type: PartnerReportFilter, description: 'Recharges by day and partner.' }),
    usage: t.field({
      type: PartnerReportFilter,
      description: 'Calls by day, destination, rate group and partner.',
    }),
    expiringCards: t.field({ type: ExpiringCardsFilter, description: 'Cards that expire soon.' }),
    cardStatement: t.field({ type: CardStatementFilter, description: 'The statement of a card.' }),
    walletStatement: t.field({ type: WalletStatementFilter, description: 'The statement of a wallet.' }),
    failedAuthentications: t.field({
      type: FailureReportFilter,
      description: 'Failed authentications by source.',
    }),
  }),
});

const ExportReportPayload = builder.objectRef<NewLink>('ExportReportPayload').implement({
  description: 'Where to download the report.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      description: 'CSV with a header line and all rows of the report.',
      resolve: (link) => link,
    }),
  }),
});

builder.mutationField('exportReport', (t) =>
  t.field({
    type: ExportReportPayload,
    description:
      'Creates a link that downloads a report as a CSV file. The link works once, for ten minutes; the file is generated when it is downloaded.',
    errors: {
      types: [input.InvalidInput, input.NotFound, InvalidPhoneNumber, AmbiguousPhoneNumber, NotAllowed],
      union: { description: 'The link, or the reason why it was not created.' },
    },
    args: {
      report: t.arg({
        type: ExportReportInput,
        required: true,
        description: 'The report and its arguments.',
      }),
    },
    resolve: async (_root, { report: selected }, context) => {
      const [[name, filter] = ['', null]] = Object.entries(selected).filter(([, value]) => value);
      if (!(name in REPORTS) || !filter) {
        throw new input.InvalidInput({ field: 'report', problem: 'must name one report.' });
      }
      const report = name as ReportName;
      const request = await readReportFilter(report, filter as ReportFilter, context);
      return createFileLink(context.database.sql, {
        purpose: 'EXPORT_REPORT',
        subject: { report, request },
        maker: context.viewer,
      });
    },
  }),
);
