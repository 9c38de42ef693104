import { BatchInUse } from '../../domain/rejections/batches.ts';
import * as input from '../../domain/rejections/input.ts';
import { removeCardBatch } from '../../store/batches/batch-removal.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId } from '../core/global-id.ts';

registerRejection(BatchInUse, 'The batch has cards or is referred to, and was not removed.', {
  name: 'The name of the batch.',
  cards: { type: 'Int', description: 'The number of its cards.' },
  imports: { type: 'Int', description: 'The number of card imports into it.' },
  partners: { type: 'Int', description: 'The number of partners that are limited to it.' },
});

const RemoveCardBatchPayload = builder.objectRef<{ name: string }>('RemoveCardBatchPayload').implement({
  description: 'The batch that was removed.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name it had.' }),
  }),
});

builder.mutationField('removeCardBatch', (t) =>
  t.field({
    type: RemoveCardBatchPayload,
    description:
      'Removes a batch in preparation: one without any card, whether it is being made or was cancelled. Its serials are not given out again.',
    errors: {
      types: [input.NotFound, BatchInUse],
      union: { description: 'The batch that was removed, or the reason why it was not.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The batch.' }) },
    resolve: async (_root, { id: globalId }, { database, writer, viewer }) => {
      const id = fromGlobalId('CardBatch', globalId);
      const batch = await removeCardBatch(database.sql, id, viewer.actorId);
      writer.terms.forget(id);
      return batch;
    },
  }),
);
