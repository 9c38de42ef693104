import * as access from '../../domain/rejections/access.ts';
import * as input from '../../domain/rejections/input.ts';
import { revokeApiKey, rotateApiKey } from '../../store/access/api-key-life.ts';
import { createApiKey, type FreshApiKey } from '../../store/access/api-keys.ts';
import { builder } from '../core/builder.ts';
import type { Viewer } from '../core/context.ts';
import { registerRejection } from '../core/errors.ts';
import { fromGlobalId, optionalGlobalId } from '../core/global-id.ts';
import { PhoneNumberFormEnum } from '../core/number-reading.ts';
import { ownRows } from '../core/visibility-check.ts';
import { ApiKey, ApiKeyConnection, ApiKeyRoleEnum, ApiScopeEnum } from './api-keys.ts';

registerRejection(
  access.NotAllowed,
  'The role permits this operation, but not on this object or with these values.',
  {
    problem: 'What is not allowed, and what is.',
  },
);
registerRejection(access.ApiKeyEnded, 'The API key has expired or was revoked.', { id: 'The key.' });

/** One day: enough time to change a program's key. */
const USUAL_OVERLAP_SECONDS = 86_400;

builder.queryField('apiKeys', (t) =>
  t.drizzleConnection(
    {
      type: 'apiKeys',
      description: 'API keys, newest first, including expired and revoked ones. A partner sees its own.',
      resolve: (query, _root, _args, { database, viewer }) =>
        database.drizzle.query.apiKeys.findMany(
          query({ where: ownRows(viewer, 'ApiKey'), orderBy: { id: 'desc' } }),
        ),
    },
    ApiKeyConnection,
  ),
);

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'The input for createApiKey.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What the key is for, up to 200 characters.' }),
    role: t.field({ type: ApiKeyRoleEnum, required: true, description: 'The role of the key.' }),
    partnerId: t.id({
      description:
        'The partner that the key acts for. Required for PARTNER and not allowed for any other role.',
    }),
    scopes: t.field({
      type: [ApiScopeEnum],
      description: 'The scopes that the key is restricted to. If omitted, only its role limits it.',
    }),
    networks: t.stringList({
      description:
        'The networks that the key may be used from, as CIDR blocks such as 203.0.113.0/24, at most 32. If omitted, any network.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the key expires. If omitted, never.' }),
    callerNumberForm: t.field({
      type: PhoneNumberFormEnum,
      description:
        'For SWITCH keys: how numbers of callers and access numbers are written, unless a request says otherwise. If omitted, AS_DIALED.',
    }),
    dialedNumberForm: t.field({
      type: PhoneNumberFormEnum,
      description:
        'For SWITCH keys: how dialed numbers are written, unless a request says otherwise. If omitted, AS_DIALED.',
    }),
    switchGroup: t.string({
      description:
        'For SWITCH keys: the group of switches that share their calls and call ids, up to 64 letters, digits, points, dashes and underscores. If omitted, the key sees only its own calls.',
    }),
  }),
});

const ApiKeyPayload = (name: string) =>
  builder.objectRef<FreshApiKey>(name).implement({
    description: 'The created key with its credential, which is shown only once.',
    fields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The API key.', resolve: ({ apiKey }) => apiKey }),
      secret: t.exposeString('secret', {
        description: 'The secret, for `Authorization: Bearer …`. It cannot be retrieved again.',
      }),
    }),
  });

builder.mutationField('createApiKey', (t) =>
  t.field({
    type: ApiKeyPayload('CreateApiKeyPayload'),
    description:
      'Creates an API key. A partner can create keys for itself. No key can create a key with more rights than its own.',
    errors: {
      types: [input.InvalidInput, input.NotFound, access.NotAllowed],
      union: { description: 'The created key, or the reason why it was not created.' },
    },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The key to create.' }) },
    resolve: (
      _root,
      { input: { partnerId, scopes, networks, expiresAt, switchGroup, ...given } },
      { database, viewer },
    ) => {
      const key = {
        ...given,
        partnerId: optionalGlobalId('Partner', partnerId),
        scopes: scopes ?? null,
        networks: networks ?? null,
        expiresAt: expiresAt ?? null,
        switchGroup: switchGroup ?? null,
        callerNumberForm: given.callerNumberForm ?? null,
        dialedNumberForm: given.dialedNumberForm ?? null,
      };
      return createApiKey(database.sql, key, handler(viewer));
    },
  }),
);

builder.mutationField('rotateApiKey', (t) =>
  t.field({
    type: ApiKeyPayload('RotateApiKeyPayload'),
    description:
      'Creates a new key with the same rights. Both keys work during the overlap; then the old one expires.',
    errors: {
      types: [input.InvalidInput, input.NotFound, access.NotAllowed, access.ApiKeyEnded],
      union: { description: 'The new key, or the reason why it was not created.' },
    },
    args: {
      id: t.arg.id({ required: true, description: 'The key to rotate.' }),
      overlapSeconds: t.arg.int({
        defaultValue: USUAL_OVERLAP_SECONDS,
        required: true,
        description: 'How long the old key keeps working, in seconds, at most thirty days.',
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
    description: 'The key after the change.',
    fields: (t) => ({
      apiKey: t.field({ type: ApiKey, description: 'The API key.', resolve: ({ apiKey }) => apiKey }),
    }),
  });

builder.mutationField('revokeApiKey', (t) =>
  t.field({
    type: RevokeApiKeyPayload,
    description:
      'Revokes a key immediately and permanently: its requests are rejected, and its WebSockets and streams are closed.',
    errors: {
      types: [input.NotFound],
      union: { description: 'The key after the change, or the reason why nothing changed.' },
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

/** By the time a client learns that a key has ended, the key must no longer be accepted. */
async function ending<Key>(keyEnded: () => void, change: Promise<Key>): Promise<Key> {
  const key = await change;
  keyEnded();
  return key;
}
