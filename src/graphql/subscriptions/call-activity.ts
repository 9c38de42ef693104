import type { EventType } from '../../domain/event.ts';
import { Call, CallRefusalReasonEnum, CallStateEnum, GrantLimitEnum } from '../calls/calls.ts';
import { builder } from '../core/builder.ts';
import { Money } from '../core/money.ts';
import { LiveCardEvent } from './live-card-event.ts';
import { type Delivered, type EventKind, LiveEvent, moneyOf } from './live-event.ts';
import { deliver, watchArgs } from './watching.ts';

const ACTIVITIES = {
  CALL_AUTHORIZED: { description: 'Allowed; a quota is held.' },
  CALL_REFUSED: { description: 'Refused.' },
  CALL_EXTENDED: { description: 'Given more time.' },
  CALL_COMPLETED: { description: 'Ended and charged.' },
  CALL_CANCELLED: { description: 'Never answered.' },
  CALL_ABANDONED: { description: 'Its switch fell silent; settled at its last report.' },
  CALL_TERMINATING: { description: 'An operator asked for its end.' },
} satisfies Partial<Record<EventType, { description: string }>>;

const CallActivityType = builder.enumType('CallActivityType', {
  description: 'What can happen to a call.',
  values: ACTIVITIES,
});

/** What events say of a call. */
interface CallSnapshot {
  readonly id: string;
  readonly switchCallId: string;
  readonly state: typeof CallStateEnum.$inferType;
  readonly destination: string | null;
  readonly refusal: typeof CallRefusalReasonEnum.$inferType | null;
  readonly grantedSeconds: number;
  readonly limit: typeof GrantLimitEnum.$inferType;
  readonly usedSeconds: number;
  readonly charge: string;
}

const callOf = ({ event }: Delivered) => event.payload.call as CallSnapshot;

export const CallActivity = builder.objectRef<Delivered>('CallActivity').implement({
  description: 'Something that happened to a call.',
  interfaces: [LiveEvent, LiveCardEvent],
  fields: (t) => ({
    type: t.field({
      type: CallActivityType,
      description: 'What happened.',
      resolve: ({ event }) => event.type as keyof typeof ACTIVITIES,
    }),
    switchCallId: t.string({
      description: "The switch's own id of the call.",
      resolve: (delivered) => callOf(delivered).switchCallId,
    }),
    state: t.field({
      type: CallStateEnum,
      description: 'The state of the call right after it.',
      resolve: (delivered) => callOf(delivered).state,
    }),
    destination: t.string({
      nullable: true,
      description: 'The rated destination.',
      resolve: (delivered) => callOf(delivered).destination,
    }),
    refusal: t.field({
      type: CallRefusalReasonEnum,
      nullable: true,
      description: 'Why it was refused.',
      resolve: (delivered) => callOf(delivered).refusal,
    }),
    grantedSeconds: t.int({
      description: 'Seconds it may run in all.',
      resolve: (delivered) => callOf(delivered).grantedSeconds,
    }),
    limit: t.field({
      type: GrantLimitEnum,
      description: 'What ends the grant.',
      resolve: (delivered) => callOf(delivered).limit,
    }),
    usedSeconds: t.int({
      description: 'Seconds since the answer, as last reported.',
      resolve: (delivered) => callOf(delivered).usedSeconds,
    }),
    charge: t.field({
      type: Money,
      description: 'What was charged, the surcharge included.',
      resolve: (delivered) => moneyOf(delivered.event, callOf(delivered).charge),
    }),
    call: t.drizzleField({
      type: Call,
      nullable: true,
      description: 'The call as it is now, looked up for each event that asks for it.',
      resolve: (query, delivered, _args, { database }) =>
        database.drizzle.query.calls.findFirst(query({ where: { id: callOf(delivered).id } })),
    }),
  }),
});

export const CALL_ACTIVITIES: EventKind = { types: Object.keys(ACTIVITIES) as EventType[] };

builder.subscriptionField('callActivity', (t) =>
  t.field({
    type: CallActivity,
    description:
      'Calls as they are authorised, refused, extended, completed, cancelled and abandoned: by card, by batch, by partner, or all that are yours.',
    args: watchArgs,
    subscribe: (_root, args, context) => deliver(args, CALL_ACTIVITIES, context),
    resolve: (delivered) => delivered as Delivered,
  }),
);
