import type { LoggedEvent } from '../../domain/event.ts';
import type { SecurityAlertKind } from '../../domain/security/security-alert.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { when } from '../core/filter.ts';
import { globalIdOrNull } from '../core/global-id.ts';
import { addToFeed } from '../subscriptions/event-feed.ts';
import { type Delivered, type EventKind, LiveEvent } from '../subscriptions/live-event.ts';
import { aboutInPayload, deliver, watchArgs } from '../subscriptions/watching.ts';
import { GuessSourceKindEnum } from './guess-sources.ts';

const KINDS: Record<SecurityAlertKind, { description: string }> = {
  GUESSING: {
    description:
      "Many wrong PINs from one source, or wrong PINs that lock many cards; a guess budget, or one source's share of it, is used up; or too many attempts with numbers that are bound to cards of others.",
  },
  CARD_LOCKED_BY_FAILURES: { description: "Wrong PINs with a card's serial locked the card." },
  UNUSUAL_RECHARGES: { description: 'A partner recharges many times its usual amount.' },
  TOO_MANY_REPLACEMENTS: { description: 'A partner replaced more cards in a day than expected.' },
  NEW_NETWORK: { description: 'A key was used from a new network.' },
  PIN_REVEAL: {
    description: "An administrator requested or saw a card's PIN, or requested more than the limit.",
  },
  CALL_ID_REUSED: {
    description:
      'A switch asked for a call with the id of another call, as a gateway does whose ids start again after a restart.',
  },
  CLOCK_JUMPED: {
    description:
      "The database's clock jumped. Expiry, fees, retention and other work that can't be undone wait until it is confirmed.",
  },
};

const SecurityAlertKindEnum = builder.enumType('SecurityAlertKind', {
  description: 'The kinds of security alert.',
  values: KINDS,
});

const SecurityAlert = builder.drizzleObject('securityAlerts', {
  name: 'SecurityAlert',
  description: 'A security alert, raised once per subject in a period however often the situation occurs.',
  fields: (t) => ({
    kind: t.expose('kind', { type: SecurityAlertKindEnum, description: 'The kind of alert.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was first detected.' }),
    message: t.exposeString('message', { description: 'A one-sentence description.' }),
    sourceKind: t.expose('sourceKind', {
      type: GuessSourceKindEnum,
      nullable: true,
      description: 'The kind of source.',
    }),
    source: t.exposeString('source', { nullable: true, description: 'The source.' }),
    credential: t.exposeString('actorId', {
      nullable: true,
      description:
        'The key, or the person at the identity provider, that the alert is about, as in the audit trail.',
    }),
    card: t.relation('card', { nullable: true, description: 'The card that the alert is about.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner that the alert is about, or that owns the card.',
    }),
  }),
});

const SecurityAlertConnection = connectionOf(SecurityAlert, 'alerts');

const SecurityAlertFilter = builder.inputType('SecurityAlertFilter', {
  description: 'Filters alerts. Omitted fields do not filter.',
  fields: (t) => ({
    kinds: t.field({ type: [SecurityAlertKindEnum], description: 'Alerts of these kinds.' }),
    from: t.field({ type: 'DateTime', description: 'Entries at or after this time.' }),
    to: t.field({ type: 'DateTime', description: 'Entries before this time.' }),
  }),
});

builder.queryField('securityAlerts', (t) =>
  t.drizzleConnection(
    {
      type: SecurityAlert,
      description: 'Security alerts, newest first.',
      args: { filter: t.arg({ type: SecurityAlertFilter, description: 'Filters the alerts.' }) },
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
  description: 'A new security alert.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    kind: t.field({
      type: SecurityAlertKindEnum,
      description: 'The kind of alert.',
      resolve: ({ event }) => event.payload.kind,
    }),
    message: t.string({
      nullable: true,
      description: 'A one-sentence description. Null in events written before this field existed.',
      resolve: ({ event }) => event.payload.message,
    }),
    cardId: t.id({
      nullable: true,
      description: 'The global id of the card that the alert is about.',
      resolve: ({ event }) => globalIdOrNull('Card', event.payload.cardId),
    }),
    partnerId: t.id({
      nullable: true,
      description: 'The global id of the partner that the alert is about, or that owns the card.',
      resolve: ({ event }) => globalIdOrNull('Partner', event.payload.partnerId),
    }),
    alert: t.drizzleField({
      type: SecurityAlert,
      nullable: true,
      description:
        'The alert, loaded for each event if selected. Null if it is older than the retention period.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.securityAlerts.findFirst(query({ where: { id: event.payload.alertId } })),
    }),
  }),
});

const SECURITY_ALERTS: EventKind<AlertEvent> = { types: ['SECURITY_ALERT'] };
addToFeed('securityAlert', {
  type: SecurityAlertEvent,
  kind: SECURITY_ALERTS,
  subscription: 'securityAlerts',
});

builder.subscriptionField('securityAlerts', (t) =>
  t.field({
    type: SecurityAlertEvent,
    description: 'Security alerts as they are raised.',
    args: {
      ...watchArgs,
      kinds: t.arg({ type: [SecurityAlertKindEnum], description: 'Alerts of these kinds only.' }),
    },
    subscribe: (_root, { kinds, ...args }, context) => {
      const kind: EventKind<AlertEvent> = {
        ...SECURITY_ALERTS,
        matches: ({ payload }) => !kinds || kinds.includes(payload.kind),
      };
      return deliver(args, kind, context, aboutInPayload);
    },
    resolve: (delivered) => delivered as Delivered<AlertEvent>,
  }),
);
