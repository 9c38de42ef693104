import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../settings/usage-error.ts';

const run = promisify(execFile);

const SETPRIV = '/usr/bin/setpriv';

/** Whom the database's processes run as; empty for the user of this process. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
  /** Whether it needs leave to pass through folders that are closed to it, such as root's home. */
  readonly shutOut?: boolean;
}

/**
 * PostgreSQL refuses to run as root. Started by root, as in a container, it runs as the user `postgres`, who is made
 * when missing.
 *
 * @param folders - where its programs and its data are.
 */
export async function findPostgresUser(folders: readonly string[]): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return {};
  const user = (await lookUp()) ?? (await create());
  const closed = await firstClosed(folders);
  if (closed && !existsSync(SETPRIV)) {
    throw new UsageError(
      `Started by root, PostgreSQL runs as the user "postgres", who may not enter ${closed}: work in another folder or start as another user.`,
    );
  }
  return { ...user, shutOut: closed !== undefined };
}

/**
 * How a program is started as that user. A user that is shut out gets the one right to pass through (and not root's
 * identity, which PostgreSQL refuses).
 */
export function asPostgresUser({ uid, gid, shutOut }: PostgresUser, file: string, args: readonly string[]) {
  if (uid === undefined || gid === undefined) return { file, args };
  if (!shutOut) return { file, args, uid, gid };
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return {
    file: SETPRIV,
    args: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights, file, ...args],
  };
}

/** The outermost folder on the way to one of these that not everybody may pass through. */
async function firstClosed(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const parts = path.resolve(folder).split(path.sep);
    for (let depth = 1; depth <= parts.length; depth++) {
      const ancestor = parts.slice(0, depth).join(path.sep) || path.sep;
      if (!((await stat(ancestor)).mode & 0o001)) return ancestor;
    }
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
