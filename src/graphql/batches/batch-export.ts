import * as batches from '../../domain/rejections/batches.ts';
import * as input from '../../domain/rejections/input.ts';
import * as reveals from '../../domain/rejections/reveals.ts';
import { optionalTextWithoutPin } from '../../domain/values/text.ts';
import { finishedBatch } from '../../store/batches/batch-export.ts';
import { createFileLink } from '../../store/files/file-links.ts';
import { builder } from '../core/builder.ts';
import { Download, type NewLink } from '../core/files.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { PinReveal } from '../security/pin-reveals.ts';

const NO_REASON = 'No reason was given.';

interface Export {
  /** Null if another administrator must approve first. */
  readonly link: NewLink | null;
  /** Null for a first export, which needs no request. */
  readonly revealId: string | null;
}

const ExportCardBatchPayload = builder.objectRef<Export>('ExportCardBatchPayload').implement({
  description: 'The print file, or the request that awaits approval.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      nullable: true,
      description:
        'CSV with the serial, PIN, face value, currency and expiry terms, one card per line. Null if another administrator must approve the request first; call exportCardBatch again after approval.',
      resolve: ({ link }) => link,
    }),
    request: t.drizzleField({
      type: PinReveal,
      nullable: true,
      description: 'The record of the request. Null for the first export of a batch that has no card in use.',
      resolve: (query, { revealId }, _args, { database }) =>
        revealId === null
          ? null
          : database.drizzle.query.pinReveals.findFirst(query({ where: { id: revealId } })),
    }),
  }),
});

builder.mutationField('exportCardBatch', (t) =>
  t.field({
    type: ExportCardBatchPayload,
    description:
      'Creates a link that downloads the print file of a batch. The link works once, for ten minutes, and its use is logged. If one of the cards is in use, or the file was downloaded before, the same rules apply as for `revealPin`: the reason is recorded, the security desk is alerted, the export counts toward the daily limit on PINs, and, if the operator requires it, another administrator must approve first.',
    errors: {
      types: [input.InvalidInput, input.NotFound, batches.BatchNotFinished, reveals.PinRevealsExhausted],
      union: { description: 'The link or the pending request, or the reason why the export was refused.' },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The batch.' }),
      reason: t.arg.string({
        description:
          'Why the PINs of cards in use must be read, or the file downloaded again. Up to 500 characters, with no run of six or more digits.',
      }),
    },
    resolve: async (_root, { id, reason: given }, { database, reveals: pinReveals, viewer }) => {
      const reason = optionalTextWithoutPin('reason', given) ?? NO_REASON;
      const { id: batchId } = await finishedBatch(database.sql, fromGlobalId('CardBatch', id), viewer.branch);
      const request = await pinReveals.revealBatch({ batchId, requester: viewer, reason });
      if (request && !request.approved) return { link: null, revealId: request.id };
      const link = await createFileLink(database.sql, {
        purpose: 'EXPORT_BATCH',
        subject: { batchId, ...(request && { revealId: request.id }) },
        maker: viewer,
      });
      return { link, revealId: request?.id ?? null };
    },
  }),
);
