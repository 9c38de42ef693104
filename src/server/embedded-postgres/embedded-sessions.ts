import postgres from 'postgres';
import { UsageError } from '../settings/usage-error.ts';
import { CLUSTER_USER, type Cluster } from './postgres-cluster.ts';

/** Any fixed number; it says that a server works on this data folder. */
const FOLDER_LOCK = 4_220_761_302;

const HOLDER_NAME = 'cardline server, process ';

/** The mark of the one server that works on a data folder. */
export interface FolderLock {
  release(): Promise<void>;
}

export function clusterUrl(password: string, port: number, database: string): string {
  return `postgres://${CLUSTER_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * Takes the data folder for this process. The lock is one of the database's own, held by a session: it ends with the
 * process, however that ends, so it can't be left behind as a file can, and no reused process id can stand for it.
 *
 * @throws UsageError naming the process that has it.
 */
export async function lockFolder(cluster: Cluster, password: string, port: number): Promise<FolderLock> {
  const session = postgres(clusterUrl(password, port, 'postgres'), {
    max: 1,
    // The driver would end the session, and with it the lock, after an hour.
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

export async function makeDatabase(password: string, port: number, name: string): Promise<void> {
  const session = postgres(clusterUrl(password, port, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    const [found] = await session`SELECT 1 FROM pg_database WHERE datname = ${name}`;
    if (!found) await session`CREATE DATABASE ${session(name)}`;
  } finally {
    await session.end({ timeout: 5 });
  }
}
