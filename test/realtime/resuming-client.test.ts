import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { EventCursorDocument, EventsDocument, RechargeCardDocument } from '../../src/client/operations.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import { type BreakingLine, breakingLineTo } from '../harness/network/breaking-line.ts';

interface Told {
  readonly cursor: string;
}

/** The file that docs/realtime.md shows, as a browser would load it. */
type Follow = (options: {
  query: string;
  after: string;
  variables?: object;
  url: string;
  connectionParams: object;
  webSocketImpl: unknown;
  retryWait: () => Promise<void>;
  onEvent(event: Told): void;
  onEnd(errors: unknown): void;
}) => () => void;

type FollowStream = (options: {
  url: string;
  key: string;
  query: string;
  after: string;
  signal: AbortSignal;
  pauseMs: number;
  onEvent(event: Told): void;
}) => Promise<void>;

const api = useApi();
let line: BreakingLine;
let follow: Follow;
let followStream: FollowStream;

beforeAll(async () => {
  line = await breakingLineTo(api.url);
  ({ follow } = await example('resuming-client.js'));
  ({ followStream } = await example('resuming-stream.js'));
});
afterAll(async () => {
  await line.close();
});

const example = (name: string) => import(pathToFileURL(resolve('docs/examples', name)).href);

const QUERY = 'subscription ($after: Cursor) { rechargeMade(after: $after) { cursor amount { amount } } }';

interface Following {
  readonly key: string;
  readonly after: string;
  readonly onEvent: (event: Told) => void;
  readonly onEnd: (errors: unknown) => void;
}

const overSocket = ({ key, ...following }: Following) =>
  follow({
    ...following,
    query: QUERY,
    url: line.url.replace('http', 'ws'),
    connectionParams: { authorization: `Bearer ${key}` },
    webSocketImpl: WebSocket,
    retryWait: async () => {},
  });

const overStream = ({ onEnd, ...following }: Following) => {
  const leaving = new AbortController();
  const options = { ...following, query: QUERY, url: line.url, pauseMs: 10, signal: leaving.signal };
  followStream(options).catch(onEnd);
  return () => leaving.abort();
};

test.each([
  ['over a WebSocket', overSocket],
  ['over a stream', overStream],
])(
  '%s the client of the documentation misses and repeats nothing, however often its line breaks',
  async (_how, start) => {
    const { administrator } = api;
    const { eventCursor: after } = await administrator.request(EventCursorDocument);
    const told: Told[] = [];
    const ends: unknown[] = [];
    const stop = start({
      key: await api.secret('AUDITOR'),
      after,
      onEvent: (event) => told.push(event),
      onEnd: (errors) => ends.push(errors),
    });
    let cuts = 0;
    for (let n = 1; n <= 60; n += 1) {
      const input = {
        card: { id: nth(api.partner.batch, n % 6).id },
        amount: euros(`${n}`),
        idempotencyKey: newKey(),
      };
      await administrator.request(RechargeCardDocument, { input });
      if (n % 4 === 0) cuts += line.cut();
    }
    const expected: string[] = [];
    for (let at = after, hasMore = true; hasMore; ) {
      const filter = { types: ['CARD_RECHARGED' as const] };
      const { events } = await administrator.request(EventsDocument, { after: at, filter, first: 100 });
      expected.push(...events.items.map(({ cursor }) => cursor));
      ({ endCursor: at, hasMore } = events);
    }
    await expect.poll(() => told.length, { timeout: 20_000 }).toBe(60);
    stop();
    expect(told.map(({ cursor }) => cursor)).toEqual(expected);
    expect(ends).toEqual([]);
    expect(cuts).toBeGreaterThan(5);
  },
);

test('it ends, and says why, when what it missed is not to be had', async () => {
  const key = await api.secret('AUDITOR');
  const ended = new Promise((resolve) => {
    follow({
      query: QUERY,
      after: 'made up',
      url: api.url.replace('http', 'ws'),
      connectionParams: { authorization: `Bearer ${key}` },
      webSocketImpl: WebSocket,
      retryWait: async () => {},
      onEvent: () => {},
      onEnd: resolve,
    });
  });
  expect(await ended).toMatchObject([{ extensions: { code: 'INVALID_CURSOR', retryable: false } }]);
});
