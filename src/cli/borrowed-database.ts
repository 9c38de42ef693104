import { existsSync } from 'node:fs';
import path from 'node:path';
import { borrowDatabaseSource, type DatabaseSource } from '../server/database-source.ts';
import { createLogger } from '../server/observability/logger.ts';
import { loadEnvFile, readSettings, type Settings } from '../server/settings/settings.ts';
import { UsageError } from '../server/settings/usage-error.ts';
import { type Database, openDatabase } from '../store/postgres/database.ts';

/** A command works alone: one connection at work, one to spare. */
const CONNECTIONS = 2;

/**
 * Lends a command the server's database, with the server's own settings: the one DATABASE_URL names, the embedded one
 * of a running server, or the embedded one started for as long as the command takes. It makes no tables: a command
 * newer than a running server must not change them under it.
 *
 * @throws UsageError when there is no database, or one without tables.
 */
export async function withDatabase<Result>(
  work: (database: Database, settings: Settings, directUrl: string) => Promise<Result>,
): Promise<Result> {
  loadEnvFile();
  const settings = readSettings(process.env);
  refuseEmptyFolder(settings);
  const source = await borrowDatabaseSource(settings, createLogger(settings.logLevel));
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

/** Starting PostgreSQL there would only make an empty one. */
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

/** A command that is interrupted leaves no PostgreSQL of its own behind. What it had not committed is gone. */
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
