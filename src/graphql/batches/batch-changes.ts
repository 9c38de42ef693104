import * as input from '../../domain/rejections/input.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { changeCardBatch } from '../../store/batches/batch-changes.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { batchPayload } from './card-batches.ts';

const UpdateCardBatchInput = builder.inputType('UpdateCardBatchInput', {
  description: 'Changes to a batch. Omitted fields stay unchanged; null removes a value.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The batch.' }),
    name: t.string({ description: 'The name.' }),
    lowBalanceThreshold: t.field({
      type: 'Decimal',
      description:
        "The balance, in the batch's currency, below which lowBalance notifies for a card. Takes effect for cards that fall below it from now on. Null turns the notification off.",
    }),
  }),
});

const UpdateCardBatchPayload = batchPayload('UpdateCardBatchPayload', 'The batch after the change.');

builder.mutationField('updateCardBatch', (t) =>
  t.field({
    type: UpdateCardBatchPayload,
    description: 'Changes the mutable settings of a batch: its name and its low-balance threshold.',
    errors: {
      types: [input.NotFound, input.InvalidAmount, input.InvalidInput],
      union: { description: 'The batch after the change, or the reason why nothing changed.' },
    },
    args: { input: t.arg({ type: UpdateCardBatchInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input: { id: globalId, name, lowBalanceThreshold } }, context) => {
      const { database, writer, viewer } = context;
      const id = fromGlobalId('CardBatch', globalId);
      const threshold =
        typeof lowBalanceThreshold === 'string' ? parseMicros(lowBalanceThreshold) : lowBalanceThreshold;
      const change = { lowBalanceThreshold: threshold, name: name ?? undefined };
      await changeCardBatch(database.sql, id, change, viewer.actorId);
      // The other instances learn of it from the event; this one must know before it responds.
      writer.terms.forget(id);
      return { id };
    },
  }),
);
