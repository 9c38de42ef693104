import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  authorization,
  flood,
  silent,
  startTestHttpServer,
  type TestHttpServer,
  testViewer,
} from '../harness/http-server.ts';
import { openSocket } from '../harness/network/web-socket.ts';
import { askForStream, STREAM_ACCEPTS } from '../harness/stream-request.ts';

const SILENT = 'subscription { silent }';
const FLOOD = 'subscription { flood }';
const hash = createHash('sha256').update(SILENT).digest('hex');
const persistedQuery = { version: 1, sha256Hash: hash };

let folder: string;
let documents: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cardline-streams-'));
  await writeFile(path.join(folder, 'trusted.json'), JSON.stringify({ [hash]: SILENT }));
  documents = { TRUSTED_DOCUMENTS: path.join(folder, 'trusted.json') };
});
afterAll(() => rm(folder, { recursive: true }));

const servers: TestHttpServer[] = [];
async function start(environment: Record<string, string> = {}, isGood = () => true): Promise<TestHttpServer> {
  const server = await startTestHttpServer({
    environment: { ...documents, ...environment },
    authenticate: async ({ header }) => (header === authorization && isGood() ? testViewer : undefined),
  });
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.drain();
});

/** Each of them asks for a subscription, and none says so in a header. */
const WAYS: [string, (url: string) => { url: string; body?: unknown }][] = [
  ['its document', (url) => ({ url, body: { query: SILENT } })],
  [
    'one operation of several',
    (url) => ({ url, body: { query: `query A { hello } subscription B { silent }`, operationName: 'B' } }),
  ],
  [
    'a word that is written otherwise',
    (url) => ({ url, body: { query: '#subscribe\n subscription{silent}' } }),
  ],
  ['the hash of its document', (url) => ({ url, body: { extensions: { persistedQuery } } })],
  ['a hash beside a query', (url) => ({ url, body: { query: '{ hello }', extensions: { persistedQuery } } })],
  ['the id of its document', (url) => ({ url, body: { documentId: `sha256:${hash}` } })],
  ['an address', (url) => ({ url: `${url}?query=${encodeURIComponent(SILENT)}` })],
];

const CASES = STREAM_ACCEPTS.flatMap((accept) => WAYS.map(([way, ask]) => ({ accept, way, ask })));

describe.each(CASES)('a stream that is asked for by $way, accepting $accept', ({ accept, ask }) => {
  test('is counted, ends with its credential, and says what it is', async () => {
    let isGood = true;
    const server = await start({ MAX_SOCKETS_PER_KEY: '1' }, () => isGood);
    const asking = { ...ask(server.url), authorization, accept };
    const first = await askForStream(asking);
    expect(first.response.statusCode).toBe(200);
    expect(first.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'x-accel-buffering': 'no',
    });
    const second = await askForStream(asking);
    expect([second.response.statusCode, second.response.headers['retry-after']]).toEqual([429, '5']);
    expect(second.text).toContain('TOO_MANY_CONNECTIONS');
    expect(silent.open).toBe(1);
    isGood = false;
    server.accessChanged();
    first.response.resume();
    await first.closed;
    await vi.waitFor(() => expect(silent.open).toBe(0));
  });
});

describe.each([
  'application/json',
  'application/graphql-response+json',
  'application/*',
  'text/event-stream;q=0, application/json',
  'multipart/mixed',
  'multipart/mixed, application/json',
  'text/csv',
])('a client that accepts %s', (accept) => {
  test.each(WAYS)('gets no stream by %s', async (_way, ask) => {
    const server = await start();
    const { response, text } = await askForStream({ ...ask(server.url), authorization, accept });
    expect(response.statusCode).toBe(406);
    expect(text).toContain('NOT_ACCEPTABLE');
    expect(silent.open).toBe(0);
  });
});

test.each([...STREAM_ACCEPTS])('a list of operations opens no stream, accepting %s', async (accept) => {
  const server = await start({ MAX_BATCH: '2' });
  const body = [{ query: SILENT }, { query: '{ hello }' }];
  const { text } = await askForStream({ url: server.url, authorization, accept, body });
  expect(text).toContain('NOT_ACCEPTABLE');
  expect(silent.open).toBe(0);
});

test('a query is one result whatever else is accepted, and one event where nothing else is', async () => {
  const server = await start();
  const body = { query: '{ viewer }' };
  for (const accept of STREAM_ACCEPTS) {
    const { response, text } = await askForStream({ url: server.url, authorization, accept, body });
    const isOneEvent = accept === 'text/event-stream' || accept === 'text/*';
    if (isOneEvent) expect(response.headers['content-type']).toBe('text/event-stream');
    else expect(text).toBe('{"data":{"viewer":"Test"}}');
    response.resume();
  }
});

test('what a stream held is free again when its client goes', async () => {
  const server = await start({ MAX_SOCKETS_PER_KEY: '1' });
  const asking = { url: server.url, authorization, accept: '*/*', body: { query: SILENT } };
  for (let times = 0; times < 3; times += 1) {
    const { response, cut } = await vi.waitFor(async () => {
      const answer = await askForStream(asking);
      expect(answer.response.statusCode).toBe(200);
      return answer;
    });
    response.once('error', () => {});
    cut();
    await vi.waitFor(() => expect(silent.open).toBe(0));
  }
});

describe('a client that reads nothing is cut off', () => {
  test.each([...STREAM_ACCEPTS])('accepting %s', async (accept) => {
    const server = await start({ SLOW_CLIENT_SECONDS: '1' });
    const { closed, response } = await askForStream({
      url: server.url,
      authorization,
      accept,
      body: { query: FLOOD },
    });
    await vi.waitFor(() => expect(server.logged.join()).toContain('too slow'), { timeout: 20_000 });
    await vi.waitFor(() => expect(flood.open).toBe(0));
    response.resume();
    await closed;
  });

  test('over WebSocket', async () => {
    const server = await start({ SLOW_CLIENT_SECONDS: '1' });
    const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: FLOOD } }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.pause();
    await vi.waitFor(() => expect(server.logged.join()).toContain('too slow'), { timeout: 20_000 });
    socket.resume();
    expect(await closed).toBe(4413);
    await vi.waitFor(() => expect(flood.open).toBe(0));
  });
});

describe('distinct subscriptions of one key', () => {
  const nth = (n: number) => `subscription { s${n}: silent }`;

  test('have an end over all transports together', async () => {
    const server = await start({ MAX_SUBSCRIPTIONS_PER_KEY: '3' });
    const socket = await openSocket(server.url);
    socket.send({ type: 'connection_init', payload: { authorization } });
    await socket.next();
    for (const n of [1, 2]) socket.send({ id: `${n}`, type: 'subscribe', payload: { query: nth(n) } });
    await vi.waitFor(() => expect(silent.open).toBe(2));
    const ask = (n: number) =>
      askForStream({ url: server.url, authorization, accept: '*/*', body: { query: nth(n) } });
    const third = await ask(3);
    const refused = await ask(4);
    expect([refused.response.statusCode, refused.text]).toEqual([
      429,
      expect.stringContaining('TOO_MANY_SUBSCRIPTIONS'),
    ]);
    socket.send({ id: '5', type: 'subscribe', payload: { query: nth(5) } });
    expect(await socket.next()).toMatchObject({
      payload: { errors: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }] },
    });
    await vi.waitFor(() => expect(silent.open).toBe(3));
    socket.send({ id: '1', type: 'complete' });
    await vi.waitFor(() => expect(silent.open).toBe(2));
    const fifth = await ask(5);
    expect(fifth.response.statusCode).toBe(200);
    third.response.on('error', () => {});
    for (const { cut } of [third, fifth]) cut();
    socket.close();
  });
});
