import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { InvalidConnectionUrl } from '../store/postgres/connection-url.ts';
import { outcomeUnknown, rolledBack } from '../store/postgres/database-errors.ts';
import { driverClient } from '../store/postgres/driver-client.ts';
import { checkPreparedStatements, PreparedStatementsLost } from '../store/postgres/pooler-check.ts';
import { grantServerRights } from '../store/postgres/server-rights.ts';
import { runningEmbedded, startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.ts';
import type { ClusterUrls } from './embedded-postgres/embedded-sessions.ts';
import type { Settings } from './settings/settings.ts';
import { UsageError } from './settings/usage-error.ts';

const OLDEST_MAJOR = 15;
/** How often a server that waits for its database asks again. */
const ASK_AGAIN_MS = 1_000;

/** The database does not answer now, and may later: nothing is wrong with the setting as far as anyone can tell. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

/** The URLs of the database, and how to release it. */
export interface DatabaseSource {
  readonly url: string;
  /** A direct connection: for LISTEN. */
  readonly listenUrl: string;
  /** Also direct, as the tables' owner if that is known to be another role: for migrations and to drop partitions. */
  readonly ownerUrl: string;
  /** Grants the server's role its rights on new tables after a migration, if the owner is known. */
  grantRights(): Promise<void>;
  /** The cluster's superuser, for backups. Embedded database only. */
  readonly superuserUrl?: string;
  stop(): Promise<void>;
  /** For a process that must exit immediately. */
  kill(): void;
}

/**
 * The server's database: the one named by DATABASE_URL, or the embedded one, started for this process.
 *
 * @param waiting until when a database that does not answer is waited for. If omitted, it is not.
 * @throws UsageError when it can't be used. @throws DatabaseUnreachable
 */
export async function openDatabaseSource(
  settings: Settings,
  logger: Logger,
  waiting?: AbortSignal,
): Promise<DatabaseSource> {
  const { databaseUrl } = settings;
  if (databaseUrl !== undefined) {
    return waiting
      ? whenReachable(() => external(databaseUrl, settings), logger, waiting)
      : external(databaseUrl, settings);
  }
  const embedded = await startEmbeddedPostgres(settings.dataFolder, logger);
  const { stop, kill } = embedded;
  const source = { ...asEmbedded(embedded), stop, kill };
  try {
    // For commands, which do not migrate, on a data folder of an earlier version.
    await source.grantRights();
  } catch (error) {
    await stop();
    throw error;
  }
  return source;
}

/** For commands that run beside a server or without one: the running database, or one started for the command. */
export async function borrowDatabaseSource(settings: Settings, logger: Logger): Promise<DatabaseSource> {
  const running = settings.databaseUrl === undefined ? await runningEmbedded(settings.dataFolder) : undefined;
  if (running === undefined || !(await answers(running.url))) return openDatabaseSource(settings, logger);
  return { ...asEmbedded(running), stop: async () => {}, kill: () => {} };
}

function asEmbedded({ url, ownerUrl, superuserUrl }: ClusterUrls) {
  const grantRights = () => grantServerRights(ownerUrl);
  return { url, listenUrl: url, ownerUrl, superuserUrl, grantRights };
}

async function external(url: string, settings: Settings): Promise<DatabaseSource> {
  const listenUrl = settings.databaseListenUrl ?? url;
  await checkVersion('DATABASE_URL', url);
  if (url !== listenUrl) await checkVersion('DATABASE_LISTEN_URL', listenUrl);
  if (settings.databasePreparedStatements) await refuseLostStatements(url);
  const nothing = async () => {};
  return { url, listenUrl, ownerUrl: listenUrl, grantRights: nothing, stop: nothing, kill: () => {} };
}

/** After the reboot of a site the server is often up before its database. */
async function whenReachable(
  open: () => Promise<DatabaseSource>,
  logger: Logger,
  waiting: AbortSignal,
): Promise<DatabaseSource> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      const source = await open();
      if (!isFirst) logger.info('The database answers: the start goes on');
      return source;
    } catch (error) {
      if (!(error instanceof DatabaseUnreachable)) throw error;
      if (isFirst) logger.warn(`Waiting for the database. ${error.message}`);
      await delay(ASK_AGAIN_MS, undefined, { signal: waiting });
    }
  }
}

async function refuseLostStatements(url: string): Promise<void> {
  try {
    await checkPreparedStatements(url);
  } catch (error) {
    if (!(error instanceof PreparedStatementsLost)) throw error;
    throw new UsageError(
      'DATABASE_URL: it leads through a pooler in transaction mode that loses prepared statements, such as PgBouncer before 1.21 or with max_prepared_statements = 0: set DATABASE_PREPARED_STATEMENTS=false, and DATABASE_LISTEN_URL to PostgreSQL itself.',
    );
  }
}

async function checkVersion(variable: string, url: string): Promise<void> {
  const version = await askVersion(url).catch((error: Error) => {
    if (error instanceof InvalidConnectionUrl) throw new UsageError(`${variable}: ${error.message}`);
    const message = `${variable}: ${withoutPassword(url)} does not answer (${error.message}).${tlsHint(url, error)}`;
    throw rolledBack(error) || outcomeUnknown(error)
      ? new DatabaseUnreachable(message)
      : new UsageError(message);
  });
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new UsageError(
      `${variable}: PostgreSQL ${version} is too old: ${OLDEST_MAJOR} or newer is needed.`,
    );
  }
}

/** A server without TLS takes the beginning of a TLS session for nonsense, and hangs up. */
function tlsHint(url: string, error: Error): string {
  const hangsUp = 'code' in error && error.code === 'ECONNRESET' && /[?&]sslmode=(require|verify)/.test(url);
  return hangsUp ? ' If it has no TLS, set ssl = on there, or sslmode=disable here.' : '';
}

async function answers(url: string): Promise<boolean> {
  return askVersion(url).then(
    () => true,
    () => false,
  );
}

async function askVersion(url: string): Promise<string> {
  const session = driverClient(url, { max: 1, connect_timeout: 10, prepare: false, onnotice: () => {} });
  try {
    const [row] = await session`SHOW server_version`;
    return String(row?.server_version);
  } finally {
    await session.end({ timeout: 1 });
  }
}

/** Not by `URL`, which takes one host only. */
function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1@').replace(/([?&]sslpassword=)[^&]*/g, '$1');
}
