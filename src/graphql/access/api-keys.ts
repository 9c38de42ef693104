import type { CredentialRole, Scope } from '../../domain/access/role.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { PhoneNumberFormEnum } from '../core/number-reading.ts';
import { Partner } from '../partners/partners.ts';

export const ApiKeyRoleEnum = builder.enumType('ApiKeyRole', {
  description: 'The role of an API key, which decides what it may do.',
  values: {
    ADMINISTRATOR: { description: 'The operator: full access.' },
    SUPPORT: {
      description:
        "The operator's help desk: can read everything except keys, lock and unlock cards, and bind numbers.",
    },
    AUDITOR: { description: 'Read-only access to everything.' },
    PARTNER: { description: 'A reseller: manages its own batches, cards, keys and wallet.' },
    SWITCH: {
      description: 'A softswitch or IVR: authenticates callers, binds numbers and redeems vouchers.',
    },
  } satisfies Record<CredentialRole, { description: string }>,
});

export const ApiScopeEnum = builder.enumType('ApiScope', {
  description: 'A part of the API to which a key can be restricted.',
  values: {
    READ: { description: 'Queries and subscriptions.' },
    CARDS: { description: 'States, locks, balances and bound numbers of cards.' },
    RECHARGES: { description: 'Recharges, their reversals, and vouchers.' },
    CALLS: { description: 'Authentication of callers, and calls.' },
    BATCHES: { description: 'Creation and export of batches.' },
    RATES: { description: 'Rate groups, their rates and call terms.' },
    PARTNERS: { description: 'Partners and their wallets.' },
    ACCESS: { description: 'API keys and other access control.' },
  } satisfies Record<Scope, { description: string }>,
});

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
  description: 'When and from where a key was used.',
  fields: (t) => ({
    at: t.expose('lastUsedAt', { type: 'DateTime', description: 'The time, rounded down to the minute.' }),
    address: t.exposeString('address', { description: 'The IP address that used the key.' }),
  }),
});

export const ApiKey = builder.drizzleNode('apiKeys', {
  name: 'ApiKey',
  description: 'An API key. The secret itself is shown only once, when the key is created.',
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
      callerNumberForm: true,
      dialedNumberForm: true,
    },
  },
  fields: (t) => ({
    prefix: t.exposeString('prefix', { description: 'The first characters of the key, which identify it.' }),
    name: t.exposeString('name', { description: 'What the key is for.' }),
    role: t.expose('role', { type: ApiKeyRoleEnum, description: 'The role of the key.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The partner that a PARTNER key acts for.',
    }),
    scopes: t.field({
      type: [ApiScopeEnum],
      nullable: true,
      description: 'The scopes that the key is restricted to. Null if only its role limits it.',
      resolve: ({ scopes }) => scopes,
    }),
    networks: t.stringList({
      nullable: true,
      description: 'The networks that the key may be used from, as CIDR blocks. Null if any network.',
      resolve: ({ networks }) => networks,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the key was created.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key expires. Null if never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the key was revoked.',
    }),
    switchGroup: t.exposeString('switchGroup', {
      nullable: true,
      description: 'The group of switches that share their calls. Null if the key sees only its own calls.',
    }),
    callerNumberForm: t.expose('callerNumberForm', {
      type: PhoneNumberFormEnum,
      nullable: true,
      description: 'How numbers of callers and access numbers are written. Null if as dialed.',
    }),
    dialedNumberForm: t.expose('dialedNumberForm', {
      type: PhoneNumberFormEnum,
      nullable: true,
      description: 'How dialed numbers are written. Null if as dialed.',
    }),
    lastUse: t.field({
      type: ApiKeyUse,
      nullable: true,
      select: { with: { uses: LAST_USE } },
      description: 'When and from where the key was last used, to the minute. Null if never.',
      resolve: ({ uses: [last] }) => last ?? null,
    }),
  }),
});

export const ApiKeyConnection = connectionOf(ApiKey, 'API keys');

builder.drizzleObjectField(Partner, 'apiKeys', (t) =>
  t.relatedConnection(
    'apiKeys',
    { description: "The partner's API keys, newest first.", query: { orderBy: { id: 'desc' } } },
    ApiKeyConnection,
  ),
);
