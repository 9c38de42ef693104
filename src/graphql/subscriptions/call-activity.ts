import type { EventType, LoggedEvent } from '../../domain/event.ts';
import { Call, CallRefusalReasonEnum, CallStateEnum, GrantLimitEnum } from '../calls/calls.ts';
import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, money } from './live-event.ts';

const ACTIVITIES = {
  CALL_AUTHORIZED: { description: 'Allowed; a quota is held.' },
  CALL_REFUSED: { description: 'Refused.' },
  CALL_EXTENDED: { description: 'Given more time.' },
  CALL_COMPLETED: { description: 'Ended and charged.' },
  CALL_CANCELLED: { description: 'Never answered.' },
  CALL_ABANDONED: { description: 'Its switch fell silent; settled at its last report.' },
  CALL_TERMINATING: { description: 'An operator asked for its end.' },
} satisfies Partial<Record<EventType, { description: string }>>;

type CallEvent = LoggedEvent<keyof typeof ACTIVITIES>;

export const CALL_ACTIVITIES: EventKind<CallEvent> = {
  types: Object.keys(ACTIVITIES) as CallEvent['type'][],
};

const CallActivityType = builder.enumType('CallActivityType', {
  description: 'What can happen to a call.',
  values: ACTIVITIES,
});

export const CallActivity = builder.objectRef<Delivered<CallEvent>>('CallActivity').implement({
  description: 'Something that happened to a call.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    type: t.field({
      type: CallActivityType,
      description: 'What happened.',
      resolve: ({ event }) => event.type,
    }),
    switchCallId: t.string({
      description: "The switch's own id of the call.",
      resolve: ({ event }) => event.payload.call.switchCallId,
    }),
    state: t.field({
      type: CallStateEnum,
      description: 'The state of the call right after it.',
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
      description: 'Why it was refused.',
      resolve: ({ event }) => event.payload.call.refusal,
    }),
    grantedSeconds: t.int({
      description: 'Seconds it may run in all.',
      resolve: ({ event }) => event.payload.call.grantedSeconds,
    }),
    limit: t.field({
      type: GrantLimitEnum,
      description: 'What ends the grant.',
      resolve: ({ event }) => event.payload.call.limit,
    }),
    usedSeconds: t.int({
      description: 'Seconds since the answer, as last reported.',
      resolve: ({ event }) => event.payload.call.usedSeconds,
    }),
    charge: t.field({
      type: Money,
      description: 'What was charged, the surcharge included.',
      resolve: ({ event: { payload } }) => money(payload.call.charge, payload.card.currency),
    }),
    call: t.drizzleField({
      type: Call,
      nullable: true,
      description: 'The call as it is now, looked up for each event that asks for it.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.calls.findFirst(query({ where: { id: event.payload.call.id } })),
    }),
  }),
});
