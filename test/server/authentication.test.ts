import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  authorization,
  startTestHttpServer,
  TEST_KEY,
  testViewer,
  useTestHttpServer,
} from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';

let valid = true;
const server = useTestHttpServer({
  authenticate: async ({ header }) => (valid && header === authorization ? testViewer : undefined),
});

const post = (headers: Record<string, string>, query = '{ __typename }') =>
  fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

describe('without a valid key', () => {
  test.each([
    ['application/json', {}],
    ['application/json', { authorization: 'Bearer wrong' }],
    ['application/graphql-response+json', { accept: 'application/graphql-response+json' }],
    ['application/json', { accept: 'text/event-stream' }],
  ])('nothing is executed (%s)', async (type, headers) => {
    const response = await post(headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('a GET query and introspection are refused as well', async () => {
    const byGet = await fetch(`${server.url}?query=${encodeURIComponent('{ __schema { types { name } } }')}`);
    expect(byGet.status).toBe(401);
  });

  test('GraphiQL shows its page, and no more', async () => {
    const page = await fetch(`${server.url}?query=${encodeURIComponent('{ viewer }')}`, {
      headers: { accept: 'text/html' },
    });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('Cardline');
  });

  test('GraphiQL is gone when it is switched off', async () => {
    const closed = await startTestHttpServer({ environment: { GRAPHIQL: 'false' } });
    const page = await fetch(closed.url, { headers: { accept: 'text/html' } });
    await page.text();
    expect(page.status).toBe(401);
    await closed.drain();
  });

  test('a WebSocket is closed for good', async () => {
    const socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer wrong' } });
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });

  test('a WebSocket that subscribes without saying who it is, is closed', async () => {
    const socket = await openSocket(server.url);
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ __typename }' } });
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });
});

describe('with a valid key', () => {
  test('the request id comes back', async () => {
    const response = await post({ authorization, 'x-request-id': 'mine-1' });
    expect(response.headers.get('x-request-id')).toBe('mine-1');
    const own = await post({ authorization, 'x-request-id': 'not fit for a log' });
    expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await Promise.all([response.text(), own.text()]);
  });

  test.each([
    ['authorization', { authorization }],
    ['apiKey', { apiKey: TEST_KEY }],
  ])('a WebSocket works with %s', async (_name, connectionParams) => {
    const client = createClient({ url: server.url, webSocketImpl: WebSocket, connectionParams });
    const results = [];
    for await (const result of client.iterate({ query: '{ viewer }' })) results.push(result);
    expect(results).toEqual([{ data: { viewer: 'Test' } }]);
    await client.dispose();
  });

  test('an operation on an open socket is refused once the key has ended', async () => {
    const socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { authorization } });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    valid = false;
    socket.send({ type: 'subscribe', id: '1', payload: { query: '{ viewer }' } });
    expect(await socket.closed).toMatchObject({ code: 4403 });
    valid = true;
  });
});

test('when keys can not be checked, nothing is open', async () => {
  const failing = await startTestHttpServer({
    authenticate: async () => {
      throw new Error('secret of the database');
    },
  });
  const response = await failing.fetch({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ viewer }"}',
  });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('secret');
  expect(failing.logged.join()).toContain('secret of the database');
  await failing.drain();
});
