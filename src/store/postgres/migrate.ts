import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as applyMigrations } from 'drizzle-orm/pg-core/async/session';
import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import { lockTimedOut } from './database-errors.ts';
import { driverClient } from './driver-client.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../drizzle', import.meta.url));

/** Arbitrary fixed number; only this program takes the lock. */
export const MIGRATION_LOCK = 4_220_761_301;

/**
 * How long a step waits for a lock on a table. Whoever needs the table meanwhile queues behind it: with one long reader
 * before it, the whole server would wait for that reader.
 */
const LOCK_TIMEOUT_MS = 1_000;
/** The others' turn, between two attempts. */
const LOCK_PAUSE_MS = 1_000;
const LOCK_DEADLINE_MS = 10 * 60_000;

/** The migrations from an empty database to the schema that this program knows, by name, in order. */
interface SchemaState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** A newer program has migrated the database: what this one writes could break guarantees of the newer one. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  constructor(unknown: readonly string[]) {
    super(
      `The database's schema is newer than this program: it has ${unknown.join(', ')}. Start the newer version, or restore a backup of before.`,
    );
  }
}

/** A step got no lock on a table in time: the schema is that of the step before. */
export class TableInUse extends Error {
  override readonly name = 'TableInUse';
  constructor(step: string) {
    super(
      `The migration ${step} got no lock on a table within ${LOCK_DEADLINE_MS / 60_000} minutes: end the long transactions that pg_stat_activity shows, and start again.`,
    );
  }
}

/**
 * Migrates the database's schema to the current version. Several instances may start at once: one migrates, the others
 * wait. Each migration is one transaction, since a value added to an enum can't be used before it is committed; after a
 * failed migration the schema is that of the one before. A step that gets no lock on a table soon lets the others pass
 * and tries again.
 *
 * @returns the migrations that were applied
 * @throws NewerSchema, TableInUse
 */
export async function migrate(url: string, migrationsFolder = MIGRATIONS_FOLDER): Promise<readonly string[]> {
  const client = driverClient(url, { max: 1, onnotice: () => {} });
  try {
    await client`SELECT pg_advisory_lock(${MIGRATION_LOCK})`;
    const { pending } = await compare(client, migrationsFolder);
    await client`SELECT set_config('lock_timeout', ${`${LOCK_TIMEOUT_MS}ms`}, false)`;
    const db = drizzle({ client });
    const migrations = readMigrationFiles({ migrationsFolder });
    for (const step of pending) {
      const upTo = migrations.filter(({ name }) => name <= step);
      await untilLocked(step, () => applyMigrations(upTo, db, { migrationsFolder }));
    }
    return pending;
  } finally {
    // Ending the connection releases the lock, even after a failure.
    await client.end({ timeout: 5 });
  }
}

/** @throws TableInUse */
async function untilLocked(step: string, apply: () => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + LOCK_DEADLINE_MS;
  for (;;) {
    try {
      await apply();
      return;
    } catch (error) {
      if (!lockTimedOut(error instanceof Error ? (error.cause ?? error) : error)) throw error;
      if (performance.now() > deadline) throw new TableInUse(step);
      await delay(LOCK_PAUSE_MS);
    }
  }
}

/** The migrations that are applied and those that are pending; changes nothing. @throws NewerSchema */
export async function schemaState(url: string): Promise<SchemaState> {
  const client = driverClient(url, { max: 1, onnotice: () => {} });
  try {
    return await compare(client, MIGRATIONS_FOLDER);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/** Whether the schema is the one that this program knows. */
export async function isCurrent(client: postgres.Sql): Promise<boolean> {
  try {
    return (await compare(client, MIGRATIONS_FOLDER)).pending.length === 0;
  } catch (error) {
    if (error instanceof NewerSchema) return false;
    throw error;
  }
}

async function compare(client: postgres.Sql, migrationsFolder: string): Promise<SchemaState> {
  const known = readMigrationFiles({ migrationsFolder }).map(({ name }) => name);
  const [found] = await client<{ there: boolean }[]>`
    SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS there`;
  const rows = found?.there
    ? await client<{ name: string }[]>`SELECT name FROM drizzle.__drizzle_migrations ORDER BY name`
    : [];
  const applied = rows.map(({ name }) => name);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new NewerSchema(unknown);
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}
