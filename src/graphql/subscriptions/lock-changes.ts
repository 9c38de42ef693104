import type { LoggedEvent } from '../../domain/event.ts';
import { LockReasonEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, payloadValue } from './live-event.ts';

type LockEvent = LoggedEvent<'CARD_LOCKED' | 'CARD_UNLOCKED'>;

export const LOCK_CHANGES: EventKind<LockEvent> = { types: ['CARD_LOCKED', 'CARD_UNLOCKED'] };

export const CardLockChange = builder.objectRef<Delivered<LockEvent>>('CardLockChange').implement({
  description: 'A lock or unlock of a card.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    locked: t.boolean({
      description: 'Whether the card is locked after the event.',
      resolve: ({ event }) => event.type === 'CARD_LOCKED',
    }),
    reason: t.field({
      type: LockReasonEnum,
      nullable: true,
      description: 'The reason of the current or removed lock.',
      resolve: ({ event }) => event.payload.reason,
    }),
    unlockAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the lock ends automatically.',
      resolve: ({ event }) => {
        const unlockAt = payloadValue(event, 'unlockAt');
        return unlockAt === null ? null : new Date(unlockAt);
      },
    }),
    note: t.string({
      nullable: true,
      description: 'The note given with it.',
      resolve: ({ event }) => event.payload.note,
    }),
  }),
});
