import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { useFixture } from './fixture.ts';
import { leakDetector } from './leak-detector.ts';
import { databaseUrl, TEMPLATE } from './template-database.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /**
   * Closes the pool and drops the database. Fails when something else is still connected: that is a leak; and so is a PIN
   * or a credential in one of its tables, or in what the servers of this file have logged.
   */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  maxConnections?: number;
}

/**
 * A database of its own for a test file, with the migrated schema: made before the file's hooks and tests, dropped after
 * them. Its pool connects at the first query, so that `sql` may be taken from it at the top of the file.
 */
export function useDatabase(options: TestDatabaseOptions = {}): TestDatabase {
  const { create, ...db } = nameDatabase(options);
  useFixture({ start: create, stop: db.drop });
  return db;
}

/** One for each test of a file. */
export function useDatabasePerTest(options: TestDatabaseOptions = {}): TestDatabase {
  return useFixture({
    start: () => createTestDatabase(options),
    stop: (db) => db.drop(),
    scope: 'test',
  });
}

/** One for a part of a test, which drops it. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { create, ...db } = nameDatabase(options);
  await create();
  return db;
}

function nameDatabase({ maxConnections = 8 }: TestDatabaseOptions) {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = databaseUrl(inject('postgresUrl'), name);
  const database = openDatabase({ url, maxConnections });
  return {
    url,
    database,
    create: () =>
      asAdministrator((admin) => admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(TEMPLATE)}`),
    drop: async () => {
      const leaks = await leakDetector.leaksIn(database.sql);
      await database.close();
      await asAdministrator((admin) => drop(admin, name));
      if (leaks.length > 0) throw new Error(leaks.join('\n'));
    },
  };
}

/** PostgreSQL waits five seconds for backends that are on their way out, and refuses while one stays. */
async function drop(admin: postgres.Sql, name: string): Promise<void> {
  const open = await admin`SELECT application_name FROM pg_stat_activity WHERE datname = ${name}`;
  try {
    await admin`DROP DATABASE ${admin(name)}`;
  } catch (error) {
    await admin`DROP DATABASE ${admin(name)} WITH (FORCE)`;
    throw new Error(`Connections were left open: ${open.map((row) => row.application_name).join(', ')}`, {
      cause: error,
    });
  }
}

async function asAdministrator<Result>(work: (admin: postgres.Sql) => Promise<Result>): Promise<Result> {
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
