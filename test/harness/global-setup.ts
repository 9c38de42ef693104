import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import {
  CLUSTER_USER,
  freePort,
  initializeCluster,
  openCluster,
  startPostmaster,
  stopPostmaster,
} from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { createTemplate } from './template-database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL of this run: its database `postgres`. */
    postgresUrl: string;
  }
}

/** What a test's database may do without: it need not survive a crash of the machine. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  unix_socket_directories: '',
};

/** One PostgreSQL for the run, with a migrated template; and `dist/` built, for the tests that start it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  build();
  const parent = await mkdtemp(path.join(tmpdir(), 'cardline-test-'));
  // The user that PostgreSQL runs as, when root runs the tests, must be able to enter.
  await chmod(parent, 0o755);
  const cluster = await openCluster(path.join(parent, 'postgres'));
  const password = 'test';
  await initializeCluster(cluster, password);
  const port = await freePort();
  await startPostmaster(cluster, port, FAST);
  const url = `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/postgres`;
  const tearDown = async () => {
    await stopPostmaster(cluster);
    await rm(parent, { recursive: true, force: true });
  };
  try {
    await createTemplate(url, migrate);
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide('postgresUrl', url);
  return tearDown;
}

/** A type error does not stop the tests: `tsc` writes its output all the same, and `npm run check` is what fails. */
function build(): void {
  spawnSync(process.execPath, [path.resolve('node_modules/typescript/bin/tsc'), '-p', 'src'], {
    stdio: ['ignore', process.stderr, process.stderr],
  });
}
