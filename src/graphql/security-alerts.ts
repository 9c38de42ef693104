import type { SecurityAlertKind } from '../domain/security-alert.ts';
import { encodeCursor } from '../realtime/cursor.ts';
import { builder } from './builder.ts';
import { when } from './filter.ts';
import { GuessSourceKindEnum } from './guess-sources.ts';
import type { Delivered } from './live-event.ts';
import { deliver } from './watching.ts';

const KINDS: Record<SecurityAlertKind, { description: string }> = {
  GUESSING: {
    description: 'Many wrong PINs from one source, or the guess budget of the whole system is spent.',
  },
  CARD_LOCKED_BY_FAILURES: { description: "Wrong PINs with a card's serial locked it." },
  UNUSUAL_RECHARGES: { description: 'A partner recharges many times what it usually does.' },
  TOO_MANY_REPLACEMENTS: { description: 'A partner replaces more cards in a day than it should.' },
  NEW_NETWORK: { description: 'A key was used from a network it was not used from before.' },
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

const SecurityAlertConnection = builder.connectionObject(
  { type: SecurityAlert, name: 'SecurityAlertConnection', description: 'A page of alerts.' },
  { name: 'SecurityAlertEdge', description: 'One of the alerts, with its place in the list.' },
);

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

const SecurityAlertEvent = builder.objectRef<Delivered>('SecurityAlertEvent').implement({
  description: 'An alert as it is raised.',
  fields: (t) => ({
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in the log: subscribe with `after` this to go on behind it.',
      resolve: ({ event }) => encodeCursor(event.position),
    }),
    alert: t.drizzleField({
      type: SecurityAlert,
      nullable: true,
      description: 'The alert. Null when it is older than alerts are kept.',
      resolve: (query, { event }, _args, { database }) =>
        database.drizzle.query.securityAlerts.findFirst(
          query({ where: { id: String(event.payload.alertId) } }),
        ),
    }),
  }),
});

builder.subscriptionField('securityAlerts', (t) =>
  t.field({
    type: SecurityAlertEvent,
    description: 'Alerts as they are raised.',
    args: {
      kinds: t.arg({ type: [SecurityAlertKindEnum], description: 'Only of these kinds.' }),
      after: t.arg({
        type: 'Cursor',
        description: 'Begin with what came after this cursor. Left out: with what comes from now on.',
      }),
    },
    subscribe: (_root, { kinds, after }, context) =>
      deliver(
        { after },
        ['SECURITY_ALERT'],
        context,
        ({ payload }) => !kinds || kinds.includes(payload.kind as SecurityAlertKind),
      ),
    resolve: (delivered) => delivered as Delivered,
  }),
);
