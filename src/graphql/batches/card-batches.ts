import { DEFAULT_PIN_FORMAT } from '../../domain/batches/pin-format.ts';
import * as batches from '../../domain/rejections/batches.ts';
import * as input from '../../domain/rejections/input.ts';
import * as partners from '../../domain/rejections/partners.ts';
import { cancelCardBatch, createCardBatch } from '../../store/batches/card-batches.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { ownRows } from '../core/visibility-check.ts';
import { readTerms, termFields } from './batch-terms.ts';
import { CardBatch, CardBatchConnection } from './card-batch-type.ts';

registerRejection(
  batches.PinFormatTooDense,
  'PINs of this format could be guessed: the probability that a random guess hits a live card would be too high.',
  {
    issued: 'Cards with this PIN format, including the requested ones.',
    possible: 'The number of possible PINs in this format.',
    lengthNeeded: { type: 'Int', description: 'The shortest length that would be accepted.' },
  },
);
registerRejection(batches.BatchAlreadyFinished, 'The batch finished before it could be cancelled.', {
  state: 'The state of the batch.',
});
registerRejection(batches.BatchNotFinished, 'The cards of the batch are still being created.', {
  state: 'The state of the batch.',
});

builder.queryField('cardBatches', (t) =>
  t.drizzleConnection(
    {
      type: 'cardBatches',
      description: 'Card batches, newest first. A partner sees its own.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.cardBatches.findMany(
          query({ where: ownRows(viewer, 'CardBatch'), orderBy: { id: 'desc' } }),
        ),
    },
    CardBatchConnection,
  ),
);

const PinFormatInput = builder.inputType('PinFormatInput', {
  description:
    'The format of PINs: prefix, random characters, check digit, suffix. A format is refused if a random guess would hit a live card with a probability of one in a million or more.',
  fields: (t) => ({
    length: t.int({
      defaultValue: DEFAULT_PIN_FORMAT.length,
      required: true,
      description: 'The total length, 6 to 32 characters.',
    }),
    alphabet: t.string({
      defaultValue: DEFAULT_PIN_FORMAT.alphabet,
      required: true,
      description: 'The alphabet of the random characters: 2 to 36 distinct characters of 0-9 and A-Z.',
    }),
    prefix: t.string({ defaultValue: '', required: true, description: 'The prefix of every PIN.' }),
    suffix: t.string({ defaultValue: '', required: true, description: 'The suffix of every PIN.' }),
    checkDigit: t.boolean({
      defaultValue: false,
      required: true,
      description: 'Whether a Luhn check character follows the random characters, to catch typing errors.',
    }),
  }),
});

const CreateCardBatchInput = builder.inputType('CreateCardBatchInput', {
  description:
    'The batch to create. Its terms cannot be changed later, except `name` and `lowBalanceThreshold`: see updateCardBatch.',
  fields: (t) => ({
    quantity: t.int({ required: true, description: 'The number of cards, 1 to 10,000,000.' }),
    ...termFields(t),
    pinFormat: t.field({
      type: PinFormatInput,
      description: 'The format of the PINs. If omitted, 14 digits.',
    }),
    serialPrefix: t.string({
      defaultValue: '',
      required: true,
      description: 'The prefix of the serials, up to 8 characters of A-Z, 0-9 and "-"; ten digits follow.',
    }),
  }),
});

export function batchPayload(name: string, description: string) {
  return builder.objectRef<{ id: string }>(name).implement({
    description,
    fields: (t) => ({
      cardBatch: t.drizzleField({
        type: CardBatch,
        description: 'The batch.',
        resolve: (query, { id }, _args, { database }) =>
          database.drizzle.query.cardBatches.findFirst(query({ where: { id } })) as never,
      }),
    }),
  });
}

const CreateCardBatchPayload = batchPayload(
  'CreateCardBatchPayload',
  'The batch, whose cards are being created.',
);
const CancelCardBatchPayload = batchPayload('CancelCardBatchPayload', 'The cancelled batch.');

builder.mutationField('createCardBatch', (t) =>
  t.field({
    type: CreateCardBatchPayload,
    description:
      'Orders a batch. Returns immediately; the cards are created in the background, inactive. To follow the progress, subscribe to cardBatchProgress or read `made`.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        input.CurrencyMismatch,
        batches.PinFormatTooDense,
        partners.RateGroupNotAllowed,
      ],
      union: { description: 'The batch, or the reason why it was not created.' },
    },
    args: {
      input: t.arg({ type: CreateCardBatchInput, required: true, description: 'The batch to create.' }),
    },
    resolve: async (_root, { input: order }, { database, viewer, batchOrdered }) => {
      const { quantity, pinFormat, serialPrefix } = order;
      const terms = {
        ...readTerms(order),
        quantity,
        serialPrefix,
        pinFormat: pinFormat ?? DEFAULT_PIN_FORMAT,
      };
      const id = await createCardBatch(database.sql, terms, viewer.actorId);
      batchOrdered();
      return { id };
    },
  }),
);

builder.mutationField('cancelCardBatch', (t) =>
  t.field({
    type: CancelCardBatchPayload,
    description: 'Cancels a batch whose cards are still being created. Cards that already exist remain.',
    errors: {
      types: [input.NotFound, batches.BatchAlreadyFinished],
      union: { description: 'The batch, or the reason why it was not cancelled.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The batch.' }) },
    resolve: async (_root, { id: globalId }, { database, viewer }) => {
      const id = fromGlobalId('CardBatch', globalId);
      await cancelCardBatch(database.sql, id, viewer.actorId);
      return { id };
    },
  }),
);
