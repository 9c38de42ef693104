import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  chown,
  type FileHandle,
  mkdir,
  open,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { asPostgresUser, findPostgresUser, type PostgresUser } from './postgres-user.ts';

const execute = promisify(execFile);

/** How long a start may take: recovery after a crash replays at most `max_wal_size`. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_SECONDS = 60;
const POLL_MS = 20;
const LOG_LIMIT_BYTES = 10_000_000;

/** The owner of the cluster, in PostgreSQL's words a superuser. */
export const CLUSTER_USER = 'cardline';

/** A data folder of PostgreSQL, and how its programs are run. */
export interface Cluster {
  readonly folder: string;
  readonly logFile: string;
  readonly binaries: PostgresBinaries;
  readonly user: PostgresUser;
}

/** What `postmaster.pid` says of the server that runs, or ran, on a folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Makes the folder that the cluster's folder lies in, and looks up what it takes to run the programs there. */
export async function openCluster(folder: string): Promise<Cluster> {
  const parent = path.dirname(folder);
  // Whoever the database runs as must be able to pass through; the files in it are closed one by one.
  await mkdir(parent, { recursive: true, mode: 0o711 });
  const binaries = await findPostgresBinaries();
  const user = await findPostgresUser([parent, path.dirname(binaries.postgres)]);
  return {
    folder: path.join(await realpath(parent), path.basename(folder)),
    logFile: `${folder}.log`,
    binaries,
    user,
  };
}

/** Makes the folder's files when it has none. A start that is cut off here leaves no half-made cluster behind. */
export async function initialiseCluster(cluster: Cluster, password: string): Promise<void> {
  if (existsSync(path.join(cluster.folder, 'PG_VERSION'))) return;
  const unfinished = `${cluster.folder}.new-${process.pid}`;
  const passwordFile = path.join(unfinished, 'password');
  const files = path.join(unfinished, 'files');
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(cluster.user, unfinished, passwordFile);
  try {
    await run(cluster, cluster.binaries.initdb, [
      `--pgdata=${files}`,
      `--username=${CLUSTER_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--data-checksums',
    ]);
    // Of two starts at once, one makes the cluster and both find it.
    await rename(files, cluster.folder).catch(ignore('ENOTEMPTY', 'EEXIST'));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Starts PostgreSQL on loopback and waits until it takes connections.
 *
 * It gets a process group of its own: Ctrl-C in a terminal goes to the whole group, and the database must outlive the
 * requests that the server is still answering.
 */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const log = await openLog(cluster.logFile);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { file, args, ...owner } = asPostgresUser(cluster.user, cluster.binaries.postgres, [
    '-D',
    cluster.folder,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    ...options,
  ]);
  const child = spawn(file, args, { ...owner, cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] });
  try {
    await readiness(cluster, child);
  } finally {
    await log.close();
  }
  return child;
}

async function readiness(cluster: Cluster, child: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    const postmaster = await readPostmaster(cluster.folder);
    if (postmaster?.pid === child.pid && postmaster?.ready) return;
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(await lastWords(cluster));
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not start in ${START_LIMIT_MS / 1_000} s.`);
    await delay(POLL_MS);
  }
}

/** Ends open transactions, writes everything out and stops, whoever started the server. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  await run(cluster, cluster.binaries.pgCtl, [
    'stop',
    '-D',
    cluster.folder,
    '-m',
    'fast',
    '-w',
    '-t',
    String(STOP_LIMIT_SECONDS),
  ]);
}

async function run(cluster: Cluster, program: string, programArgs: string[]): Promise<void> {
  const { file, args, ...owner } = asPostgresUser(cluster.user, program, programArgs);
  await execute(file, args, { ...owner, cwd: '/' });
}

/** Reads `postmaster.pid`; its lines are listed in PostgreSQL's `src/include/utils/pidfile.h`. */
export async function readPostmaster(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** Goes on with the log of earlier starts, until that is long. */
async function openLog(file: string): Promise<FileHandle> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  return open(file, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
}

async function lastWords({ logFile }: Cluster): Promise<string> {
  const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n');
  return (
    lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? `PostgreSQL ended without a word in ${logFile}.`
  );
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

/** Files made by root for the user that PostgreSQL runs as. */
async function giveTo({ uid, gid }: PostgresUser, ...paths: string[]): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  for (const file of paths) await chown(file, uid, gid);
}

function ignore(...codes: string[]) {
  return (error: NodeJS.ErrnoException) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
