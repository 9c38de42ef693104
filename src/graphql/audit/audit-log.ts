import { RoleEnum } from '../access/viewer.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { toGlobalId } from '../core/global-id.ts';
import { AuditFilterInput, readAuditFilter } from './audit-filter.ts';

const AuditEntry = builder.drizzleObject('auditEntries', {
  name: 'AuditEntry',
  description:
    'An entry of the audit trail: who did what, when, from where, to which object, and with what outcome. Entries are immutable.',
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
        'The position in the trail: 1, 2, 3 and so on, without gaps. Not a global id: the trail can only be read as a list.',
      resolve: ({ position }) => position.toString(),
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    actorId: t.exposeID('actorId', {
      nullable: true,
      description:
        'The key, person or card that performed the operation, as a UUID. Null if it was not authenticated.',
    }),
    role: t.field({
      type: RoleEnum,
      nullable: true,
      description: 'The role of the actor.',
      resolve: ({ role }) => role,
    }),
    keyPrefix: t.exposeString('keyPrefix', {
      nullable: true,
      description: 'The first characters of the API key.',
    }),
    operation: t.exposeString('operation', {
      description:
        'The field of the mutation, or another operation such as `authenticate`, `signIn` or `downloadCardBatch`.',
    }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'The IP address that the request came from.',
    }),
    requestId: t.exposeString('requestId', {
      nullable: true,
      description: 'The request id, as in the response and the log.',
    }),
    objectType: t.exposeString('objectType', {
      nullable: true,
      description: 'The type of the object. If there were several objects, the type of the first.',
    }),
    objectId: t.id({
      nullable: true,
      description: 'The global id of the object.',
      resolve: ({ objectType, objectId }) =>
        objectType === null || objectId === null ? null : toGlobalId(objectType, objectId),
    }),
    outcome: t.exposeString('outcome', { description: '`OK`, or the error code.' }),
  }),
});

const AuditEntryConnection = connectionOf(AuditEntry, 'audit entries');

builder.queryField('auditLog', (t) =>
  t.drizzleConnection(
    {
      type: 'auditEntries',
      description: 'The audit trail, newest first. Sealed entries can be verified: see `verification`.',
      args: { filter: t.arg({ type: AuditFilterInput, description: 'Filters the entries.' }) },
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
