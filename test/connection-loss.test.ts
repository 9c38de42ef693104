import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Sql } from '../src/store/database.ts';
import { inTwoTrips } from '../src/store/two-trips.ts';
import { createTestDatabase, type TestDatabase } from './harness/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.sql`CREATE TABLE counters (id int PRIMARY KEY, count int NOT NULL)`;
  await db.database.sql`INSERT INTO counters SELECT id, 0 FROM generate_series(1, 20) id`;
});
afterAll(() => db.drop());

/** Ends all sessions of a pool, as a database that goes down does. */
const cutAll = () => db.database.sql`
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND query NOT LIKE '%event_log%'`;

async function withPool(url: string, work: (sql: Sql) => Promise<void>): Promise<void> {
  const pool = openDatabase({ url, maxConnections: 4 });
  try {
    await work(pool.sql);
  } finally {
    await pool.close();
  }
}

const add = (sql: Sql, id: number) =>
  inTwoTrips(
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

test('the next host of the address is tried when one does not answer, and another day the first again', async () => {
  const { hostname, port } = new URL(db.url);
  const dead = createServer().listen(0, '127.0.0.1');
  await once(dead, 'listening');
  const { port: deadPort } = dead.address() as { port: number };
  await new Promise((resolve) => dead.close(resolve));
  const url = db.url.replace(`${hostname}:${port}`, `127.0.0.1:${deadPort},${hostname}:${port}`);
  await withPool(url, async (sql) => {
    expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    expect(await Promise.all([1, 2, 3, 4].map((n) => sql`SELECT ${n}::int AS n`))).toHaveLength(4);
    await cutAll();
    await expect.poll(() => sql`SELECT 1 AS one`.catch(() => [])).toEqual([{ one: 1 }]);
  });
});

test('a server that does not answer is an error at once', () =>
  withPool('postgres://nobody@127.0.0.1:1/none', async (sql) => {
    await expect(sql`SELECT 1`).rejects.toHaveProperty('code', 'ECONNREFUSED');
    await expect(add(sql, 1)).rejects.toHaveProperty('code', 'ECONNREFUSED');
    await expect(sql`SELECT 1`).rejects.toHaveProperty('code', 'ECONNREFUSED');
  }));
