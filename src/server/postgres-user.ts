import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from './usage-error.ts';

const run = promisify(execFile);

/** Whom the database's processes run as; empty for the user of this process. */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root, as in a container, it runs as the user `postgres`, who is made
 * when missing.
 */
export async function findPostgresUser(): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return {};
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<PostgresUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<PostgresUser> {
  try {
    await run('groupadd', ['--system', 'postgres']).catch(() => {});
    await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  } catch (error) {
    throw new UsageError(
      `PostgreSQL does not run as root, and the user "postgres" could not be made (${(error as Error).message.trim()}): start as another user, or set DATABASE_URL.`,
    );
  }
  const user = await lookUp();
  if (!user)
    throw new UsageError('PostgreSQL does not run as root: start as another user, or set DATABASE_URL.');
  return user;
}
