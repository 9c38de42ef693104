import { InvalidInput } from '../../domain/rejections/input.ts';
import { createFileLink } from '../../store/files/file-links.ts';
import { builder } from '../core/builder.ts';
import { Download, type NewLink } from '../core/files.ts';
import { AuditFilterInput, readAuditFilter } from './audit-filter.ts';

const LINK_SECONDS = 600;

const ExportAuditLogPayload = builder.objectRef<NewLink>('ExportAuditLogPayload').implement({
  description: 'Where to fetch the export.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      description: 'NDJSON: one entry a line, oldest first.',
      resolve: (link) => link,
    }),
  }),
});

builder.mutationField('exportAuditLog', (t) =>
  t.field({
    type: ExportAuditLogPayload,
    description:
      'Makes a link to the audit trail as a file. It works once, for ten minutes; asking and fetching are entries of the trail themselves.',
    errors: {
      types: [InvalidInput],
      union: { name: 'ExportAuditLogResult', description: 'The link, or why there is none.' },
    },
    args: { filter: t.arg({ type: AuditFilterInput, description: 'Which entries. Left out: all.' }) },
    resolve: (_root, { filter }, { database, viewer }) =>
      createFileLink(database.sql, {
        purpose: 'EXPORT_AUDIT',
        subject: { ...readAuditFilter(filter) },
        maker: viewer,
        ttlSeconds: LINK_SECONDS,
      }),
  }),
);
