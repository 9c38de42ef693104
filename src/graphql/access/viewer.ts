import type { Role } from '../../domain/access/role.ts';
import { Card } from '../cards/cards.ts';
import { builder } from '../core/builder.ts';
import type { Viewer as ViewerValue } from '../core/context.ts';
import { Partner } from '../partners/partners.ts';
import { ApiKey, ApiScopeEnum } from './api-keys.ts';

export const RoleEnum = builder.enumType('Role', {
  description: 'The role of the viewer.',
  values: {
    ADMINISTRATOR: { description: 'The operator.' },
    SUPPORT: { description: "The operator's help desk." },
    AUDITOR: { description: 'Read-only access to everything.' },
    PARTNER: { description: 'A reseller.' },
    SWITCH: { description: 'A softswitch or IVR.' },
    CARDHOLDER: { description: 'A caller, in the session that authenticateCard opened.' },
  } satisfies Record<Role, { description: string }>,
});

const Viewer = builder.objectRef<ViewerValue>('Viewer').implement({
  description: 'The authenticated viewer, as identified by the credential.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of the key or person, or the serial of the card.',
    }),
    role: t.expose('role', { type: RoleEnum, description: 'The role of the key.' }),
    scopes: t.field({
      type: [ApiScopeEnum],
      nullable: true,
      description: 'The scopes that the key is restricted to. Null if only its role limits it.',
      resolve: ({ scopes }) => scopes,
    }),
    apiKey: t.drizzleField({
      type: ApiKey,
      nullable: true,
      description: 'The API key. Null if the viewer did not authenticate with an API key.',
      resolve: (query, { apiKeyId }, _args, { database }) =>
        apiKeyId === null
          ? null
          : database.drizzle.query.apiKeys.findFirst(query({ where: { id: apiKeyId } })),
    }),
    card: t.drizzleField({
      type: Card,
      nullable: true,
      description: 'The card of a CARDHOLDER.',
      resolve: (query, { cardId }, _args, { database }) =>
        cardId === null ? null : database.drizzle.query.cards.findFirst(query({ where: { id: cardId } })),
    }),
    partner: t.drizzleField({
      type: Partner,
      nullable: true,
      description: 'The partner that a PARTNER acts for.',
      resolve: (query, { partnerId }, _args, { database }) =>
        partnerId === null
          ? null
          : database.drizzle.query.partners.findFirst(query({ where: { id: partnerId } })),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'The authenticated viewer.',
    resolve: (_root, _args, { viewer }) => viewer,
  }),
);
