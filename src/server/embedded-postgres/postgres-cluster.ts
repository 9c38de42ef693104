import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { PostgresLog } from './postgres-log.ts';
import { findPostgresUser, launch, type PostgresUser } from './postgres-user.ts';

/** How long a start may take: recovery after a crash replays at most `max_wal_size`. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_SECONDS = 60;
const POLL_MS = 20;

/** The owner of the cluster, a PostgreSQL superuser. */
export const CLUSTER_USER = 'cardline';

/** A data folder of PostgreSQL, and how to run its programs. */
export interface Cluster {
  readonly folder: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly user: PostgresUser;
}

/** What `postmaster.pid` says about the server that uses, or used, a folder. */
interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Makes the parent of the cluster's folder, and finds out how to run the programs there. */
export async function openCluster(folder: string): Promise<Cluster> {
  const parent = path.dirname(folder);
  // The user PostgreSQL runs as must be able to traverse the folder; each file in it has its own permissions.
  await mkdir(parent, { recursive: true, mode: 0o711 });
  const binaries = await findPostgresBinaries();
  const user = await findPostgresUser(parent);
  return {
    folder: path.join(await realpath(parent), path.basename(folder)),
    logFile: `${folder}.log`,
    binaries,
    user,
  };
}

/** Initializes the folder when it is empty. An interrupted start leaves no half-made cluster behind. */
export async function initializeCluster(cluster: Cluster, password: string): Promise<void> {
  if (existsSync(path.join(cluster.folder, 'PG_VERSION'))) return;
  const unfinished = `${cluster.folder}.new-${process.pid}`;
  const passwordFile = path.join(unfinished, 'password');
  // In a container a start may have the process id of its predecessor, which was killed.
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(cluster.user, unfinished, passwordFile);
  try {
    await run(cluster, cluster.binaries.initdb, unfinished, (folder) => [
      `--pgdata=${folder}/files`,
      `--username=${CLUSTER_USER}`,
      `--pwfile=${folder}/password`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
    ]);
    // Of two concurrent starts, one makes the cluster and both find it.
    await rename(path.join(unfinished, 'files'), cluster.folder).catch(ignore('ENOTEMPTY', 'EEXIST'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Starts PostgreSQL on loopback and waits until it accepts connections. */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const log = new PostgresLog(cluster.logFile);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = await launch(cluster.user, {
    file: cluster.binaries.postgres,
    folder: cluster.folder,
    args: (folder) => ['-D', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', ...options],
    output: 'pipe',
  });
  if (child.stdout) log.follow(child.stdout);
  if (child.stderr) log.follow(child.stderr);
  await readiness(cluster, child, log);
  return child;
}

async function readiness(cluster: Cluster, child: ChildProcess, log: PostgresLog): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const postmaster = await readPostmaster(cluster.folder);
    if (postmaster?.pid === child.pid && postmaster?.ready) return;
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(log.lastWords());
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not start in ${START_LIMIT_MS / 1_000} s.`);
    await delay(POLL_MS);
  }
}

/** A fast shutdown: rolls back open transactions, writes a checkpoint and stops, also a server of another process. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  await run(cluster, cluster.binaries.pgCtl, cluster.folder, (folder) => [
    'stop',
    '-D',
    folder,
    '-m',
    'fast',
    '-w',
    '-t',
    String(STOP_LIMIT_SECONDS),
  ]);
}

/** @throws Error with the program's output, when it fails */
async function run(
  { user }: Cluster,
  file: string,
  folder: string,
  args: (folder: string) => readonly string[],
): Promise<void> {
  const child = await launch(user, { file, folder, args, output: 'pipe' });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  }
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`${path.basename(file)} ended with ${code ?? signal}: ${printed.trim()}`);
}

/** Reads `postmaster.pid`; its lines are listed in PostgreSQL's `src/include/utils/pidfile.h`. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Gives files made by root to the user that PostgreSQL runs as. */
async function giveTo({ uid, gid }: PostgresUser, ...paths: string[]): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  for (const file of paths) await chown(file, uid, gid);
}

function ignore(...codes: string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
