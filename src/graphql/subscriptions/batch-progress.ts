import { BatchStateEnum, CardBatch } from '../batches/card-batch-type.ts';
import { builder } from '../core/builder.ts';
import { toGlobalId } from '../core/global-id.ts';
import { type Delivered, type EventKind, LiveEvent } from './live-event.ts';
import { batchesOfCards, deliver, watchArgs } from './watching.ts';

/** What the log says of a batch. */
interface BatchProgressPayload {
  readonly state: typeof BatchStateEnum.$inferType;
  readonly made: number;
  readonly quantity: number;
  readonly startedAt?: string;
}

const progressOf = ({ event }: Delivered) => event.payload as unknown as BatchProgressPayload;

/** Cards per second since the first was made; null before any is. */
function rate(delivered: Delivered): number | null {
  const { made, startedAt } = progressOf(delivered);
  if (startedAt === undefined || made === 0) return null;
  const seconds = (delivered.event.at.getTime() - Date.parse(startedAt)) / 1000;
  return seconds > 0 ? made / seconds : null;
}

export const CardBatchProgress = builder.objectRef<Delivered>('CardBatchProgress').implement({
  description: 'How far a batch is.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    cardBatchId: t.id({
      description: 'The global id of the batch.',
      resolve: ({ event }) => toGlobalId('CardBatch', event.batchId ?? ''),
    }),
    state: t.field({ type: BatchStateEnum, description: 'The state.', resolve: (d) => progressOf(d).state }),
    made: t.int({ description: 'How many cards are made.', resolve: (d) => progressOf(d).made }),
    total: t.int({ description: 'How many there are to be.', resolve: (d) => progressOf(d).quantity }),
    cardsPerSecond: t.float({
      nullable: true,
      description: 'Cards made per second since the first. Null before any is.',
      resolve: rate,
    }),
    secondsLeft: t.int({
      nullable: true,
      description:
        'Seconds until it is ready at that rate. Null before any card is made; 0 when it has ended.',
      resolve: (delivered) => {
        const { state, made, quantity } = progressOf(delivered);
        if (state !== 'GENERATING' && state !== 'PENDING') return 0;
        const perSecond = rate(delivered);
        return perSecond === null ? null : Math.ceil((quantity - made) / perSecond);
      },
    }),
    cardBatch: t.drizzleField({
      type: CardBatch,
      description: 'The batch as it is now, looked up for each event that asks for it.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.cardBatches.findFirst(query({ where: { id: event.batchId ?? '' } })) as never,
    }),
  }),
});

export const BATCH_PROGRESS: EventKind = { types: ['BATCH_CREATED', 'BATCH_PROGRESS'] };

builder.subscriptionField('cardBatchProgress', (t) =>
  t.field({
    type: CardBatchProgress,
    description:
      'How the making of batches gets on: made, total, rate and time left, with every chunk of cards. With `cardIds`: of the batches of these cards.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, BATCH_PROGRESS, context, batchesOfCards),
    resolve: (delivered) => delivered as Delivered,
  }),
);
