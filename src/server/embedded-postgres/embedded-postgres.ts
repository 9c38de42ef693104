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
  initialiseCluster,
  openCluster,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
} from './postgres-cluster.ts';

/** Commits are on the disk before they are acknowledged: `fsync` and `synchronous_commit` are never turned off. */
const SETTINGS = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  max_connections: '100',
  // The tables are small enough, and the queries short enough, for compiling never to pay.
  jit: 'off',
  random_page_cost: '1.1',
  unix_socket_directories: '',
  log_checkpoints: 'off',
  // No statement of a client and no value of a row, which DETAIL holds, may stand in the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** A start can meet the last processes of a server that was killed: they end by themselves, within moments. */
const START_ATTEMPTS = 20;
const RETRY_MS = 500;

export interface EmbeddedPostgres extends ClusterUrls {
  /** Ends sessions and stops in order. */
  stop(): Promise<void>;
  /** Stops at once; the next start recovers. For a process that can't wait. */
  kill(): void;
}

/**
 * Runs PostgreSQL on `<dataFolder>/postgres`, for this process alone, until it is stopped. It is started again when
 * it dies: nothing that was committed is lost, and the pools connect again by themselves.
 *
 * @throws UsageError when another server works on the folder.
 */
export async function startEmbeddedPostgres(dataFolder: string, logger: Logger): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(path.join(path.resolve(dataFolder), 'postgres'));
  await sweepLeftBehind(path.dirname(cluster.folder), UNFINISHED_DATA);
  const password = await keepPassword(cluster);
  await initialiseCluster(cluster, password);
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
        logger.info('PostgreSQL is back');
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

/** The addresses of the folder's server when one is running, for commands that work beside it. */
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
