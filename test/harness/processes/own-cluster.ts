import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  CLUSTER_USER,
  type Cluster,
  freePort,
  initializeCluster,
  openCluster,
  startPostmaster,
  stopPostmaster,
} from '../../../src/server/embedded-postgres/postgres-cluster.ts';

export interface OwnCluster {
  /** Its database `postgres`. */
  readonly url: string;
  /** kill -9 of PostgreSQL; up again, recovered, when it resolves. */
  killAndStart(): Promise<void>;
  /** Keeps its data as they are now, as a standby has them that gets no more. Restarts PostgreSQL. */
  keepCopy(): Promise<void>;
  /** PostgreSQL with these data takes its place: every later commit is lost. */
  returnToCopy(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);

/** What is acknowledged must outlive the process, though not the machine. */
const SETTINGS = { fsync: 'off', max_connections: '100', unix_socket_directories: '' };

export interface OwnClusterOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Puts files into its data folder before it starts. */
  files?(cluster: Cluster): Promise<void>;
}

/** A PostgreSQL that a test may kill, since nobody else is on it. */
export async function startOwnCluster({
  files = async () => {},
  ...more
}: OwnClusterOptions = {}): Promise<OwnCluster> {
  const parent = await mkdtemp(path.join(tmpdir(), 'cardline-own-'));
  await chmod(parent, 0o755);
  const cluster = await openCluster(path.join(parent, 'postgres'));
  await initializeCluster(cluster, 'test');
  await files(cluster);
  const settings = { ...SETTINGS, ...more.settings };
  const port = await freePort();
  let postmaster = await startPostmaster(cluster, port, settings);

  const start = async (): Promise<ChildProcess> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startPostmaster(cluster, port, settings);
      } catch (error) {
        // Its children have the memory until they have seen that it is gone.
        if (attempt === 100) throw error;
        await delay(50);
      }
    }
  };
  const copy = path.join(parent, 'copy');
  const kill = async () => {
    const gone = once(postmaster, 'exit');
    postmaster.kill('SIGKILL');
    await gone;
  };
  return {
    url: `postgres://${CLUSTER_USER}:test@127.0.0.1:${port}/postgres`,
    killAndStart: async () => {
      await kill();
      postmaster = await start();
    },
    keepCopy: async () => {
      await stopPostmaster(cluster);
      // With the owner of each file.
      await run('cp', ['-a', cluster.folder, copy]);
      postmaster = await start();
    },
    returnToCopy: async () => {
      await kill();
      await rm(cluster.folder, { recursive: true });
      await rename(copy, cluster.folder);
      postmaster = await start();
    },
    remove: async () => {
      await stopPostmaster(cluster);
      await rm(parent, { recursive: true, force: true });
    },
  };
}
