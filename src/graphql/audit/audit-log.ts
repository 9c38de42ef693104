import { RoleEnum } from '../access/viewer.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { toGlobalId } from '../core/global-id.ts';
import { AuditFilterInput, readAuditFilter } from './audit-filter.ts';

const AuditEntry = builder.drizzleObject('auditEntries', {
  name: 'AuditEntry',
  description: 'Who did what, when, from where, to which object, with which outcome. Never changes.',
  select: {
    columns: {
      position: true,
      at: true,
      actorId: true,
      role: true,
      keyPrefix: true,
      operation: true,
      address: true,
      requestId: true,
      objectType: true,
      objectId: true,
      outcome: true,
    },
  },
  fields: (t) => ({
    id: t.id({
      description:
        'Its place in the trail: 1, 2, 3 and so on, without a hole. No global id: a trail is read as a list.',
      resolve: ({ position }) => position.toString(),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    actorId: t.exposeID('actorId', {
      nullable: true,
      description: 'The key, person or card that did it, as a UUID. Null: who it was could not be shown.',
    }),
    role: t.field({
      type: RoleEnum,
      nullable: true,
      description: 'As whom.',
      resolve: ({ role }) => role,
    }),
    keyPrefix: t.exposeString('keyPrefix', {
      nullable: true,
      description: 'The first characters of the API key.',
    }),
    operation: t.exposeString('operation', {
      description:
        'The field of the mutation, or `authenticate`, `signIn`, `downloadCardBatch` and the like.',
    }),
    address: t.exposeString('address', { nullable: true, description: 'The IP address it came from.' }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The request, as the answer and the log name it.',
    }),
    objectType: t.exposeString('objectType', {
      nullable: true,
      description: 'The type of the object; of several, that of the first.',
    }),
    objectId: t.id({
      nullable: true,
      description: 'Its global id.',
      resolve: ({ objectType, objectId }) =>
        objectType === null || objectId === null ? null : toGlobalId(objectType, objectId),
    }),
    outcome: t.exposeString('outcome', { description: '`OK`, or the code of the error.' }),
  }),
});

const AuditEntryConnection = connectionOf(AuditEntry, 'audit entries');

builder.queryField('auditLog', (t) =>
  t.drizzleConnection(
    {
      type: 'auditEntries',
      description: 'The audit trail, newest first. What is sealed can be proved: see `verification`.',
      args: { filter: t.arg({ type: AuditFilterInput, description: 'Which entries.' }) },
      resolve: (query, _root, { filter }, { database }) => {
        const { from, to, ...equal } = readAuditFilter(filter);
        const given = Object.fromEntries(Object.entries(equal).filter(([, value]) => value !== null));
        return database.drizzle.query.auditEntries.findMany(
          query({
            where: { AND: [given, from ? { at: { gte: from } } : {}, to ? { at: { lt: to } } : {}] },
            orderBy: { position: 'desc' },
          }),
        );
      },
    },
    AuditEntryConnection,
  ),
);
