import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../settings/usage-error.ts';

const run = promisify(execFile);

/**
 * PostgreSQL's programs inherit nothing of the environment, which contains the master key. On Windows, programs don't
 * start without the system folder.
 */
const ENVIRONMENT: NodeJS.ProcessEnv =
  process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {};

/** File descriptor 3, by which a program reaches a folder whose path it can't traverse. */
const HELD_FOLDER = '/proc/self/fd/3';

/** The user that PostgreSQL's processes run as; empty for the user of this process. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
  /** Whether the data are in a folder that this user can't traverse, such as root's home. */
  readonly shutOut?: boolean;
}

/**
 * PostgreSQL refuses to run as root. Started by root, as in a container, it runs as the user `postgres`, which is created
 * if missing.
 *
 * @param folder - the data folder.
 */
export async function findPostgresUser(folder: string): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return {};
  const user = (await lookUp()) ?? (await create());
  const closed = await firstClosed(folder);
  if (closed && process.platform !== 'linux') {
    throw new UsageError(
      `Started by root, PostgreSQL runs as the user "postgres", who may not enter ${closed}: work in another folder or start as another user.`,
    );
  }
  return { ...user, shutOut: closed !== undefined };
}

/** A program of PostgreSQL, its data folder, and its arguments for a path to that folder. */
interface Program {
  readonly file: string;
  readonly folder: string;
  readonly args: (folder: string) => readonly string[];
  readonly output: 'pipe' | 'ignore';
}

/**
 * Starts a program as that user, with only the user's own rights and without our environment. If the user can't traverse
 * the path to the folder, the program gets the folder as an open file, and access to nothing else on that path.
 *
 * The program runs in a separate process group: Ctrl-C in a terminal goes to the whole group, and the database must
 * outlive the requests that the server is still answering.
 */
export async function launch(
  { uid, gid, shutOut }: PostgresUser,
  { file, folder, args, output }: Program,
): Promise<ChildProcess> {
  const held = shutOut ? await open(folder, 'r') : undefined;
  try {
    const stdio: StdioOptions = ['ignore', output, output, ...(held ? [held.fd] : [])];
    const asUser = uid === undefined ? {} : { uid, gid };
    return spawn(file, args(held ? HELD_FOLDER : folder), {
      ...asUser,
      env: ENVIRONMENT,
      cwd: '/',
      detached: true,
      stdio,
    });
  } finally {
    await held?.close();
  }
}

/** The outermost folder on the path, including the folder itself, that not every user may traverse. */
export async function firstClosed(folder: string): Promise<string | undefined> {
  const parts = path.resolve(folder).split(path.sep);
  for (let depth = 1; depth <= parts.length; depth++) {
    const ancestor = parts.slice(0, depth).join(path.sep) || path.sep;
    if (!((await stat(ancestor)).mode & 0o001)) return ancestor;
  }
  return undefined;
}

async function lookUp(): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<{ uid: number; gid: number }> {
  try {
    await run('groupadd', ['--system', 'postgres']).catch(() => {});
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
    const user = await lookUp();
    if (user) return user;
  } catch {
    // Reported below, as is a user that is still missing.
  }
  throw new UsageError(
    'PostgreSQL does not run as root, and no user "postgres" could be made: start as another user, or set DATABASE_URL.',
  );
}
