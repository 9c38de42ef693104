import type { CredentialRole, Scope } from '../../domain/access/role.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Partner } from '../partners/partners.ts';

export const ApiKeyRoleEnum = builder.enumType('ApiKeyRole', {
  description: 'What a key may do.',
  values: {
    ADMINISTRATOR: { description: 'The operator: everything.' },
    SUPPORT: {
      description: "The operator's help desk: sees all but keys, locks and unlocks cards, binds numbers.",
    },
    AUDITOR: { description: 'Sees all, changes nothing.' },
    PARTNER: { description: 'A reseller: its own batches, cards, keys and wallet.' },
    SWITCH: {
      description: 'A softswitch or IVR: authenticates callers, binds numbers and redeems vouchers.',
    },
  } satisfies Record<CredentialRole, { description: string }>,
});

export const ApiScopeEnum = builder.enumType('ApiScope', {
  description: 'A part of the API that a key can be restricted to.',
  values: {
    READ: { description: 'Queries and subscriptions.' },
    CARDS: { description: 'States, locks, balances and bound numbers of cards.' },
    RECHARGES: { description: 'Recharges, their reversals, and vouchers.' },
    CALLS: { description: 'Authentication of callers, and calls.' },
    BATCHES: { description: 'Making and exporting batches.' },
    RATES: { description: 'Rate groups, price lists and call terms.' },
    PARTNERS: { description: 'Partners and their wallets.' },
    ACCESS: { description: 'API keys and what else decides who may do what.' },
  } satisfies Record<Scope, { description: string }>,
});

/** Where and when a key was used. */
interface Use {
  readonly lastUsedAt: Date;
  readonly address: string;
}

const LAST_USE = {
  columns: { lastUsedAt: true, address: true },
  orderBy: { lastUsedAt: 'desc' },
  limit: 1,
} as const;

const ApiKeyUse = builder.objectRef<Use>('ApiKeyUse').implement({
  description: 'Where and when a key was used.',
  fields: (t) => ({
    at: t.expose('lastUsedAt', { type: 'DateTime', description: 'When, to the minute.' }),
    address: t.exposeString('address', { description: 'The IP address it was used from.' }),
  }),
});

export const ApiKey = builder.drizzleNode('apiKeys', {
  name: 'ApiKey',
  description: 'A credential. The key itself is shown once, when it is made.',
  id: { column: (key) => key.id, description: 'The global id.' },
  select: {
    columns: {
      id: true,
      prefix: true,
      name: true,
      role: true,
      partnerId: true,
      scopes: true,
      networks: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      switchGroup: true,
    },
  },
  fields: (t) => ({
    prefix: t.exposeString('prefix', { description: 'The first characters of the key, to tell keys apart.' }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    role: t.expose('role', { type: ApiKeyRoleEnum, description: 'What it may do.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner for whom a PARTNER key acts.',
    }),
    scopes: t.field({
      type: [ApiScopeEnum],
      nullable: true,
      description: 'What it is restricted to. Null: to nothing but its role.',
      resolve: ({ scopes }) => scopes,
    }),
    networks: t.stringList({
      nullable: true,
      description: 'The networks it may be used from, as CIDR. Null: from anywhere.',
      resolve: ({ networks }) => networks,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself. Null: never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked.',
    }),
    switchGroup: t.exposeString('switchGroup', {
      nullable: true,
      description: 'The group of switches that share their calls. Null: its calls are its own.',
    }),
    lastUse: t.field({
      type: ApiKeyUse,
      nullable: true,
      select: { with: { uses: LAST_USE } },
      description: 'Its last use, to the minute. Null: it was never used.',
      resolve: ({ uses: [last] }) => last ?? null,
    }),
  }),
});

export const ApiKeyConnection = connectionOf(ApiKey, 'API keys');

builder.drizzleObjectField(Partner, 'apiKeys', (t) =>
  t.relatedConnection(
    'apiKeys',
    { description: 'Its API keys, newest first.', query: { orderBy: { id: 'desc' } } },
    ApiKeyConnection,
  ),
);
