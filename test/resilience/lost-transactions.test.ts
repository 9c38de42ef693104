import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { makeRateGroup } from '../harness/cards.ts';
import { type FeedEnd, openFeed, type Transport } from '../harness/network/feed.ts';
import { positionIn } from '../harness/positions.ts';
import { type OwnCluster, startOwnCluster } from '../harness/processes/own-cluster.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';

const TRANSPORTS = ['WebSocket', 'SSE'] as const satisfies readonly Transport[];
const METRICS_TOKEN = '0123456789abcdef-metrics';
const TIMEOUTS = { timeout: 20_000, interval: 50 };

let cluster: OwnCluster;
let server: ServerProcess;
let key: string;

beforeAll(async () => {
  cluster = await startOwnCluster();
  await migrate(cluster.url);
  const database = openDatabase({ url: cluster.url, maxConnections: 1 });
  await makeRateGroup(database.sql);
  await database.close();
  server = await startInstance(cluster.url, { METRICS_TOKEN });
  key = server.firstKey();
}, 60_000);
afterAll(async () => {
  await server.stop('SIGTERM');
  await cluster.remove();
});

interface Answer {
  readonly data?: Record<string, { readonly id?: string; readonly secret?: string }> | null;
  readonly errors?: NonNullable<FeedEnd['errors']>;
}

async function ask(query: string, secret = key): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

const createPartner = (name: string) =>
  ask(`mutation { createPartner(input: { name: "${name}", currency: "EUR" }) {
    ... on CreatePartnerPayload { partner { id } } } }`);
const createKey = (name: string) =>
  ask(`mutation { createApiKey(input: { name: "${name}", role: SUPPORT }) {
    ... on CreateApiKeyPayload { secret } } }`);

/** A subscriber to everything: the cursors that it was given, and how it ended. */
function follow(transport: Transport, after: string | null) {
  const cursors: string[] = [];
  const feed = openFeed(transport, {
    url: server.url,
    key,
    query: 'subscription ($after: Cursor) { events(after: $after) { cursor } }',
    variables: { after },
    onData: ({ events }) => cursors.push((events as { cursor: string }).cursor),
  });
  return { ...feed, cursors };
}

const codeOf = ({ errors }: { readonly errors?: FeedEnd['errors'] | undefined }) =>
  errors?.[0]?.extensions?.code;

async function losses(): Promise<string | undefined> {
  const response = await fetch(new URL('/metrics', server.url), {
    headers: { authorization: `Bearer ${METRICS_TOKEN}` },
  });
  return /^cardline_history_losses_total (\d+)/m.exec(await response.text())?.[1];
}

const isUp = async () => (await fetch(new URL('/readyz', server.url)).catch(() => undefined))?.status;

test('a database that lost its latest commits: subscribers learn of it, and nothing lost is remembered', async () => {
  await createPartner('Before');
  await cluster.keepCopy();
  await expect.poll(isUp, TIMEOUTS).toBe(200);
  const { data: cursorBefore } = await ask('{ eventCursor }');
  const before = String(cursorBefore?.eventCursor);

  const subscribers = TRANSPORTS.map((transport) => follow(transport, before));
  const made = await createKey('Lost');
  const lostKey = made.data?.createApiKey?.secret ?? '';
  for (let n = 0; n < 20; n += 1) await createPartner(`Lost ${n}`);
  for (const { cursors } of subscribers) await expect.poll(() => cursors.length, TIMEOUTS).toBe(21);
  const lost = subscribers[0]?.cursors.at(-1) ?? '';
  expect(await ask('{ viewer { name } }', lostKey)).toHaveProperty('data.viewer.name', 'Lost');

  expect(await losses()).toBe('0');
  await cluster.returnToCopy();
  for (const { ended } of subscribers) expect(codeOf(await ended)).toBe('CURSOR_AHEAD');
  expect(await losses()).toBe('1');
  expect(server.output()).toContain('The database has lost committed changes');
  expect(codeOf(await ask('{ viewer { name } }', lostKey))).toBe('UNAUTHENTICATED');

  // The log grows past the lost position: the cursor is still recognized as lost, and an earlier one is good.
  const live = TRANSPORTS.map((transport) => follow(transport, null));
  const kept = TRANSPORTS.map((transport) => follow(transport, before));
  for (let n = 0; n < 30; n += 1) await createPartner(`After ${n}`);
  for (const { cursors } of kept) await expect.poll(() => cursors.length, TIMEOUTS).toBe(30);
  for (const { cursors } of live) expect(cursors.length).toBeGreaterThan(0);
  const positions = kept[0]?.cursors.map(positionIn) ?? [];
  expect(positions).toContain(positionIn(lost));
  expect(positions).toEqual(positions.map((_, n) => positionIn(before) + BigInt(n) + 1n));
  for (const transport of TRANSPORTS)
    expect(codeOf(await follow(transport, lost).ended)).toBe('CURSOR_AHEAD');
  const { errors = [] } = await ask(`{ events(after: "${lost}") { endCursor } }`);
  expect(codeOf({ errors })).toBe('CURSOR_AHEAD');
  expect(await losses()).toBe('1');
  for (const { cut } of [...live, ...kept]) cut();
}, 90_000);
