import { once } from 'node:events';
import { createServer } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { inPipelinedTransaction } from '../../src/store/postgres/pipelined-transaction.ts';
import { useDatabase } from '../harness/database.ts';
import { wireTo } from '../harness/network/wire.ts';

const db = useDatabase();
beforeAll(async () => {
  await db.database.sql`CREATE TABLE counters (id int PRIMARY KEY, count int NOT NULL)`;
  await db.database.sql`INSERT INTO counters SELECT id, 0 FROM generate_series(1, 20) id`;
});

/** Ends all sessions of a pool, as a database that goes down does. */
const cutAll = () => db.database.sql`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%event_log%'`;

async function withPool(
  url: string,
  work: (sql: Database['sql']) => Promise<void>,
  maxConnections = 4,
): Promise<void> {
  const pool = openDatabase({ url, maxConnections });
  try {
    await work(pool.sql);
  } finally {
    await pool.close();
  }
}

const add = (sql: Database['sql'], id: number) =>
  inPipelinedTransaction(
    sql,
    {
      read: async (tx) => tx`SELECT count FROM counters WHERE id = ${id} FOR UPDATE`,
      decide: (rows) => rows.length,
      write: (tx) => [
        tx`SELECT ${'x'.repeat(50_000)}::text`,
        tx`UPDATE counters SET count = count + 1 WHERE id = ${id}`,
      ],
    },
    10_000,
  );

test(
  'queries and transactions fail and go on, however often their connections are lost',
  () =>
    withPool(db.url, async (sql) => {
      let [done, lost, goOn] = [0, 0, true];
      const client = async (id: number) => {
        while (goOn) {
          try {
            if (id % 2 === 0) await add(sql, id);
            else expect(await sql`SELECT id FROM counters WHERE id = ${id}`).toEqual([{ id }]);
            done += 1;
          } catch (error) {
            goOn = goOn && !(error as Error).message.includes('expected');
            expect(error).toHaveProperty(
              'code',
              expect.stringMatching(/^(CONNECTION_\w+|ECONNRESET|EPIPE|57P01)$/),
            );
            lost += 1;
          }
        }
      };
      const clients = Array.from({ length: 12 }, (_, index) => client(index + 1));
      for (let cut = 0; cut < 25; cut += 1) {
        const before = done;
        await cutAll();
        await expect.poll(() => done, { interval: 5, timeout: 10_000 }).toBeGreaterThan(before + 50);
      }
      goOn = false;
      await Promise.all(clients);
      expect(lost).toBeGreaterThan(25);
    }),
  60_000,
);

const ONE = [{ one: 1 }];

test('an answer begins with its first row, also after a statement that failed behind some of its own', () =>
  withPool(
    db.url,
    async (sql) => {
      await expect(sql`SELECT 1 / (3 - i) FROM generate_series(1, 3) i`).rejects.toHaveProperty(
        'code',
        '22012',
      );
      expect(await sql`SELECT 1 AS one`).toEqual(ONE);
      const last = sql`
        SELECT CASE WHEN i = 3 THEN pg_terminate_backend(pg_backend_pid()) END FROM generate_series(1, 3) i`;
      await expect(last).rejects.toHaveProperty('code', expect.stringMatching(/^(CONNECTION_CLOSED|57P01)$/));
      for (const _ of [1, 2, 3]) expect(await sql`SELECT 1 AS one`).toEqual(ONE);
    },
    1,
  ));

/** Between the error of a socket and its end: whoever hears of the error asks again at once, and others beside it. */
test('what is asked while a connection breaks is answered, and with its own answer', async () => {
  const wire = await wireTo(db.url);
  const ask = async (sql: Database['sql'], n: number) => {
    const rows = await sql`SELECT ${n}::int AS n`.catch((error) => error.code);
    if (Array.isArray(rows)) expect(rows).toEqual([{ n }]);
    else expect(rows).toMatch(/^(CONNECTION_\w+|ECONNRESET|EPIPE)$/);
  };
  const askMany = (sql: Database['sql']) =>
    Promise.all(Array.from({ length: 12 }, async (_, n) => ask(sql, n)));
  await withPool(wire.url, async (sql) => {
    for (let round = 0; round < 10; round += 1) {
      expect(await sql`SELECT 1 AS one`).toEqual(ONE);
      const waiting = sql`SELECT pg_sleep(60)`.execute();
      const rolledBack = sql.begin(async (tx) => tx`SELECT pg_sleep(60)`);
      const sleeping = () => db.database.sql`
        SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
      await expect.poll(sleeping, { interval: 5 }).toHaveLength(2);
      wire.reset();
      await Promise.all([waiting.catch(() => askMany(sql)), rolledBack.catch(() => askMany(sql))]);
      await new Promise(setImmediate);
      await askMany(sql);
      await db.database.sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'`;
      await expect.poll(sleeping, { interval: 5 }).toHaveLength(0);
    }
  });
  await wire.close();
}, 30_000);

test('a line that falls silent is given up, by queries and by the writer, and the next is fresh', async () => {
  const wire = await wireTo(db.url);
  const pool = openDatabase({
    url: wire.url,
    maxConnections: 3,
    timeouts: { queryMs: 1_000, tripMs: 500 },
  });
  const { sql } = pool;
  const silent = expect.objectContaining({ code: 'CONNECTION_CLOSED' });
  const busy = () => Promise.all(Array.from({ length: 6 }, (_, id) => add(sql, id + 1)));
  for (let round = 0; round < 3; round += 1) {
    await busy();
    wire.freeze();
    // As many as there are connections: each finds out for itself.
    const asked = await Promise.allSettled([add(sql, 1), add(sql, 2), sql`SELECT 1 AS one`]);
    for (const each of asked) expect(each).toEqual({ status: 'rejected', reason: silent });
    expect(await sql`SELECT 1 AS one`).toEqual(ONE);
    await busy();
  }
  // What takes long and is alive is left alone.
  const slept = sql.begin(async (tx) => {
    await tx`SELECT pg_sleep(2)`;
    return tx`SELECT 1 AS one`;
  });
  expect(await slept).toEqual(ONE);
  await pool.close();
  await wire.close();
}, 60_000);

test('the next host of the address is tried when one does not answer, and another day the first again', async () => {
  const { hostname, port } = new URL(db.url);
  const dead = createServer().listen(0, '127.0.0.1');
  await once(dead, 'listening');
  const { port: deadPort } = dead.address() as { port: number };
  await new Promise((resolve) => dead.close(resolve));
  const url = db.url.replace(`${hostname}:${port}`, `127.0.0.1:${deadPort},${hostname}:${port}`);
  await withPool(url, async (sql) => {
    expect(await sql`SELECT 1 AS one`).toEqual(ONE);
    expect(await Promise.all([1, 2, 3, 4].map((n) => sql`SELECT ${n}::int AS n`))).toHaveLength(4);
    await cutAll();
    await expect.poll(() => sql`SELECT 1 AS one`.catch(() => [])).toEqual(ONE);
  });
});

test('a server that does not answer is an error at once', () =>
  withPool('postgres://nobody@127.0.0.1:1/none', async (sql) => {
    await expect(sql`SELECT 1`).rejects.toHaveProperty('code', 'ECONNREFUSED');
    await expect(add(sql, 1)).rejects.toHaveProperty('code', 'ECONNREFUSED');
    await expect(sql`SELECT 1`).rejects.toHaveProperty('code', 'ECONNREFUSED');
  }));
