import { existsSync } from 'node:fs';
import path from 'node:path';
import { borrowDatabaseSource, type DatabaseSource } from '../server/database-source.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings, type Settings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type Database, openDatabase } from '../store/postgres/database.ts';

/** A command needs one connection, and has one in reserve. */
const CONNECTIONS = 2;

/**
 * Runs a command on the server's database, with the server's settings: the one that DATABASE_URL names, the embedded one
 * of a running server, or the embedded one, started for the duration of the command. It does not migrate: a command
 * newer than a running server must not change the tables under it.
 *
 * @throws UsageError when there is no database, or one without tables.
 */
export async function withDatabase<Result>(
  work: (database: Database, settings: Settings, directUrl: string) => Promise<Result>,
): Promise<Result> {
  loadEnvFile();
  const settings = readSettings(process.env);
  refuseEmptyFolder(settings);
  const source = await borrowDatabaseSource(settings, createLogger(settings.logLevel, settings.instanceName));
  const forgetSignals = killOnSignal(source);
  try {
    const database = openDatabase({
      url: source.url,
      maxConnections: CONNECTIONS,
      preparedStatements: settings.databasePreparedStatements,
    });
    try {
      await refuseWithoutTables(database);
      return await work(database, settings, source.listenUrl);
    } finally {
      await database.close();
    }
  } finally {
    await source.stop();
    forgetSignals();
  }
}

/** Starting PostgreSQL in an empty folder would only make an empty database. */
function refuseEmptyFolder({ databaseUrl, dataFolder }: Settings): void {
  if (databaseUrl !== undefined || existsSync(path.join(dataFolder, 'postgres'))) return;
  throw new UsageError(
    `There is no database in ${path.resolve(dataFolder)}: run the command where the server runs, or set CARDLINE_DATA_DIR or DATABASE_URL.`,
  );
}

async function refuseWithoutTables({ sql }: Database): Promise<void> {
  const [row] = await sql<{ found: boolean }[]>`SELECT to_regclass('event_head') IS NOT NULL AS found`;
  if (!row?.found)
    throw new UsageError('The database has no tables yet: the first start of the server makes them.');
}

/** An interrupted command stops the PostgreSQL it has started. What it had not committed is lost. */
function killOnSignal(source: DatabaseSource): () => void {
  const end = (signal: NodeJS.Signals) => {
    source.kill();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return () => {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  };
}
