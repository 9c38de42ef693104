import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { useApi, useInstance } from './api.ts';
import { createTestDatabase, useDatabase, useDatabasePerTest } from './database.ts';
import { useFixture } from './fixture.ts';
import { databaseUrl } from './template-database.ts';

const admin = postgres(inject('postgresUrl'), { max: 1 });
afterAll(() => admin.end());

const nameOf = (url: string) => new URL(url).pathname.slice(1);
const exists = async (url: string) =>
  (await admin`SELECT 1 FROM pg_database WHERE datname = ${nameOf(url)}`).length === 1;
const answers = (url: string) =>
  fetch(url.replace('/graphql', '/healthz')).then(
    ({ ok }) => ok,
    () => false,
  );

/** What the fixtures of one block left for the next to look at. */
const left: { databases: string[]; servers: string[] } = { databases: [], servers: [] };

describe('while a block runs', () => {
  const db = useDatabase();
  const api = useApi();
  const second = useInstance(api);
  const { sql } = db.database;

  beforeAll(async () => {
    // Hooks of the block find them up.
    await sql`CREATE TABLE made_by_a_hook ()`;
  });

  test('its database has the migrated schema', async () => {
    const [row] = await sql`SELECT position FROM event_head`;
    expect(row?.position).toBe(0n);
    expect(await sql`SELECT * FROM made_by_a_hook`).toEqual([]);
    left.databases.push(db.url);
  });

  test('its servers answer', async () => {
    expect(await Promise.all([api.url, second.url].map(answers))).toEqual([true, true]);
    expect(second.url).not.toBe(api.url);
    left.databases.push(api.db.url);
    left.servers.push(api.url, second.url);
  });
});

test('after a block its databases are gone and its servers stopped', async () => {
  expect(left.databases).toHaveLength(2);
  expect(await Promise.all(left.databases.map(exists))).toEqual([false, false]);
  expect(left.servers).toHaveLength(2);
  expect(await Promise.all(left.servers.map(answers))).toEqual([false, false]);
});

describe('a database for each test', () => {
  const db = useDatabasePerTest({ maxConnections: 2 });
  const seen: string[] = [];
  test.each([1, 2])('is a new one in test %i', async (n) => {
    await db.database.sql`CREATE TABLE made_by_a_test ()`;
    seen.push(db.url);
    expect(new Set(seen).size).toBe(n);
    for (const earlier of seen.slice(0, -1)) expect(await exists(earlier)).toBe(false);
  });
});

describe('fixtures', () => {
  const order: string[] = [];
  const noting = (name: string) =>
    useFixture({
      start: async () => ({ name, at: order.push(`start ${name}`) }),
      stop: async () => order.push(`stop ${name}`),
    });

  describe('of one block', () => {
    const outer = noting('outer');
    noting('inner');
    beforeAll(() => {
      order.push('hook');
    });
    afterAll(() => {
      order.push('last hook');
    });
    test('are there for its tests', () => {
      order.push('test');
      expect(outer).toEqual({ name: 'outer', at: 1 });
    });
  });

  test('start in order, around its hooks, and stop in the opposite order', () => {
    expect(order).toEqual([
      'start outer',
      'start inner',
      'hook',
      'test',
      'last hook',
      'stop inner',
      'stop outer',
    ]);
  });
});

test('a database that something is still connected to is reported as a leak', async () => {
  const db = await createTestDatabase();
  const forgotten = postgres(databaseUrl(inject('postgresUrl'), nameOf(db.url)), {
    max: 1,
    connection: { application_name: 'forgotten' },
    onclose: () => {},
  });
  await forgotten`SELECT 1`;
  await expect(db.drop()).rejects.toThrow('Connections were left open: forgotten');
  await forgotten.end();
  expect(await exists(db.url)).toBe(false);
});
