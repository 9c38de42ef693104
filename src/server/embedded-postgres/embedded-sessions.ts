import { createHmac } from 'node:crypto';
import postgres from 'postgres';
import { SERVER_ROLE } from '../../store/postgres/server-rights.ts';
import { UsageError } from '../settings/usage-error.ts';
import { CLUSTER_USER, type Cluster } from './postgres-cluster.ts';

/** The advisory lock of the server that uses this data folder: an arbitrary fixed number. */
const FOLDER_LOCK = 4_220_761_302;

const HOLDER_NAME = 'cardline server, process ';

/** Held by the one server that uses a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Owns the database and its tables, migrates them and drops old partitions. */
export const OWNER_ROLE = 'cardline_owner';

/** The program's database, as each of the roles. */
export interface ClusterUrls {
  /** For the server and the commands. */
  readonly url: string;
  readonly ownerUrl: string;
  /** As the cluster's owner: only to set up roles and to back up. */
  readonly superuserUrl: string;
}

/** The program's database in the cluster. */
export const DATABASE = 'cardline';

export function clusterUrls(password: string, port: number): ClusterUrls {
  const as = (role: string, secret: string) => `postgres://${role}:${secret}@127.0.0.1:${port}/${DATABASE}`;
  return {
    url: as(SERVER_ROLE, rolePassword(password, SERVER_ROLE)),
    ownerUrl: as(OWNER_ROLE, rolePassword(password, OWNER_ROLE)),
    superuserUrl: as(CLUSTER_USER, password),
  };
}

/** Derived one-way from the one stored password. */
export function rolePassword(password: string, role: string): string {
  return createHmac('sha256', password).update(role).digest('base64url');
}

/** A session as the cluster's owner. The database `postgres` exists from the beginning. */
export function asSuperuser(password: string, port: number, database: string): postgres.Sql {
  const url = `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;
  return postgres(url, { max: 1, onnotice: () => {} });
}

/**
 * Locks the data folder for this process. It is an advisory lock, held by a session: it ends with the process, however
 * that ends, so unlike a lock file it can't be left behind or be mistaken for another process's.
 *
 * @throws UsageError naming the process that holds it.
 */
export async function lockFolder(cluster: Cluster, password: string, port: number): Promise<FolderLock> {
  const session = postgres(`postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/postgres`, {
    max: 1,
    // Otherwise the driver ends the session, and with it the lock, after an hour.
    max_lifetime: null,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: `${HOLDER_NAME}${process.pid}` },
  });
  try {
    const [attempt] = await session`SELECT pg_try_advisory_lock(${FOLDER_LOCK}) AS locked`;
    if (attempt?.locked) return { release: () => session.end({ timeout: 5 }) };
    const [holder] = await session`
      SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = ${FOLDER_LOCK}`;
    const process = holder?.application_name?.replace(HOLDER_NAME, 'process ') ?? 'another process';
    throw new UsageError(
      `The data folder ${cluster.folder} is in use by ${process}: stop that server, or set CARDLINE_DATA_DIR to another folder.`,
    );
  } catch (error) {
    await session.end({ timeout: 1 });
    throw error;
  }
}

export async function makeDatabase(password: string, port: number): Promise<void> {
  const session = asSuperuser(password, port, 'postgres');
  try {
    const [found] = await session`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
    if (!found) await session`CREATE DATABASE ${session(DATABASE)}`;
  } finally {
    await session.end({ timeout: 5 });
  }
}
