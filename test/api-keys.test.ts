import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../src/client/client.ts';
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
} from '../src/client/operations.ts';
import { startServer } from '../src/server/start.ts';
import { type Api, nth, settingsOf, startApi } from './harness/api.ts';
import { expectForbidden, expectRefusal, failure, succeeded } from './harness/refusals.ts';
import { openSocket } from './harness/web-socket.ts';

let api: Api;
beforeAll(async () => {
  // So that a test can come from elsewhere.
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.0/8' } });
});
afterAll(() => api.stop());

const create = (given: Partial<CreateApiKeyInput> = {}, by: Client = api.administrator) =>
  by.request(CreateApiKeyDocument, { input: { name: 'Portal', role: 'ADMINISTRATOR', ...given } });
const made = async (given: Partial<CreateApiKeyInput> = {}, by?: Client) =>
  succeeded((await create(given, by)).result);
const as = (key: string, url = api.url) => createClient({ url, key });
const isGood = async (key: string, url?: string) =>
  (await failure(() => as(key, url).request(ViewerDocument))) !== 'UNAUTHENTICATED';

describe('what a key may do', () => {
  test('a restricted key does what its scopes allow, and makes none that may do more', async () => {
    const { secret } = await made({ scopes: ['READ', 'ACCESS'] });
    const client = as(secret);
    const { viewer } = await client.request(ViewerDocument);
    expect(viewer).toMatchObject({ role: 'ADMINISTRATOR' });
    const id = nth(api.partner.batch, 0).id;
    await expectForbidden(api, () =>
      client.request(LockCardDocument, { input: { card: { id }, reason: 'REPORTED_LOST' } }),
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

  test('a use from a new network is told, once, and not the first use of all', async () => {
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

  test('a revoked key is refused at once, and its sockets and streams end, on another instance too', async () => {
    const other = await startServer(settingsOf(api));
    try {
      const { secret, apiKey } = await made();
      for (const url of [api.url, other.url]) expect(await isGood(secret, url)).toBe(true);
      const sockets = await Promise.all([api.url, other.url].map((url) => watching(url, secret)));
      const streams = await Promise.all([api.url, other.url].map((url) => streaming(url, secret)));

      const revoke = () => api.administrator.request(RevokeApiKeyDocument, { id: apiKey.id });
      const { revokedAt } = succeeded((await revoke()).result).apiKey;
      expect(revokedAt).not.toBeNull();
      await vi.waitFor(async () => expect(await isGood(secret)).toBe(false));
      for (const socket of sockets) expect(await socket.closed).toMatchObject({ code: 4403 });
      for (const { ended } of streams) await ended;
      await vi.waitFor(async () => expect(await isGood(secret, other.url)).toBe(false));
      expect(succeeded((await revoke()).result).apiKey.revokedAt).toBe(revokedAt);
    } finally {
      await other.close();
    }
  });
});

const WATCH = 'subscription { cardLockChanged { cursor } }';

async function watching(url: string, key: string) {
  const socket = await openSocket(url);
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } });
  expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
  socket.send({ id: '1', type: 'subscribe', payload: { query: WATCH } });
  return socket;
}

/** Resolves when it is open. */
async function streaming(url: string, key: string): Promise<{ ended: Promise<unknown> }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query: WATCH }),
  });
  expect(response.status).toBe(200);
  return { ended: response.text().catch(() => 'cut') };
}
