import type { CardState } from '../../domain/cards/card-state.ts';
import type { EventType } from '../../domain/event.ts';
import { CardStateEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { stateAfter } from './card-version.ts';
import { CARD_EVENTS, EventTypeEnum } from './event-types.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, textIn } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

export const CardStateChange = builder.objectRef<Delivered>('CardStateChange').implement({
  description: 'A card, or each of several, that came from one state into another.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    cause: t.field({ type: EventTypeEnum, description: 'What did it.', resolve: ({ event }) => event.type }),
    before: t.field({
      type: CardStateEnum,
      description: 'The state as it was last told.',
      resolve: ({ event }) => event.payload.stateBefore as CardState,
    }),
    state: t.field({
      type: CardStateEnum,
      description: 'The state right after it.',
      resolve: ({ event }) => stateAfter(event) as CardState,
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, or that of the lock.',
      resolve: ({ event }) => textIn(event, 'reason'),
    }),
  }),
});

export const STATE_CHANGES: EventKind = {
  types: Object.keys(CARD_EVENTS) as EventType[],
  // Said by the event itself: a recharge changes the state of a card in its grace, and of no other.
  meant: ({ payload }) => payload.stateBefore !== undefined,
};

builder.subscriptionField('cardStateChanged', (t) =>
  t.field({
    type: CardStateChange,
    description:
      'Every change of state of the cards you watch: activated, locked, in grace, back in service, closed. What time alone changes is told within seconds, when the expiry job has noted it.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, STATE_CHANGES, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
