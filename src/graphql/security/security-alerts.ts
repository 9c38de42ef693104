import type { LoggedEvent } from '../../domain/event.ts';
import type { SecurityAlertKind } from '../../domain/security/security-alert.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { when } from '../core/filter.ts';
import { toGlobalId } from '../core/global-id.ts';
import { tellInFeed } from '../subscriptions/event-feed.ts';
import { type Delivered, type EventKind, LiveEvent } from '../subscriptions/live-event.ts';
import { aboutInPayload, deliver, watchArgs } from '../subscriptions/watching.ts';
import { GuessSourceKindEnum } from './guess-sources.ts';

const KINDS: Record<SecurityAlertKind, { description: string }> = {
  GUESSING: {
    description:
      'Many wrong PINs from one source, or that lock many cards; a guess budget, or the share that somebody has of it, is spent; or numbers are tried of which too many are bound to cards of others.',
  },
  CARD_LOCKED_BY_FAILURES: { description: "Wrong PINs with a card's serial locked it." },
  UNUSUAL_RECHARGES: { description: 'A partner recharges many times what it usually does.' },
  TOO_MANY_REPLACEMENTS: { description: 'A partner replaces more cards in a day than it should.' },
  NEW_NETWORK: { description: 'A key was used from a network it was not used from before.' },
  PIN_REVEAL: {
    description: "An administrator asked for a card's PIN, was shown it, or asks for more than may be shown.",
  },
};

const SecurityAlertKindEnum = builder.enumType('SecurityAlertKind', {
  description: 'What people should look at.',
  values: KINDS,
});

const SecurityAlert = builder.drizzleObject('securityAlerts', {
  name: 'SecurityAlert',
  description: 'Something people should look at: once for each subject in a time, however often it happens.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SecurityAlertKindEnum, description: 'What it is.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was first noticed.' }),
    message: t.exposeString('message', { description: 'What happened, in a sentence.' }),
    sourceKind: t.expose('sourceKind', {
      type: GuessSourceKindEnum,
      nullable: true,
      description: 'What kind of source it is about.',
    }),
    source: t.exposeString('source', { nullable: true, description: 'The source it is about.' }),
    credential: t.exposeString('actorId', {
      nullable: true,
      description:
        'The key, or the person at the identity provider, it is about, as the audit trail names it.',
    }),
    card: t.relation('card', { nullable: true, description: 'The card it is about.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner it is about, or whose card.',
    }),
  }),
});

const SecurityAlertConnection = connectionOf(SecurityAlert, 'alerts');

const SecurityAlertFilter = builder.inputType('SecurityAlertFilter', {
  description: 'Which alerts. What is left out does not limit.',
  fields: (t) => ({
    kinds: t.field({ type: [SecurityAlertKindEnum], description: 'Of one of these kinds.' }),
    from: t.field({ type: 'DateTime', description: 'At or after this instant.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

builder.queryField('securityAlerts', (t) =>
  t.drizzleConnection(
    {
      type: SecurityAlert,
      description: 'What people should look at, newest first.',
      args: { filter: t.arg({ type: SecurityAlertFilter, description: 'Which alerts.' }) },
      resolve: (query, _root, { filter }, { database }) =>
        database.drizzle.query.securityAlerts.findMany(
          query({
            where: {
              AND: [
                when(filter?.kinds, (kinds) => ({ kind: { in: [...kinds] } })),
                when(filter?.from, (from) => ({ at: { gte: from } })),
                when(filter?.to, (to) => ({ at: { lt: to } })),
              ],
            },
            orderBy: { id: 'desc' },
          }),
        ),
    },
    SecurityAlertConnection,
  ),
);

type AlertEvent = LoggedEvent<'SECURITY_ALERT'>;

const SecurityAlertEvent = builder.objectRef<Delivered<AlertEvent>>('SecurityAlertEvent').implement({
  description: 'An alert as it is raised.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    kind: t.field({
      type: SecurityAlertKindEnum,
      description: 'What it is.',
      resolve: ({ event }) => event.payload.kind,
    }),
    message: t.string({
      nullable: true,
      description: 'What happened, in a sentence. Null in events of before it was told in them.',
      resolve: ({ event }) => event.payload.message,
    }),
    cardId: t.id({
      nullable: true,
      description: 'The global id of the card it is about.',
      resolve: ({ event }) => globalIdIfAny('Card', event.payload.cardId),
    }),
    partnerId: t.id({
      nullable: true,
      description: 'The global id of the partner it is about, or whose card.',
      resolve: ({ event }) => globalIdIfAny('Partner', event.payload.partnerId),
    }),
    alert: t.drizzleField({
      type: SecurityAlert,
      nullable: true,
      description:
        'The alert, looked up for each event that asks for it. Null when it is older than alerts are kept.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.securityAlerts.findFirst(query({ where: { id: event.payload.alertId } })),
    }),
  }),
});

const globalIdIfAny = (type: string, id: string | undefined) =>
  id === undefined ? null : toGlobalId(type, id);

const SECURITY_ALERTS: EventKind<AlertEvent> = { types: ['SECURITY_ALERT'] };
tellInFeed('securityAlert', {
  type: SecurityAlertEvent,
  kind: SECURITY_ALERTS,
  subscription: 'securityAlerts',
});

builder.subscriptionField('securityAlerts', (t) =>
  t.field({
    type: SecurityAlertEvent,
    description: 'Alerts as they are raised.',
    args: {
      ...watchArgs,
      kinds: t.arg({ type: [SecurityAlertKindEnum], description: 'Only of these kinds.' }),
    },
    subscribe: (_root, { kinds, ...args }, context) => {
      const kind: EventKind<AlertEvent> = {
        ...SECURITY_ALERTS,
        meant: ({ payload }) => !kinds || kinds.includes(payload.kind),
      };
      return deliver(args, kind, context, aboutInPayload);
    },
    resolve: (delivered) => delivered as Delivered<AlertEvent>,
  }),
);
