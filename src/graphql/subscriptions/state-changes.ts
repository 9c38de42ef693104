import type { CardState } from '../../domain/cards/card-state.ts';
import type { LoggedEvent } from '../../domain/event.ts';
import { CardStateEnum } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import { stateAt } from './card-version.ts';
import { CARD_EVENT_TYPES, type CardEventType, EventTypeEnum } from './event-types.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, payloadValue, snapshotOf } from './live-event.ts';

type StateChanged = LoggedEvent<Exclude<CardEventType, 'CARDS_IMPORTED'>> & {
  payload: { stateBefore: CardState };
};

export const STATE_CHANGES: EventKind<StateChanged> = {
  types: CARD_EVENT_TYPES.filter((type) => type !== 'CARDS_IMPORTED'),
  // The event records it: a recharge changes the state only of a card in its grace period.
  matches: (event) => payloadValue(event, 'stateBefore') !== null,
};

export const CardStateChange = builder.objectRef<Delivered<StateChanged>>('CardStateChange').implement({
  description: 'A change of state of a card, or of each of several.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    cause: t.field({
      type: EventTypeEnum,
      description: 'The event that caused the change.',
      resolve: ({ event }) => event.type,
    }),
    before: t.field({
      type: CardStateEnum,
      description: 'The state as last reported.',
      resolve: ({ event }) => event.payload.stateBefore,
    }),
    state: t.field({
      type: CardStateEnum,
      description: 'The state immediately after the event.',
      resolve: ({ event }) => stateAt({ ...snapshotOf(event), at: event.at }),
    }),
    reason: t.string({
      nullable: true,
      description: 'The reason given, or the reason of the lock.',
      resolve: ({ event }) => payloadValue(event, 'reason'),
    }),
  }),
});
