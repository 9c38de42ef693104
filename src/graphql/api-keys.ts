import * as input from '../domain/rejections/input.ts';
import { createApiKey } from '../store/api-keys.ts';
import { builder } from './builder.ts';
import { optionalGlobalId } from './global-id.ts';

export const ApiKeyRoleEnum = builder.enumType('ApiKeyRole', {
  description: 'What a key may do.',
  values: {
    ADMINISTRATOR: { description: 'The operator: everything.' },
    PARTNER: { description: 'A reseller: its own batches, cards and wallet.' },
    SWITCH: {
      description: 'A softswitch or IVR: authenticates callers, binds numbers and redeems vouchers.',
    },
  } as const,
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
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
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
  }),
});

export const ApiKeyConnection = builder.connectionObject(
  { type: ApiKey, name: 'ApiKeyConnection', description: 'A page of API keys.' },
  { name: 'ApiKeyEdge', description: 'One of the API keys, with its place in the list.' },
);

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A key to be made.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, up to 200 characters.' }),
    role: t.field({ type: ApiKeyRoleEnum, required: true, description: 'What it may do.' }),
    partnerId: t.id({ description: 'The partner for whom it acts; needed for PARTNER, and only there.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends by itself. Left out: never.' }),
  }),
});

const CreateApiKeyPayload = builder
  .objectRef<Awaited<ReturnType<typeof createApiKey>>>('CreateApiKeyPayload')
  .implement({
    description: 'The key, shown this once.',
    fields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The credential.', resolve: ({ apiKey }) => apiKey }),
      secret: t.exposeString('secret', {
        description: 'The key itself, for `Authorization: Bearer …`. It can never be read again.',
      }),
    }),
  });

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: CreateApiKeyPayload,
    description: 'Makes an API key.',
    authScopes: { administrator: true },
    errors: {
      types: [input.InvalidInput, input.NotFound],
      union: { name: 'CreateApiKeyResult', description: 'The key, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key to make.' }) },
    resolve: (_root, { input: { name, role, partnerId, expiresAt } }, { database, viewer }) =>
      createApiKey(database.sql, {
        name,
        role,
        partnerId: optionalGlobalId('Partner', partnerId),
        expiresAt: expiresAt ?? null,
        actorId: viewer.apiKeyId,
      }),
  }),
);
