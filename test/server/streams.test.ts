import { createClient as createSseClient } from 'graphql-sse';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { authorization, silent, startTestHttpServer, useTestHttpServer } from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';

const server = useTestHttpServer();
beforeEach(() => {
  server.logged.length = 0;
});

async function connect() {
  const socket = await openSocket(server.url);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next();
  return socket;
}

async function subscribe(query: string) {
  const socket = await connect();
  socket.send({ type: 'subscribe', id: '1', payload: { query } });
  return socket;
}

function stream(query: string, accept = 'text/event-stream'): Promise<Response> {
  return server.fetch({
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
}

const masked = {
  message: 'Unexpected error.',
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) },
};

describe('over WebSocket', () => {
  test('each event arrives, in order', async () => {
    const socket = await subscribe('subscription { count(to: 2) }');
    expect(await socket.next()).toEqual({ type: 'next', id: '1', payload: { data: { count: 1 } } });
    expect(await socket.next()).toEqual({ type: 'next', id: '1', payload: { data: { count: 2 } } });
    expect(await socket.next()).toEqual({ type: 'complete', id: '1' });
    socket.close();
  });

  test('what an iterator throws is masked, and logged', async () => {
    const socket = await subscribe('subscription { failing }');
    await socket.next();
    const message = await socket.next();
    expect(message).toMatchObject({ type: 'error', id: '1', payload: [masked] });
    expect(JSON.stringify(message)).not.toMatch(/secret|"unexpected"/);
    expect(server.logged.join()).toContain('secret of the iterator');
    socket.close();
  });

  test('a rejection from an iterator says what to change', async () => {
    const socket = await subscribe('subscription { rejecting }');
    await socket.next();
    expect(await socket.next()).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    socket.close();
  });

  test('a stream that can not be opened is masked', async () => {
    const socket = await subscribe('subscription { unopened }');
    const message = await socket.next();
    expect(message).toMatchObject({ payload: { errors: [masked] } });
    expect(JSON.stringify(message)).not.toMatch(/secret|"unexpected"|"http"/);
    socket.close();
  });

  test.each([
    ['a syntax error', '{', { code: 'GRAPHQL_PARSE_FAILED' }],
    ['an unknown field', '{ nothing }', { code: 'GRAPHQL_VALIDATION_FAILED' }],
    ['a deep query', `{${'thing{'.repeat(12)}name${'}'.repeat(13)}`, { code: 'OPERATION_TOO_LARGE' }],
  ])('%s is an error of the operation, not of the socket', async (_name, query, extensions) => {
    const socket = await subscribe(query);
    const message = await socket.next();
    expect(message).toMatchObject({ type: 'error', id: '1', payload: [expect.any(Object)] });
    if (!query.startsWith('{ nothing') && query !== '{')
      expect(message).toMatchObject({ payload: [{ extensions }] });
    socket.close();
  });

  test('a subscription is left when its client goes', async () => {
    const socket = await subscribe('subscription { silent }');
    await vi.waitFor(() => expect(silent.open).toBe(1));
    socket.close();
    await vi.waitFor(() => expect(silent.open).toBe(0));
  });

  test('a message beyond the limit closes the socket', async () => {
    const socket = await connect();
    socket.send({ type: 'ping', payload: { much: 'x'.repeat(1_100_000) } });
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });
});

describe('over SSE', () => {
  test('each event arrives, with graphql-sse', async () => {
    const client = createSseClient({ url: server.url, headers: { authorization } });
    const events = [];
    for await (const event of client.iterate({ query: 'subscription { count(to: 2) }' })) events.push(event);
    expect(events).toEqual([{ data: { count: 1 } }, { data: { count: 2 } }]);
    client.dispose();
  });

  test('a client that takes anything gets a stream', async () => {
    const response = await stream('subscription { count(to: 1) }', '*/*');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toContain('data: {"data":{"count":1}}');
  });

  test('what an iterator throws is masked, and logged', async () => {
    const text = await (await stream('subscription { failing }')).text();
    expect(text).toContain('"message":"Unexpected error."');
    expect(text).toContain('"requestId"');
    expect(text).not.toContain('secret');
    expect(server.logged.join()).toContain('secret of the iterator');
  });

  test('a subscription is left when its client goes', async () => {
    const response = await stream('subscription { silent }');
    await vi.waitFor(() => expect(silent.open).toBe(1));
    await response.body?.cancel();
    await vi.waitFor(() => expect(silent.open).toBe(0));
  });
});

test('a client that is gone without a word is found, and what it watched is left', async () => {
  const watchful = await startTestHttpServer({ environment: { HEARTBEAT_SECONDS: '1' } });
  // As when the cable is cut: the connection stands, and nobody answers.
  const socket = new WebSocket(watchful.url.replace('http', 'ws'), 'graphql-transport-ws', {
    autoPong: false,
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
  await new Promise((resolve) => socket.once('message', resolve));
  const payload = { query: 'subscription { silent }' };
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
  await vi.waitFor(() => expect(silent.open).toBe(1));
  expect(await closed).toBe(1006);
  await vi.waitFor(() => expect(silent.open).toBe(0));
  await watchful.drain();
});

test('a stop sends the clients of streams away, to come back', async () => {
  const stopping = await startTestHttpServer();
  const socket = await openSocket(stopping.url);
  socket.send({ type: 'connection_init', payload: { authorization } });
  await socket.next();
  socket.send({ type: 'subscribe', id: '1', payload: { query: 'subscription { silent }' } });
  const events = await stopping.fetch({
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
    body: '{"query":"subscription { silent }"}',
  });
  await vi.waitFor(() => expect(silent.open).toBe(2));
  const told = events.text();
  await stopping.drain();
  // The response is whole, as proxies ask, and the subscription is not: graphql-sse and EventSource connect again.
  expect(await told).not.toContain('event: complete');
  expect(await socket.closed).toMatchObject({ code: 1012 });
  await vi.waitFor(() => expect(silent.open).toBe(0));
});
