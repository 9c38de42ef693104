import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CHECKED_VERSION,
  type DriverConnection,
  type Query,
} from '../../../src/store/postgres/driver/undocumented.ts';
import { useDatabase } from '../../harness/database.ts';

/** What src/store/postgres/driver relies on: each member must be there, and do what is said of it. */
const db = useDatabase();
let client: postgres.Sql;
beforeAll(async () => {
  client = postgres(db.url, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await client.end();
});

test('the driver is the version that was looked through', () => {
  const path = new URL('../../../node_modules/postgres/package.json', import.meta.url);
  expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(CHECKED_VERSION);
});

test('a query goes where its handler takes it, keeps rows by forEachFn, and fails by reject', async () => {
  const routed = client`SELECT 1 AS one` as unknown as Query;
  const { handler } = routed;
  let routedTo: Query | undefined;
  routed.handler = (query) => {
    routedTo = query;
    handler(query);
  };
  const kept: unknown[] = [];
  routed.forEachFn = (row) => kept.push(row);
  await routed;
  expect(routedTo).toBe(routed);
  expect(kept).toEqual([{ one: 1 }]);

  const refused = client.unsafe('SELECT 1') as unknown as Query;
  refused.handler = (query) => query.reject(new Error('refused'));
  await expect(refused).rejects.toThrow('refused');
});

test('onexecute is given the connection, which executes queries and signals when all is answered', async () => {
  const own = postgres(db.url, { max: 1, onnotice: () => {} });
  try {
    let connection: DriverConnection | undefined;
    const answered = new Promise<void>((resolve) => {
      const onexecute = (driver: DriverConnection) => {
        driver.reserved = Object.assign(() => resolve(), { release: true as const });
        driver.queue.remove(driver);
        driver.queue = { remove: () => {} };
        connection = driver;
        return false;
      };
      void own.unsafe('SELECT 1', [], { onexecute } as never).execute();
    });
    await answered;
    const next = client`SELECT 2 AS two` as unknown as Query;
    next.handler = (query) => connection?.execute(query);
    expect(await next).toEqual([{ two: 2 }]);
  } finally {
    await own.end({ timeout: 0 });
  }
});

test('a client takes the options that another has parsed, fetch_types among them', async () => {
  const options = client.options as postgres.ParsedOptions & { fetch_types: unknown; shared: unknown };
  expect(options.fetch_types).toBe(true);
  expect(options.shared).toBeTypeOf('object');
  const other = postgres({ ...options, max: 1, fetch_types: false } as never);
  try {
    expect(await other`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  } finally {
    await other.end();
  }
});

test('the failure of a COPY after its last row reaches its statement, whose reject hears of it', async () => {
  await client.unsafe('CREATE TEMPORARY TABLE twice (number integer PRIMARY KEY)');
  const statement = client`COPY twice FROM STDIN`;
  const stream = await statement.writable();
  const reason = await new Promise<unknown>((resolve) => {
    (statement as unknown as Query).reject = resolve;
    stream.end('1\n1\n');
  });
  expect(reason).toMatchObject({ code: '23505' });
});
