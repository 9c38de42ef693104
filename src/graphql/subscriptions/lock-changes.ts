import { LockReasonEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, instantIn, LiveEvent, textIn } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

export const CardLockChange = builder.objectRef<Delivered>('CardLockChange').implement({
  description: 'A lock that was set or taken away.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    locked: t.boolean({
      description: 'Whether the card is locked after it.',
      resolve: ({ event }) => event.type === 'CARD_LOCKED',
    }),
    reason: t.field({
      type: LockReasonEnum,
      nullable: true,
      description: 'Why it is locked, or why it was.',
      resolve: ({ event }) => (event.payload.reason ?? null) as never,
    }),
    unlockAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the lock ends by itself.',
      resolve: ({ event }) => instantIn(event, 'unlockAt'),
    }),
    note: t.string({
      nullable: true,
      description: 'The note given with it.',
      resolve: ({ event }) => textIn(event, 'note'),
    }),
  }),
});

export const LOCK_CHANGES: EventKind = { types: ['CARD_LOCKED', 'CARD_UNLOCKED'] };

builder.subscriptionField('cardLockChanged', (t) =>
  t.field({
    type: CardLockChange,
    description:
      'Every lock set or taken away of the cards you watch: by card, by batch, by partner, or all yours.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, LOCK_CHANGES, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
