import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { EventTail } from '../../src/realtime/event-tail.ts';
import { appendEvents, headPlace, type LogPlace } from '../../src/store/events/event-log.ts';
import { OPERATOR } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { headPosition } from '../harness/positions.ts';

const TIMEOUTS = { timeout: 10_000 };
/** Longer than any test: nothing is found by polling. */
const NEVER_MS = 3_600_000;

const db = useDatabase();

async function append(count = 1): Promise<void> {
  const event = {
    type: 'PARTNER_CREATED' as const,
    actorId: OPERATOR.actorId,
    payload: { name: 'New', currency: 'EUR' },
  };
  await db.database.sql.begin((tx) => appendEvents(tx, Array(count).fill(event)));
}

/** A tail from here on, and the positions that it told. */
async function follow(pollMs: number) {
  const { sql } = db.database;
  const place = await headPlace(sql);
  const from = place.position;
  const lost: LogPlace[] = [];
  const told: bigint[] = [];
  const errors: unknown[] = [];
  const tail = new EventTail({
    sql,
    listenUrl: db.url,
    from: place,
    pollMs,
    onEvents: (events) => told.push(...events.map(({ position }) => position)),
    onLost: async (last) => {
      lost.push(last);
      return headPlace(sql);
    },
    onDeaf: () => errors.push('deaf'),
    onError: (error) => errors.push(error),
  });
  await tail.start();
  const all = async () => {
    const head = await headPosition(sql);
    return Array.from({ length: Number(head - from) }, (_, n) => from + BigInt(n) + 1n);
  };
  return { tail, told, lost, errors, all };
}

/** The server's side of the connections that listen. */
const listeners = () => db.database.sql<{ pid: number }[]>`
  SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'cardline tail' AND query ILIKE 'listen%'`;

async function killListener(): Promise<void> {
  const [{ pid } = { pid: 0 }] = await listeners();
  await db.database.sql`SELECT pg_terminate_backend(${pid}, 5000)`;
}

test('wakes by NOTIFY alone, in order and once', async () => {
  const { tail, told, errors, all } = await follow(NEVER_MS);
  await Promise.all(Array.from({ length: 50 }, (_, n) => append(1 + (n % 7))));
  await append(2_500);
  await expect.poll(() => told.length, TIMEOUTS).toBe((await all()).length);
  expect(told).toEqual(await all());
  expect(errors).toEqual([]);
  await tail.stop();
});

test('listens again when its connection is killed, and reads what happened meanwhile without polling', async () => {
  const { tail, told, all } = await follow(NEVER_MS);
  for (let kill = 0; kill < 5; kill += 1) {
    await killListener();
    await append(3);
    await expect.poll(() => told.length, TIMEOUTS).toBe((await all()).length);
    // By the bell again, not by having connected.
    await append();
    await expect.poll(() => told.length, TIMEOUTS).toBe((await all()).length);
  }
  expect(told).toEqual(await all());
  await tail.stop();
});

test('goes on by polling while it cannot listen, and listens when it can', async () => {
  const { tail, told, all } = await follow(50);
  const { pathname } = new URL(db.url);
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  const allow = (connections: boolean) =>
    admin.unsafe(`ALTER DATABASE "${pathname.slice(1)}" ALLOW_CONNECTIONS ${connections}`);
  await allow(false);
  try {
    await killListener();
    await append(4);
    await expect.poll(() => told.length, TIMEOUTS).toBe((await all()).length);
    expect(await listeners()).toHaveLength(0);
  } finally {
    await allow(true);
  }
  await expect.poll(async () => (await listeners()).length, { timeout: 20_000 }).toBe(1);
  await append();
  await expect.poll(() => told.length, TIMEOUTS).toBe((await all()).length);
  expect(told).toEqual(await all());
  await tail.stop();
  await admin.end();
});

/** As when a standby that lacked the latest events is promoted: the log ends earlier, and other events may follow. */
async function loseLast(count: number, thenAppend: number): Promise<void> {
  const event = {
    type: 'PARTNER_CREATED' as const,
    actorId: OPERATOR.actorId,
    payload: { name: 'Other', currency: 'EUR' },
  };
  await db.database.sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`DELETE FROM events WHERE position > (SELECT position - ${count}::int FROM event_head)`;
    await tx`UPDATE event_head SET position = position - ${count}::int`;
    if (thenAppend > 0) await appendEvents(tx, Array(thenAppend).fill(event));
  });
}

test.each([
  ['fewer', 0],
  ['fewer than before', 3],
  ['as many', 10],
  ['more', 15],
])('notices events that were lost, when %s followed in their place', async (_case, following) => {
  const { tail, told, lost } = await follow(20);
  await append(20);
  await expect.poll(() => told.length, TIMEOUTS).toBe(20);
  const seen = await headPlace(db.database.sql);
  await loseLast(10, following);
  await expect.poll(() => lost, TIMEOUTS).toEqual([seen]);
  const head = await headPosition(db.database.sql);
  await append(2);
  await expect.poll(() => told.slice(20), TIMEOUTS).toEqual([head + 1n, head + 2n]);
  expect(lost).toHaveLength(1);
  await tail.stop();
});

test('says when it cannot read the log, and reads on when it can', async () => {
  const { sql } = db.database;
  const { tail, told, errors, all } = await follow(20);
  await sql`ALTER TABLE events RENAME TO events_elsewhere`;
  await expect.poll(() => errors.length, TIMEOUTS).toBeGreaterThan(1);
  await sql`ALTER TABLE events_elsewhere RENAME TO events`;
  await append(3);
  await expect.poll(() => told.length, TIMEOUTS).toBe(3);
  expect(told).toEqual(await all());
  await tail.stop();
});
