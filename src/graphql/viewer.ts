import { ApiKey, ApiKeyRoleEnum } from './api-keys.ts';
import { builder } from './builder.ts';
import type { Viewer as ViewerValue } from './context.ts';
import { Partner } from './partners.ts';

const Viewer = builder.objectRef<ViewerValue>('Viewer').implement({
  description: 'Who asks, as the API key says.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the key.' }),
    role: t.expose('role', { type: ApiKeyRoleEnum, description: 'What the key may do.' }),
    apiKey: t.drizzleField({
      type: ApiKey,
      nullable: true,
      description: 'The key.',
      resolve: (query, { apiKeyId }, _args, { database }) =>
        database.drizzle.query.apiKeys.findFirst(query({ where: { id: apiKeyId } })),
    }),
    partner: t.drizzleField({
      type: Partner,
      nullable: true,
      description: "The partner for whom a PARTNER key acts. Null for the operator's keys.",
      resolve: (query, { partnerId }, _args, { database }) =>
        partnerId === null
          ? null
          : database.drizzle.query.partners.findFirst(query({ where: { id: partnerId } })),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, description: 'Who asks.', resolve: (_root, _args, { viewer }) => viewer }),
);
