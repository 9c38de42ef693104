import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../settings/usage-error.ts';

const run = promisify(execFile);

/**
 * All that a program of PostgreSQL is given of the environment: nothing, since the server's has the master key in it. A
 * program of Windows doesn't start without the folder of the system.
 */
const ENVIRONMENT: NodeJS.ProcessEnv =
  process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {};

/** The third file after standard input, output and error, by which a program finds a folder that it can't walk to. */
const HELD_FOLDER = '/proc/self/fd/3';

/** Whom the database's processes run as; empty for the user of this process. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
  /** Whether the data lie in a folder that is closed to it, such as root's home. */
  readonly shutOut?: boolean;
}

/**
 * PostgreSQL refuses to run as root. Started by root, as in a container, it runs as the user `postgres`, who is made
 * when missing.
 *
 * @param folder - where its data are.
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

/** A program of PostgreSQL, the folder it works on, and its arguments, given how it finds that folder. */
export interface Program {
  readonly file: string;
  readonly folder: string;
  readonly args: (folder: string) => readonly string[];
  readonly output: 'pipe' | 'ignore';
}

/**
 * Starts a program as that user, without rights beyond the user's own and without anything of our environment. When the
 * way to the folder is closed, the program gets the folder itself as an open file, and nothing else behind that way.
 *
 * It gets a process group of its own: Ctrl-C in a terminal goes to the whole group, and the database must outlive the
 * requests that the server is still answering.
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

/** The outermost folder on the way to this one, itself among them, that not everybody may pass through. */
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
    // Said below, like a user that is not there all the same.
  }
  throw new UsageError(
    'PostgreSQL does not run as root, and no user "postgres" could be made: start as another user, or set DATABASE_URL.',
  );
}
