import type { EventType, LoggedEvent } from '../../domain/event.ts';
import { Call, CallRefusalReasonEnum, CallStateEnum, GrantLimitEnum } from '../calls/calls.ts';
import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, money } from './live-event.ts';

const ACTIVITIES = {
  CALL_AUTHORIZED: { description: 'Authorized; a quota is held.' },
  CALL_REFUSED: { description: 'Refused.' },
  CALL_EXTENDED: { description: 'Extended.' },
  CALL_COMPLETED: { description: 'Ended and charged.' },
  CALL_CANCELLED: { description: 'Never answered.' },
  CALL_ABANDONED: { description: 'The switch stopped reporting; settled at the last reported usage.' },
  CALL_TERMINATING: { description: 'An operator terminated the call.' },
} satisfies Partial<Record<EventType, { description: string }>>;

type CallEvent = LoggedEvent<keyof typeof ACTIVITIES>;

export const CALL_ACTIVITIES: EventKind<CallEvent> = {
  types: Object.keys(ACTIVITIES) as CallEvent['type'][],
};

const CallActivityType = builder.enumType('CallActivityType', {
  description: 'The kinds of call events.',
  values: ACTIVITIES,
});

export const CallActivity = builder.objectRef<Delivered<CallEvent>>('CallActivity').implement({
  description: 'An event in the life of a call.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    type: t.field({
      type: CallActivityType,
      description: 'The kind of event.',
      resolve: ({ event }) => event.type,
    }),
    switchCallId: t.string({
      description: "The switch's own id for the call.",
      resolve: ({ event }) => event.payload.call.switchCallId,
    }),
    state: t.field({
      type: CallStateEnum,
      description: 'The state of the call immediately after the event.',
      resolve: ({ event }) => event.payload.call.state,
    }),
    destination: t.string({
      nullable: true,
      description: 'The rated destination.',
      resolve: ({ event }) => event.payload.call.destination,
    }),
    refusal: t.field({
      type: CallRefusalReasonEnum,
      nullable: true,
      description: 'Why the call was refused.',
      resolve: ({ event }) => event.payload.call.refusal,
    }),
    grantedSeconds: t.int({
      description: 'The total duration granted, in seconds.',
      resolve: ({ event }) => event.payload.call.grantedSeconds,
    }),
    limit: t.field({
      type: GrantLimitEnum,
      description: 'What limits the grant.',
      resolve: ({ event }) => event.payload.call.limit,
    }),
    usedSeconds: t.int({
      description: 'Seconds since the answer, as last reported.',
      resolve: ({ event }) => event.payload.call.usedSeconds,
    }),
    charge: t.field({
      type: Money,
      description: 'The amount charged, including the surcharge.',
      resolve: ({ event: { payload } }) => money(payload.call.charge, payload.card.currency),
    }),
    call: t.drizzleField({
      type: Call,
      nullable: true,
      description: 'The call in its current state, loaded for each event if selected.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.calls.findFirst(query({ where: { id: event.payload.call.id } })),
    }),
  }),
});
