import { encodeCursor } from '../realtime/cursor.ts';
import { builder } from './builder.ts';
import { BatchStateEnum, CardBatch } from './card-batch-type.ts';
import type { Delivered } from './live-event.ts';
import { deliver } from './watching.ts';

/** What the log says of a batch. */
interface Progress {
  readonly state: typeof BatchStateEnum.$inferType;
  readonly made: number;
  readonly quantity: number;
  readonly startedAt?: string;
}

const progressOf = ({ event }: Delivered) => event.payload as unknown as Progress;

/** Cards per second since the first was made; null before any is. */
function rate(delivered: Delivered): number | null {
  const { made, startedAt } = progressOf(delivered);
  if (startedAt === undefined || made === 0) return null;
  const seconds = (delivered.event.at.getTime() - Date.parse(startedAt)) / 1000;
  return seconds > 0 ? made / seconds : null;
}

const CardBatchProgress = builder.objectRef<Delivered>('CardBatchProgress').implement({
  description: 'How far a batch is.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in the log.',
      resolve: ({ event }) => encodeCursor(event.position),
    }),
    at: t.field({ type: 'DateTime', description: 'When it was so far.', resolve: ({ event }) => event.at }),
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
      description: 'The batch as it is now.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.cardBatches.findFirst(query({ where: { id: event.batchId ?? '' } })) as never,
    }),
  }),
});

builder.subscriptionField('cardBatchProgress', (t) =>
  t.field({
    type: CardBatchProgress,
    description:
      'How the making of a batch gets on: made, total, rate and time left, with every chunk of cards.',
    args: {
      batchId: t.arg.id({ required: true, description: 'The batch.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Begin with what came after this cursor. Left out: with what comes from now on.',
      }),
    },
    subscribe: (_root, args, context) => deliver(args, ['BATCH_CREATED', 'BATCH_PROGRESS'], context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
