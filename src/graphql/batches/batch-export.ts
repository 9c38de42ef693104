import * as batches from '../../domain/rejections/batches.ts';
import * as input from '../../domain/rejections/input.ts';
import { finishedBatch } from '../../store/batches/batch-export.ts';
import { createFileLink } from '../../store/files/file-links.ts';
import { builder } from '../core/builder.ts';
import { Download, type NewLink } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';

const LINK_SECONDS = 600;

const ExportCardBatchPayload = builder.objectRef<NewLink>('ExportCardBatchPayload').implement({
  description: 'Where to fetch the print file.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      description: 'CSV: serial, PIN, face value, currency and expiry terms, one card a line.',
      resolve: (link) => link,
    }),
  }),
});

builder.mutationField('exportCardBatch', (t) =>
  t.field({
    type: ExportCardBatchPayload,
    description:
      'Makes a link to the print file of a batch: the one place where PINs are readable. It works once, for ten minutes, and its use is noted in the log.',
    errors: {
      types: [input.NotFound, batches.BatchNotFinished],
      union: { name: 'ExportCardBatchResult', description: 'The link, or why there is none.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The batch.' }) },
    resolve: async (_root, { id }, { database, viewer }) => {
      const batch = await finishedBatch(database.sql, fromGlobalId('CardBatch', id), viewer.branch);
      return createFileLink(database.sql, {
        purpose: 'EXPORT_BATCH',
        subject: { batchId: batch.id },
        actorId: viewer.actorId,
        partnerId: viewer.partnerId,
        ttlSeconds: LINK_SECONDS,
      });
    },
  }),
);
