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

const LINK_SECONDS = 600;
const NO_REASON = 'No reason was given.';

interface Export {
  /** Null: another administrator must approve first. */
  readonly link: NewLink | null;
  /** Null: it is the first export, which needs none. */
  readonly revealId: string | null;
}

const ExportCardBatchPayload = builder.objectRef<Export>('ExportCardBatchPayload').implement({
  description: 'Where to fetch the print file, or the request for it.',
  fields: (t) => ({
    download: t.field({
      type: Download,
      nullable: true,
      description:
        'CSV: serial, PIN, face value, currency and expiry terms, one card a line. Null: another administrator must approve the request; then ask again.',
      resolve: ({ link }) => link,
    }),
    request: t.drizzleField({
      type: PinReveal,
      nullable: true,
      description: 'What is kept of it. Null: it is the first export of a batch of which no card is in use.',
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
      'Makes a link to the print file of a batch. It works once, for ten minutes, and its use is noted in the log. When one of its cards is in use, or the file was fetched before, it shows PINs as `revealPin` does: the reason is kept, the security desk is alerted, it counts among the PINs of the day, and where the operator has it so, another administrator approves first.',
    errors: {
      types: [input.InvalidInput, input.NotFound, batches.BatchNotFinished, reveals.PinRevealsExhausted],
      union: {
        name: 'ExportCardBatchResult',
        description: 'The link or the request for it, or why neither.',
      },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The batch.' }),
      reason: t.arg.string({
        description:
          'Why the PINs of cards in use must be read, or the file fetched again, up to 500 characters, without six or more digits in a row.',
      }),
    },
    resolve: async (_root, { id, reason: given }, { database, reveals: pinReveals, viewer }) => {
      const reason = optionalTextWithoutPin('reason', given) ?? NO_REASON;
      const { id: batchId } = await finishedBatch(database.sql, fromGlobalId('CardBatch', id), viewer.branch);
      const request = await pinReveals.revealBatch({ batchId, asker: viewer, reason });
      if (request && !request.approved) return { link: null, revealId: request.id };
      const link = await createFileLink(database.sql, {
        purpose: 'EXPORT_BATCH',
        subject: { batchId, ...(request && { revealId: request.id }) },
        maker: viewer,
        ttlSeconds: LINK_SECONDS,
      });
      return { link, revealId: request?.id ?? null };
    },
  }),
);
