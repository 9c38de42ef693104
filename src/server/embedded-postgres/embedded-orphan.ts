import { execFile } from 'node:child_process';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import { UsageError } from '../settings/usage-error.ts';
import { lockFolder } from './embedded-sessions.ts';
import { isAlive } from './left-behind.ts';
import { type Cluster, readPostmaster, stopPostmaster } from './postgres-cluster.ts';

const run = promisify(execFile);

/** How long to wait for a PostgreSQL that is starting or stopping. */
const TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/**
 * Stops a PostgreSQL that outlived its server. One whose server still runs is left alone.
 *
 * `postmaster.pid` names a process for this folder. That process is an orphan if we can take the folder's lock. The file
 * is stale if the process is gone, or if its id now belongs to another program (in which case PostgreSQL itself would
 * refuse to start).
 *
 * @throws UsageError when the server still runs.
 */
export async function evictOrphan(cluster: Cluster, password: string, logger: Logger): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const postmaster = await readPostmaster(cluster.folder);
    if (!postmaster || !isAlive(postmaster.pid)) return;
    if (!(await isPostgresOf(cluster, postmaster.pid))) {
      await disown(cluster);
      return;
    }
    if (postmaster.ready && (await takeFrom(cluster, password, postmaster.port))) {
      logger.warn(
        { pid: postmaster.pid },
        'A PostgreSQL of an earlier server was still running: stopping it',
      );
      await stopPostmaster(cluster);
      return;
    }
    if (Date.now() > deadline) {
      throw new UsageError(
        `PostgreSQL process ${postmaster.pid} holds ${cluster.folder} and does not answer: stop it by hand.`,
      );
    }
    await delay(POLL_MS);
  }
}

/**
 * Replaces a process id that now belongs to another program by ours: PostgreSQL ignores its parent's id. The rest
 * of the file stays: from it PostgreSQL sees whether a process of the old server still uses the shared memory.
 */
async function disown({ folder }: Cluster): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [process.pid, ...rest].join('\n'));
}

/** Whether PostgreSQL responds and no server holds its folder. @throws UsageError when a server holds it */
async function takeFrom(cluster: Cluster, password: string, port: number): Promise<boolean> {
  try {
    const lock = await lockFolder(cluster, password, port);
    await lock.release();
    return true;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return false;
  }
}

async function isPostgresOf({ folder }: Cluster, pid: number): Promise<boolean> {
  if (process.platform === 'linux') {
    // PostgreSQL's working directory is its data folder, by whatever path it was started.
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (place !== undefined) return place === folder;
  }
  const command = await commandLine(pid);
  // If that is unknown, PostgreSQL decides by itself.
  return command === undefined || (command.includes('postgres') && command.includes(folder));
}

async function commandLine(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    }
    return (await run('ps', ['-p', String(pid), '-o', 'command='])).stdout;
  } catch {
    return undefined;
  }
}
