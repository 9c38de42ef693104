import { beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { type TestDatabase, useDatabase } from '../../harness/database.ts';

const db = useDatabase();
beforeAll(async () => {
  await db.database.sql`CREATE TABLE notes (note text)`;
});

const terminate = (pid: unknown) => db.database.sql`SELECT pg_terminate_backend(${Number(pid)}, 5000)`;

async function withOneConnection(work: (sql: TestDatabase['database']['sql']) => Promise<void>) {
  const other = openDatabase({ url: db.url, maxConnections: 1 });
  try {
    await work(other.sql);
    expect(await db.database.sql`SELECT * FROM notes`).toEqual([]);
  } finally {
    await other.close();
  }
}

test('a connection that is lost under a statement fails its transaction, and nothing else', () =>
  withOneConnection(async (sql) => {
    const failure = await sql
      .begin(async (tx) => {
        await tx`INSERT INTO notes VALUES ('lost')`;
        const [me] = await tx`SELECT pg_backend_pid() AS pid`;
        await Promise.all([tx`SELECT pg_sleep(60)`, terminate(me?.pid)]);
      })
      .catch((error) => error);
    expect(failure).toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET/) });
    expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  }));

test('work that goes on after the loss does nothing outside of its transaction', () =>
  withOneConnection(async (sql) => {
    let goOn = () => {};
    const connected = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let work: Promise<unknown> | undefined;
    const failure = await sql
      .begin((tx) => {
        work = (async () => {
          const [me] = await tx`SELECT pg_backend_pid() AS pid`;
          await terminate(me?.pid);
          await connected;
          await tx`INSERT INTO notes VALUES ('stray')`;
        })();
        return work;
      })
      .catch((error) => error);
    expect(failure).toMatchObject({ code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET/) });
    expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    goOn();
    await expect(work).rejects.toHaveProperty('code', 'CONNECTION_CLOSED');
  }));

test('a failure of the work itself is rolled back, and the connection serves on', () =>
  withOneConnection(async (sql) => {
    const failure = sql.begin(async (tx) => {
      await tx`INSERT INTO notes VALUES ('undone')`;
      throw new Error('no more');
    });
    await expect(failure).rejects.toThrow('no more');
    expect(await sql`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  }));

test('a transaction has limits, and leaves none behind', () =>
  withOneConnection(async (sql) => {
    const limits = (tx: Pick<typeof sql, 'unsafe'>) =>
      tx.unsafe(`SELECT current_setting('lock_timeout') AS lock,
        current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('statement_timeout') AS statement`);
    expect(await sql.begin((tx) => limits(tx))).toEqual([{ lock: '10s', idle: '1min', statement: '0' }]);
    expect(await limits(sql)).toEqual([{ lock: '0', idle: '0', statement: '0' }]);
  }));

test('a session that falls silent in a transaction lets go of what it holds', () =>
  withOneConnection(async (sql) => {
    const head = db.database.sql`UPDATE event_head SET position = position RETURNING position`;
    const silent = sql.begin(async (tx) => {
      await tx`UPDATE event_head SET position = position`;
      await tx`SET LOCAL idle_in_transaction_session_timeout = '100ms'`;
      await head;
    });
    await expect(silent).rejects.toMatchObject({
      code: expect.stringMatching(/CONNECTION_CLOSED|ECONNRESET/),
    });
    expect(await head).toHaveLength(1);
  }));
