import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RareLine, slowOperations, watchLocks } from '../../src/server/observability/slow-watch.ts';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { longestLockWait, withoutValues } from '../../src/store/postgres/lock-waits.ts';
import { useDatabase } from '../harness/database.ts';

const db = useDatabase();
beforeAll(async () => {
  await db.database.sql`CREATE TABLE doors (id int PRIMARY KEY, note text)`;
  await db.database.sql`INSERT INTO doors VALUES (1, ''), (2, '')`;
});

function listeningLogger() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { base: { instance: 'this one' } },
    { write: (line: string) => lines.push(JSON.parse(line)) },
  );
  return { lines, logger };
}

const other = { database: undefined as ReturnType<typeof openDatabase> | undefined };
beforeAll(() => {
  other.database = openDatabase({ url: db.url, maxConnections: 2, instanceName: 'night-shift' });
});
afterAll(() => other.database?.close());

test('while sessions wait for a lock, the log says who holds it, at the head of the queue, and no values', async () => {
  const { sql } = db.database;
  const { lines, logger } = listeningLogger();
  const holder = other.database?.sql;
  if (!holder) throw new Error('There is no other instance.');
  const stop = watchLocks(sql, logger, { checkEveryMs: 50 });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let pid = 0;
  const holding = holder.begin(async (tx) => {
    const [row] = await tx`SELECT pg_backend_pid() AS pid`;
    pid = row?.pid;
    await tx.unsafe(`UPDATE doors SET note = 'PIN 4711 0815' WHERE id = 1`);
    await held;
  });
  await expect.poll(() => pid).toBeGreaterThan(0);
  // The first waits for the holder, the second for the first.
  const first = sql.begin(async (tx) => {
    await tx`UPDATE doors SET note = 'first' WHERE id = 2`;
    await tx`UPDATE doors SET note = 'first' WHERE id = 1`;
  });
  await expect
    .poll(
      () => sql`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    .toHaveLength(1);
  const second = sql.begin(async (tx) => tx`UPDATE doors SET note = ${'+393331234567'} WHERE id = 2`);
  await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
  await expect.poll(async () => (await longestLockWait(sql, 1))?.sessions, { timeout: 10_000 }).toBe(2);
  expect(lines).toEqual([
    expect.objectContaining({
      instance: 'this one',
      msg: 'Transactions wait for a lock of another session',
      waiting: 'UPDATE doors SET note = ? WHERE id = ?',
      heldBy: expect.objectContaining({
        pid,
        applicationName: 'cardline night-shift',
        state: 'idle in transaction',
        query: 'UPDATE doors SET note = ? WHERE id = ?',
      }),
    }),
  ]);
  release();
  await Promise.all([holding, first, second]);
  await stop();
  expect(await longestLockWait(sql, 0)).toBeUndefined();
  // At most one in five seconds, however often it was looked for.
  expect(lines).toHaveLength(1);
});

test('a statement is shown without its literals', () => {
  const shown: [string, string][] = [
    [
      "UPDATE cards SET note = 'O''Brien', pin = E'a\\'b' WHERE id = 12 AND x > -1.5e3",
      'UPDATE cards SET note = ?, pin = ? WHERE id = ? AND x > ?',
    ],
    ['SELECT $1, $tag$4711$tag$, $$0815$$ -- 4711\n FROM t2 /* 4711 */', 'SELECT $1, ?, ? FROM t2'],
    ["SELECT 'unfinished 4711", 'SELECT ?'],
  ];
  for (const [query, expected] of shown) expect(withoutValues(query)).toBe(expected);
  expect(withoutValues('SELECT a, '.repeat(100))).toHaveLength(201);
});

test('slow operations are logged with their request id, one line in five seconds', () => {
  const { lines, logger } = listeningLogger();
  const note = slowOperations(logger);
  const operation = { operation: 'cards', transport: 'http', requestId: 'r1' };
  note({ ...operation, seconds: 0.9 });
  expect(lines).toEqual([]);
  note({ ...operation, seconds: 1.5 });
  note({ ...operation, seconds: 2 });
  expect(lines).toEqual([
    expect.objectContaining({ ...operation, seconds: 1.5, others: 0, msg: 'A slow operation' }),
  ]);
  const line = new RareLine(5_000);
  expect([0, 1, 4_999, 5_000, 5_001, 10_000].map((now) => line.next(now))).toEqual([
    0,
    undefined,
    undefined,
    2,
    undefined,
    1,
  ]);
});
