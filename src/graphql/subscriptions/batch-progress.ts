import type { LoggedEvent } from '../../domain/event.ts';
import { BatchStateEnum, CardBatch } from '../batches/card-batch-type.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { type Delivered, type EventKind, LiveEvent, payloadValue } from './live-event.ts';

type BatchEvent = LoggedEvent<'BATCH_CREATED' | 'BATCH_PROGRESS'>;

export const BATCH_PROGRESS: EventKind<BatchEvent> = { types: ['BATCH_CREATED', 'BATCH_PROGRESS'] };

/** Cards per second since the first was made; null before any is. */
function rate(event: BatchEvent): number | null {
  const { made } = event.payload;
  const startedAt = payloadValue(event, 'startedAt');
  if (startedAt === null || made === 0) return null;
  const seconds = (event.at.getTime() - Date.parse(startedAt)) / 1000;
  return seconds > 0 ? made / seconds : null;
}

export const CardBatchProgress = builder.objectRef<Delivered<BatchEvent>>('CardBatchProgress').implement({
  description: 'The state of a batch.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    cardBatchId: t.id({
      description: 'The global id of the batch.',
      resolve: ({ event }) => toGlobalId('CardBatch', event.batchId ?? ''),
    }),
    state: t.field({
      type: BatchStateEnum,
      description: 'The state.',
      resolve: ({ event }) => event.payload.state,
    }),
    made: t.int({
      description: 'The number of cards created so far.',
      resolve: ({ event }) => event.payload.made,
    }),
    total: t.int({
      description: 'The number of cards ordered.',
      resolve: ({ event }) => event.payload.quantity,
    }),
    cardsPerSecond: t.float({
      nullable: true,
      description: 'Cards created per second since the first. Null before the first card.',
      resolve: ({ event }) => rate(event),
    }),
    secondsLeft: t.int({
      nullable: true,
      description:
        'Seconds until the batch is ready at the current rate. Null before the first card; 0 after the end.',
      resolve: ({ event }) => {
        const { state, made, quantity } = event.payload;
        if (state !== 'GENERATING' && state !== 'PENDING') return 0;
        const perSecond = rate(event);
        return perSecond === null ? null : Math.ceil((quantity - made) / perSecond);
      },
    }),
    cardBatch: t.drizzleField({
      type: CardBatch,
      description: 'The batch in its current state, loaded for each event if selected.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.cardBatches.findFirst(query({ where: { id: event.batchId ?? '' } })) as never,
    }),
  }),
});
