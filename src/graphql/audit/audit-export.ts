import { InvalidInput } from '../../domain/rejections/input.ts';
import { createFileLink } from '../../store/files/file-links.ts';
import { builder } from '../core/builder.ts';
import { Download, type NewLink } from '../core/files.ts';
import { AuditFilterInput, readAuditFilter } from './audit-filter.ts';

const ExportAuditLogPayload = builder.objectRef<NewLink>('ExportAuditLogPayload').implement({
  description: 'Where to download the export.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      description: 'NDJSON: one entry per line, oldest first.',
      resolve: (link) => link,
    }),
  }),
});

builder.mutationField('exportAuditLog', (t) =>
  t.field({
    type: ExportAuditLogPayload,
    description:
      'Creates a link that downloads the audit trail as a file. The link works once, for ten minutes. Creating it and using it are both recorded in the audit trail.',
    errors: {
      types: [InvalidInput],
      union: { description: 'The link, or the reason why it was not created.' },
    },
    args: {
      filter: t.arg({ type: AuditFilterInput, description: 'The entries to export. If omitted, all.' }),
    },
    resolve: (_root, { filter }, { database, viewer }) =>
      createFileLink(database.sql, {
        purpose: 'EXPORT_AUDIT',
        subject: { ...readAuditFilter(filter) },
        maker: viewer,
      }),
  }),
);
