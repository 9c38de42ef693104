import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';

import { appendEvents } from '../../src/store/events/event-log.ts';
import { type MadeCards, makeActiveCards, makeRateGroup, rechargedEvent } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { type FeedEnd, openFeed, type Transport } from '../harness/network/feed.ts';
import { cursorAt, headPosition, positionIn } from '../harness/positions.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';

/** Events that pass while a client does not read. The long form of this test takes 100,000. */
const EVENTS = Number(process.env.CARDLINE_FLOOD_EVENTS ?? 5_000);
const AT_ONCE = 500;
const MIB = 1_048_576;
/** So little that garbage is not mistaken for what is kept: the server has some 90 MB of its own. */
const HEAP = '--max-old-space-size=128 --max-semi-space-size=16';

const db = useDatabase();
let made: MadeCards;
/** One card apart from the flood, for those whom it does not concern. */
let quiet: MadeCards;
let server: ServerProcess;
let key: string;
beforeAll(async () => {
  await makeRateGroup(db.database.sql);
  made = await makeActiveCards(db.database.sql, { count: 10 });
  quiet = await makeActiveCards(db.database.sql, { count: 1 });
  server = await startInstance(db.url, {
    SLOW_CLIENT_SECONDS: '1',
    MAX_UNSENT_BYTES: '65536',
    LOG_LEVEL: 'info',
    NODE_OPTIONS: HEAP,
  });
  key = server.firstKey();
});
afterAll(async () => {
  await server.stop('SIGTERM');
});

/** Wide, so that what the system keeps for a socket is soon full: about 3 kB an event. */
const WIDE = `subscription ($after: Cursor, $batchId: ID) { cardBalanceChanged(after: $after, batchId: $batchId) { cursor ${Array.from(
  { length: 24 },
  (_, n) => `c${n}: change { amount currency } b${n}: balance { amount currency }`,
).join(' ')} } }`;

function recharged({ batchId, cards }: MadeCards, n: number) {
  const { id, serial } = cards[n % cards.length] ?? { id: '', serial: '' };
  return rechargedEvent({ id, serial, batchId });
}

const append = (events: ReturnType<typeof recharged>[]) =>
  db.database.sql.begin((tx) => appendEvents(tx, events));

/** Recharges, as many in a transaction as the command writer may group. */
async function flood(): Promise<void> {
  for (let done = 0; done < EVENTS; done += AT_ONCE) {
    await append(Array.from({ length: AT_ONCE }, (_, n) => recharged(made, n)));
  }
}

/** A subscriber to all that happens to some cards: what it was told, by position. */
function watch(transport: Transport, after: bigint, { batchId } = made) {
  const positions: bigint[] = [];
  const feed = openFeed(transport, {
    url: server.url,
    key,
    query: WIDE,
    variables: { after: cursorAt(after), batchId: toGlobalId('CardBatch', batchId) },
    onData: (data) => positions.push(positionIn((data.cardBalanceChanged as { cursor: string }).cursor)),
  });
  return { positions, feed };
}

/** What the log has of the flooded cards. */
async function loggedAfter(start: bigint): Promise<bigint[]> {
  const rows = await db.database.sql<{ position: bigint }[]>`
    SELECT position FROM events WHERE batch_id = ${made.batchId} AND position > ${start.toString()}::bigint
    ORDER BY position`;
  return rows.map(({ position }) => position);
}

const cutOffs = () => server.output().match(/too slow/g)?.length ?? 0;

/**
 * How long one who watches a quiet card waits for each event, one after another, until told to stop. It is told and not
 * judged: a flood beside it on two cores makes it swing widely.
 */
async function measureLatency(transport: Transport, stop: AbortSignal): Promise<number[]> {
  const { positions, feed } = watch(transport, await headPosition(db.database.sql), quiet);
  const waited: number[] = [];
  while (!stop.aborted) {
    const began = performance.now();
    await append([recharged(quiet, 0)]);
    await expect.poll(() => positions.length, { interval: 1, timeout: 20_000 }).toBe(waited.length + 1);
    waited.push(performance.now() - began);
  }
  feed.cut();
  return waited;
}

/** The most memory that the server had until told to stop, in bytes. */
async function measurePeak(stop: AbortSignal): Promise<number> {
  let peak = 0;
  while (!stop.aborted) {
    peak = Math.max(peak, await server.memory());
    await delay(20);
  }
  expect(peak).toBeGreaterThan(0);
  return peak;
}

/** Lets a flood pass until a subscriber who reads has seen it all. */
async function observe(transport: Transport, steady: { positions: bigint[] }) {
  const until = steady.positions.length + EVENTS;
  const over = new AbortController();
  const latency = measureLatency(transport, over.signal);
  const peak = measurePeak(over.signal);
  try {
    await flood();
    await expect.poll(() => steady.positions.length, { interval: 20, timeout: 120_000 }).toBe(until);
    over.abort();
    const sorted = (await latency).sort((a, b) => a - b);
    return { peak: await peak, medianMs: sorted[sorted.length >> 1] ?? 0 };
  } finally {
    over.abort();
  }
}

const told = ({ peak, medianMs }: { peak: number; medianMs: number }) =>
  `${Math.round(peak / MIB)} MiB, others wait ${medianMs.toFixed(1)} ms`;

describe.each<[Transport, FeedEnd]>([
  ['WebSocket', { code: 4413 }],
  ['SSE', {}],
])('over %s', (transport, end) => {
  test(
    'a client that stops reading is disconnected, costs no memory, disturbs nobody, and resumes without a gap',
    async () => {
      const start = await headPosition(db.database.sql);
      const steady = watch(transport, start);
      const slow = watch(transport, start);
      // What the heap grows to under the load of those who read is not what one costs who does not.
      const without = await observe(transport, steady);
      await expect.poll(() => slow.positions.length, { timeout: 60_000 }).toBe(EVENTS);

      const before = cutOffs();
      slow.feed.pause();
      const flooding = observe(transport, steady);
      await expect.poll(cutOffs, { timeout: 60_000 }).toBe(before + 1);
      // Before the heartbeat gives it up for dead, so that it still finds the code behind what it had not read.
      slow.feed.resume();
      expect(await slow.feed.ended).toEqual(end);
      const beside = await flooding;
      console.log(
        `${EVENTS} events over ${transport}: ${told(without)}; beside one who does not read ${told(beside)}`,
      );
      expect(beside.peak - without.peak).toBeLessThan(50 * MIB);

      const seen = slow.positions.length;
      expect(seen).toBeLessThan(2 * EVENTS);
      const resumed = watch(transport, slow.positions.at(-1) ?? start);
      await expect.poll(() => seen + resumed.positions.length, { timeout: 120_000 }).toBe(2 * EVENTS);
      const all = await loggedAfter(start);
      expect([...slow.positions, ...resumed.positions]).toEqual(all);
      expect(steady.positions).toEqual(all);
      for (const { feed } of [resumed, steady]) feed.cut();
    },
    60_000 + EVENTS * 10,
  );
});

test('a client that sends requests and reads no responses is disconnected at once', async () => {
  const before = cutOffs();
  const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws');
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  await new Promise((resolve) => socket.once('message', resolve));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.pause();
  const start = await server.memory();
  const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(50_000) } });
  // Far more than the system keeps for a socket, on both sides.
  for (let n = 0; n < 1_000; n += 1) socket.send(ping);
  await expect.poll(cutOffs, { timeout: 20_000 }).toBe(before + 1);
  expect((await server.memory()) - start).toBeLessThan(50 * MIB);
  socket.resume();
  expect(await closed).toBe(4413);
});
