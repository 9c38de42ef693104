import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { UsageError } from '../settings/usage-error.ts';
import { evictOrphan } from './embedded-orphan.ts';
import { keepPassword, readPassword } from './embedded-password.ts';
import { prepareRoles } from './embedded-roles.ts';
import {
  type ClusterUrls,
  clusterUrls,
  type FolderLock,
  lockFolder,
  makeDatabase,
} from './embedded-sessions.ts';
import { sweepLeftBehind, UNFINISHED_DATA } from './left-behind.ts';
import {
  type Cluster,
  freePort,
  initializeCluster,
  openCluster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postgres-cluster.ts';

/** Commits are durable before they are acknowledged: `fsync` and `synchronous_commit` are never turned off. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  max_connections: '100',
  // The tables are so small, and the queries so short, that compilation never pays.
  jit: 'off',
  random_page_cost: '1.1',
  unix_socket_directories: '',
  log_checkpoints: 'off',
  // The log must contain neither statements of clients nor values of rows, which DETAIL would show.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** A start may find the last processes of a killed server: they end by themselves within moments. */
const START_ATTEMPTS = 20;
const RETRY_MS = 500;

interface EmbeddedPostgres extends ClusterUrls {
  /** Ends sessions and shuts down cleanly. */
  stop(): Promise<void>;
  /** Stops at once; the next start recovers. For a process that must exit immediately. */
  kill(): void;
}

/**
 * Runs PostgreSQL on `<dataFolder>/postgres`, for this process alone, until it is stopped. If it dies it is restarted:
 * nothing committed is lost, and the pools reconnect by themselves.
 *
 * @throws UsageError when another server uses the folder.
 */
export async function startEmbeddedPostgres(dataFolder: string, logger: Logger): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(path.join(path.resolve(dataFolder), 'postgres'));
  await sweepLeftBehind(path.dirname(cluster.folder), UNFINISHED_DATA);
  const password = await keepPassword(cluster);
  await initializeCluster(cluster, password);
  const port = await freePort();
  let running = await start(cluster, password, port, logger);
  await prepareRoles(password, port);
  let stopping = false;

  const supervise = () =>
    running.child.once('exit', async (code, signal) => {
      if (stopping) return;
      logger.error({ code, signal }, 'PostgreSQL ended unexpectedly: starting it again');
      try {
        running = await start(cluster, password, port, logger);
        logger.info('PostgreSQL is running again');
        supervise();
      } catch (error) {
        logger.fatal({ err: error }, `PostgreSQL does not start again: see ${cluster.logFile}`);
        process.exit(1);
      }
    });
  supervise();

  return {
    ...clusterUrls(password, port),
    stop: async () => {
      stopping = true;
      try {
        await running.lock.release();
      } finally {
        await stopPostmaster(cluster);
      }
    },
    kill: () => {
      stopping = true;
      running.child.kill('SIGQUIT');
    },
  };
}

/** The URLs of the folder's PostgreSQL if one is running, for commands that run beside it. */
export async function runningEmbedded(dataFolder: string): Promise<ClusterUrls | undefined> {
  const folder = path.join(path.resolve(dataFolder), 'postgres');
  const [postmaster, password] = await Promise.all([readPostmaster(folder), readPassword(folder)]);
  if (!postmaster?.ready || password === undefined) return undefined;
  return clusterUrls(password, postmaster.port);
}

async function start(
  cluster: Cluster,
  password: string,
  port: number,
  logger: Logger,
): Promise<{ child: ChildProcess; lock: FolderLock }> {
  for (let attempt = 1; ; attempt++) {
    try {
      await evictOrphan(cluster, password, logger);
      const child = await startPostmaster(cluster, port, SETTINGS);
      const lock = await lockFolder(cluster, password, port);
      await makeDatabase(password, port);
      return { child, lock };
    } catch (error) {
      if (attempt === START_ATTEMPTS || error instanceof UsageError) throw error;
      logger.debug({ err: error }, 'PostgreSQL did not start: trying again');
      await delay(RETRY_MS);
    }
  }
}
