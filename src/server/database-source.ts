import type { Logger } from 'pino';
import postgres from 'postgres';
import { runningEmbeddedUrl, startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.ts';
import type { Settings } from './settings/settings.ts';
import { UsageError } from './settings/usage-error.ts';

const OLDEST_MAJOR = 15;

/** Where the database is, and how it is left. */
export interface DatabaseSource {
  readonly url: string;
  /** A direct connection: for LISTEN, and for migrations, whose lock belongs to a session. */
  readonly listenUrl: string;
  stop(): Promise<void>;
  /** For a process that ends at once. */
  kill(): void;
}

/**
 * The server's database: the one named by DATABASE_URL, or the embedded one, started for this process.
 *
 * @throws UsageError when it can't be used.
 */
export async function openDatabaseSource(settings: Settings, logger: Logger): Promise<DatabaseSource> {
  if (settings.databaseUrl !== undefined) return external(settings.databaseUrl, settings);
  const embedded = await startEmbeddedPostgres(settings.dataFolder, logger);
  return { ...embedded, listenUrl: embedded.url };
}

/** For commands that work beside a server or without one: the running database, or one started for the command. */
export async function borrowDatabaseSource(settings: Settings, logger: Logger): Promise<DatabaseSource> {
  const running =
    settings.databaseUrl === undefined ? await runningEmbeddedUrl(settings.dataFolder) : undefined;
  if (running === undefined || !(await answers(running))) return openDatabaseSource(settings, logger);
  return { url: running, listenUrl: running, stop: async () => {}, kill: () => {} };
}

async function external(url: string, settings: Settings): Promise<DatabaseSource> {
  const listenUrl = settings.databaseListenUrl ?? url;
  await checkVersion('DATABASE_URL', url);
  if (url !== listenUrl) await checkVersion('DATABASE_LISTEN_URL', listenUrl);
  return { url, listenUrl, stop: async () => {}, kill: () => {} };
}

async function checkVersion(variable: string, url: string): Promise<void> {
  const version = await askVersion(url).catch((error: Error) => {
    throw new UsageError(`${variable}: ${withoutPassword(url)} does not answer (${error.message}).`);
  });
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    throw new UsageError(
      `${variable}: PostgreSQL ${version} is too old: ${OLDEST_MAJOR} or newer is needed.`,
    );
  }
}

async function answers(url: string): Promise<boolean> {
  return askVersion(url).then(
    () => true,
    () => false,
  );
}

async function askVersion(url: string): Promise<string> {
  const session = postgres(url, { max: 1, connect_timeout: 10, prepare: false, onnotice: () => {} });
  try {
    const [row] = await session`SHOW server_version`;
    return String(row?.server_version);
  } finally {
    await session.end({ timeout: 1 });
  }
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
