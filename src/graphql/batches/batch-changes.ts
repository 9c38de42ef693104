import * as input from '../../domain/rejections/input.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { changeCardBatch } from '../../store/batches/batch-changes.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { batchPayload } from './card-batches.ts';

const UpdateCardBatchInput = builder.inputType('UpdateCardBatchInput', {
  description: 'What changes about a batch. What is left out stays; null takes it away.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The batch.' }),
    lowBalanceThreshold: t.field({
      type: 'Decimal',
      description:
        "Whoever watches lowBalance is told of a card that falls below it from now on, in the batch's currency. Null: of none.",
    }),
  }),
});

const UpdateCardBatchPayload = batchPayload('UpdateCardBatchPayload', 'The batch as it is now.');

builder.mutationField('updateCardBatch', (t) =>
  t.field({
    type: UpdateCardBatchPayload,
    description: 'Changes what may change about a batch: the balance below which its cards are told of.',
    errors: {
      types: [input.NotFound, input.InvalidAmount, input.InvalidInput],
      union: { name: 'UpdateCardBatchResult', description: 'The batch, or why nothing changed.' },
    },
    args: { input: t.arg({ type: UpdateCardBatchInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input: { id: globalId, lowBalanceThreshold } }, context) => {
      const { database, writer, viewer } = context;
      const id = fromGlobalId('CardBatch', globalId);
      const threshold =
        typeof lowBalanceThreshold === 'string' ? parseMicros(lowBalanceThreshold) : lowBalanceThreshold;
      await changeCardBatch(database.sql, id, { lowBalanceThreshold: threshold }, viewer.actorId);
      // The other instances learn of it by the event, this one before it answers.
      writer.terms.forget(id);
      return { id };
    },
  }),
);
