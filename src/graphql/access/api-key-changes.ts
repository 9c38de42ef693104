import * as access from '../../domain/rejections/access.ts';
import * as input from '../../domain/rejections/input.ts';
import { revokeApiKey, rotateApiKey } from '../../store/access/api-key-life.ts';
import { createApiKey, type FreshApiKey } from '../../store/access/api-keys.ts';
import { builder } from '../core/builder.ts';
import type { Viewer } from '../core/context.ts';
import { fromGlobalId, optionalGlobalId } from '../core/global-id.ts';
import { ownRows } from '../core/visibility-check.ts';
import { ApiKey, ApiKeyConnection, ApiKeyRoleEnum, ApiScopeEnum } from './api-keys.ts';

/** Enough to change a program's key at leisure: a day. */
const USUAL_OVERLAP_SECONDS = 86_400;

builder.queryField('apiKeys', (t) =>
  t.drizzleConnection(
    {
      type: 'apiKeys',
      description: 'API keys, newest first, ended ones too. A partner sees its own.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.apiKeys.findMany(
          query({ where: ownRows(viewer, 'ApiKey'), orderBy: { id: 'desc' } }),
        ),
    },
    ApiKeyConnection,
  ),
);

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'A key to be made.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is for, up to 200 characters.' }),
    role: t.field({ type: ApiKeyRoleEnum, required: true, description: 'What it may do.' }),
    partnerId: t.id({ description: 'The partner for whom it acts; needed for PARTNER, and only there.' }),
    scopes: t.field({
      type: [ApiScopeEnum],
      description: 'What it is restricted to. Left out: to nothing but its role.',
    }),
    networks: t.stringList({
      description:
        'The networks it may be used from, as CIDR such as 203.0.113.0/24, at most 32. Left out: from anywhere.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends by itself. Left out: never.' }),
    switchGroup: t.string({
      description:
        'Of a SWITCH key: the group of switches that share their calls and the ids of them, up to 64 letters, digits, points, dashes and underscores. Left out: its calls are its own.',
    }),
  }),
});

const ApiKeyPayload = (name: string) =>
  builder.objectRef<FreshApiKey>(name).implement({
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
    type: ApiKeyPayload('CreateApiKeyPayload'),
    description:
      'Makes an API key. A partner makes keys for itself; no key makes one that may do more than it.',
    errors: {
      types: [input.InvalidInput, input.NotFound, access.NotAllowed],
      union: { name: 'CreateApiKeyResult', description: 'The key, or why there is none.' },
    },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key to make.' }) },
    resolve: (
      _root,
      { input: { name, role, partnerId, scopes, networks, expiresAt, switchGroup } },
      { database, viewer },
    ) => {
      const key = {
        name,
        role,
        partnerId: optionalGlobalId('Partner', partnerId),
        scopes: scopes ?? null,
        networks: networks ?? null,
        expiresAt: expiresAt ?? null,
        switchGroup: switchGroup ?? null,
      };
      return createApiKey(database.sql, key, handler(viewer));
    },
  }),
);

builder.mutationField('rotateApiKey', (t) =>
  t.field({
    type: ApiKeyPayload('RotateApiKeyPayload'),
    description:
      'Makes a new key that may do the same. Both are good for the overlap; then the old one ends by itself.',
    errors: {
      types: [input.InvalidInput, input.NotFound, access.NotAllowed, access.ApiKeyEnded],
      union: { name: 'RotateApiKeyResult', description: 'The new key, or why there is none.' },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The key to rotate.' }),
      overlapSeconds: t.arg.int({
        defaultValue: USUAL_OVERLAP_SECONDS,
        required: true,
        description: 'How long the old key goes on, in seconds, at most thirty days.',
      }),
    },
    resolve: (_root, { id, overlapSeconds }, { database, viewer, keyEnded }) => {
      const rotation = { id: fromGlobalId('ApiKey', id), overlapSeconds };
      return ending(keyEnded, rotateApiKey(database.sql, rotation, handler(viewer)));
    },
  }),
);

const RevokeApiKeyPayload = builder
  .objectRef<{ apiKey: FreshApiKey['apiKey'] }>('RevokeApiKeyPayload')
  .implement({
    description: 'The key as it is now.',
    fields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The credential.', resolve: ({ apiKey }) => apiKey }),
    }),
  });

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: RevokeApiKeyPayload,
    description:
      'Ends a key now: its requests are refused, and its sockets and streams are closed. Once revoked it stays so.',
    errors: {
      types: [input.NotFound],
      union: { name: 'RevokeApiKeyResult', description: 'The key as it is now, or why nothing changed.' },
    },
    args: { id: t.arg.id({ required: true, description: 'The key to revoke.' }) },
    resolve: async (_root, { id }, { database, viewer, keyEnded }) => ({
      apiKey: await ending(keyEnded, revokeApiKey(database.sql, fromGlobalId('ApiKey', id), handler(viewer))),
    }),
  }),
);

function handler(viewer: Viewer) {
  return { actorId: viewer.actorId, maker: viewer };
}

/** Whoever is told that a key has ended must not be let in with it. */
async function ending<Key>(keyEnded: () => void, change: Promise<Key>): Promise<Key> {
  const key = await change;
  keyEnded();
  return key;
}
