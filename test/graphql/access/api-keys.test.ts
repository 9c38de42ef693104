import { createClient as createSocketClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Client, createClient } from '../../../src/client/client.ts';
import {
  ApiKeysDocument,
  CardDocument,
  CreateApiKeyDocument,
  type CreateApiKeyInput,
  LockCardDocument,
  NodeDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
  SecurityAlertsDocument,
  ViewerDocument,
} from '../../../src/client/operations.ts';
import { nth, useApi } from '../../harness/api.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from '../../harness/refusals.ts';
import { askForStream } from '../../harness/stream-request.ts';

// So that a test can come from elsewhere.
const api = useApi({ environment: { TRUSTED_PROXIES: '127.0.0.0/8' } });

const create = (given: Partial<CreateApiKeyInput> = {}, by: Client = api.administrator) =>
  by.request(CreateApiKeyDocument, { input: { name: 'Portal', role: 'ADMINISTRATOR', ...given } });
const made = async (given: Partial<CreateApiKeyInput> = {}, by?: Client) =>
  succeeded((await create(given, by)).result);
const as = (key: string) => createClient({ url: api.url, key });
const isGood = async (key: string) =>
  (await failure(() => as(key).request(ViewerDocument))) !== 'UNAUTHENTICATED';

/** RFC 9110, 11.1: the scheme in any case, then one or more blanks. */
test.each(['Bearer ', 'bearer ', 'BEARER ', 'Bearer  ', 'bearer   '])(
  'a key is taken behind %j, over HTTP, as a stream and over WebSocket',
  async (scheme) => {
    const { secret } = await made({ scopes: ['READ'] });
    const [query, authorization] = ['{ viewer { role } }', scheme + secret];
    const data = { viewer: { role: 'ADMINISTRATOR' } };
    const body = JSON.stringify({ query });
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(api.url, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ data });

    const stream = await askForStream({
      url: api.url,
      authorization,
      accept: 'text/event-stream',
      body: { query: 'subscription { liveStats { __typename } }' },
    });
    expect(stream.response.statusCode).toBe(200);
    stream.cut();
    await stream.closed;

    class WithHeader extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: { authorization } });
      }
    }
    const ways: [unknown, Record<string, string>][] = [
      [WebSocket, { authorization }],
      [WebSocket, { Authorization: authorization }],
      [WithHeader, {}],
    ];
    for (const [webSocketImpl, connectionParams] of ways) {
      const url = api.url.replace('http', 'ws');
      const client = createSocketClient({ url, webSocketImpl, connectionParams });
      const results = [];
      for await (const result of client.iterate({ query })) results.push(result);
      expect(results).toEqual([{ data }]);
      await client.dispose();
    }
  },
);

describe('what a key may do', () => {
  test('a restricted key does what its scopes allow, and makes none that may do more', async () => {
    const { secret } = await made({ scopes: ['READ', 'ACCESS'] });
    const client = as(secret);
    const { viewer } = await client.request(ViewerDocument);
    expect(viewer).toMatchObject({ role: 'ADMINISTRATOR' });
    const id = nth(api.partner.batch, 0).id;
    const lock = () => client.request(LockCardDocument, { input: { card: { id }, reason: 'REPORTED_LOST' } });
    await expectForbidden(api, lock);
    await expect(lock()).rejects.toThrow(
      'Mutation.lockCard is not allowed to you: your key lacks the scope CARDS.',
    );
    for (const scopes of [null, ['READ', 'CARDS'] as const]) {
      await expectRefusal(api, 'NOT_ALLOWED', () => create({ scopes: scopes && [...scopes] }, client));
    }
    await made({ scopes: ['READ'] }, client);
  });

  test('a partner makes keys for itself only', async () => {
    const { client, id } = api.partner;
    const { apiKey, secret } = await made({ role: 'PARTNER', partnerId: id, scopes: ['READ'] }, client);
    expect(apiKey.partner).toEqual({ id });
    expect((await as(secret).request(ViewerDocument)).viewer.partner?.id).toBe(id);
    const rival = { role: 'PARTNER', partnerId: api.rival.id } as const;
    await expectRefusal(api, 'NOT_FOUND', () => create(rival, client));
    for (const role of ['ADMINISTRATOR', 'SUPPORT', 'AUDITOR', 'SWITCH'] as const) {
      await expectRefusal(api, 'NOT_ALLOWED', () => create({ role }, client));
    }
  });

  test('a key that is bound to networks is good in them only', async () => {
    const { secret } = await made({ networks: ['127.0.0.0/8', '::1'] });
    expect(await isGood(secret)).toBe(true);
    const elsewhere = await made({ networks: ['203.0.113.0/24'] });
    expect(await isGood(elsewhere.secret)).toBe(false);
    for (const networks of [[], ['203.0.113.0/33'], ['203.0.113'], ['::/0/0'], ['localhost'], ['']]) {
      await expectRefusal(api, 'INVALID_INPUT', () => create({ networks }));
    }
  });

  test('a key that is bound to networks, or ends, makes and rotates none that is good elsewhere or longer', async () => {
    const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    const rotate = (id: string, by: Client) => by.request(RotateApiKeyDocument, { id });
    const free = (await made()).apiKey;

    const bound = await made({ networks: ['127.0.0.0/8', '2001:db8::/32'] });
    const near = as(bound.secret);
    const beyond = ['127.0.0.0/7', '0.0.0.0/0', '128.0.0.1', '::ffff:127.0.0.1', '2001:db9::/48'];
    for (const networks of [null, ...beyond.map((each) => [each]), ['127.0.0.1', '203.0.113.0/24']]) {
      await expectRefusal(api, 'NOT_ALLOWED', () => create({ networks }, near));
    }
    await expectRefusal(api, 'NOT_ALLOWED', () => rotate(free.id, near));
    await made({ networks: ['127.0.0.1', '127.5.0.0/16', '127.0.0.0/8', '2001:db8:7::/48'] }, near);
    succeeded((await rotate(bound.apiKey.id, near)).result);

    const ending = await made({ expiresAt: hour(1) });
    const soon = as(ending.secret);
    for (const expiresAt of [null, hour(2)]) {
      await expectRefusal(api, 'NOT_ALLOWED', () => create({ expiresAt }, soon));
    }
    await expectRefusal(api, 'NOT_ALLOWED', () => rotate(free.id, soon));
    await made({ expiresAt: hour(0.5) }, soon);
    const rotated = succeeded((await rotate(ending.apiKey.id, soon)).result).apiKey;
    expect(rotated.expiresAt).toBe(ending.apiKey.expiresAt);
  });

  test('the help desk locks cards and moves no money; an auditor changes nothing', async () => {
    const { id } = nth(api.partner.batch, 1);
    const support = as((await made({ role: 'SUPPORT' })).secret);
    const auditor = as((await made({ role: 'AUDITOR' })).secret);
    const lock = (by: Client) =>
      by.request(LockCardDocument, { input: { card: { id }, reason: 'REPORTED_LOST' } });
    expect(succeeded((await lock(support)).result)).toBeDefined();
    await expectForbidden(api, () => lock(auditor));
    await expectForbidden(api, () => support.request(ApiKeysDocument));
    expect((await auditor.request(CardDocument, { by: { id } })).card?.id).toBe(id);
    expect((await auditor.request(ApiKeysDocument)).apiKeys.edges.length).toBeGreaterThan(3);
  });
});

describe('the life of a key', () => {
  test('a list shows when and from where each was last used', async () => {
    const { secret, apiKey } = await made({ name: 'Used' });
    const find = async () =>
      (await api.administrator.request(ApiKeysDocument, { first: 100 })).apiKeys.edges.find(
        ({ node }) => node.id === apiKey.id,
      )?.node;
    expect(await find()).toMatchObject({ lastUse: null });
    await as(secret).request(ViewerDocument);
    expect(await find()).toMatchObject({ lastUse: { address: '127.0.0.1', at: expect.any(String) } });
  });

  test('a use from a new network raises one alert, and the first use of all raises none', async () => {
    const { secret } = await made({ name: 'Travelling' });
    const useFrom = async (address: string) => {
      const response = await fetch(api.url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          'x-forwarded-for': address,
        },
        body: JSON.stringify({ query: '{ viewer { name } }' }),
      });
      expect(await response.json()).toEqual({ data: { viewer: { name: 'Travelling' } } });
    };
    for (const address of ['192.0.2.1', '192.0.2.7', '203.0.113.9', '203.0.113.9', '2001:db8::1']) {
      await useFrom(address);
    }
    const { securityAlerts } = await api.administrator.request(SecurityAlertsDocument, {
      filter: { kinds: ['NEW_NETWORK'] },
    });
    expect(securityAlerts.edges.map(({ node }) => node.message.replace(/ \(.*\)/, ''))).toEqual([
      'The key "Travelling" was used from 2001:db8::1, where it has not been used before.',
      'The key "Travelling" was used from 203.0.113.9, where it has not been used before.',
    ]);
  });

  test('rotation: both are good for the overlap, then the old one ends', async () => {
    const old = await made({ name: 'Kiosk', scopes: ['READ', 'CARDS'] });
    const rotate = (overlapSeconds: number) =>
      api.administrator.request(RotateApiKeyDocument, { id: old.apiKey.id, overlapSeconds });
    const fresh = succeeded((await rotate(3_600)).result);
    expect(fresh.apiKey).toMatchObject({ name: 'Kiosk', scopes: ['READ', 'CARDS'], expiresAt: null });
    expect(await Promise.all([old.secret, fresh.secret].map((key) => isGood(key)))).toEqual([true, true]);

    succeeded((await rotate(0)).result);
    expect(await Promise.all([old.secret, fresh.secret].map((key) => isGood(key)))).toEqual([false, true]);
    await expectRefusal(api, 'API_KEY_ENDED', () => rotate(60));
    for (const seconds of [-1, 2_592_001]) {
      await expectRefusal(api, 'INVALID_INPUT', () => rotate(seconds));
    }
  });

  test("another partner's key can be neither seen, rotated nor revoked", async () => {
    const { apiKey } = await made({ role: 'PARTNER', partnerId: api.rival.id });
    const { client } = api.partner;
    expect((await client.request(NodeDocument, { id: apiKey.id })).node).toBeNull();
    const listed = (await client.request(ApiKeysDocument, { first: 100 })).apiKeys.edges;
    expect(listed.map(({ node }) => node.partner?.id)).toEqual(listed.map(() => api.partner.id));
    await expectRefusal(api, 'NOT_FOUND', () => client.request(RotateApiKeyDocument, { id: apiKey.id }));
    await expectRefusal(api, 'NOT_FOUND', () => client.request(RevokeApiKeyDocument, { id: apiKey.id }));
    await expectForbidden(api, () => api.ivr.request(RevokeApiKeyDocument, { id: apiKey.id }));
  });

  test('to revoke one twice changes nothing', async () => {
    const { apiKey, secret } = await made();
    const revoke = async () =>
      succeeded((await api.administrator.request(RevokeApiKeyDocument, { id: apiKey.id })).result).apiKey;
    const { revokedAt } = await revoke();
    expect(revokedAt).not.toBeNull();
    expect(await isGood(secret)).toBe(false);
    expect((await revoke()).revokedAt).toBe(revokedAt);
  });
});
