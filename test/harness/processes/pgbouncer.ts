import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../src/server/embedded-postgres/postgres-cluster.ts';
import { findPostgresUser } from '../../../src/server/embedded-postgres/postgres-user.ts';
import { findProgram } from './programs.ts';

/** The installed PgBouncer, if there is one. */
export const pgBouncer = findProgram('pgbouncer');

export interface Bouncer {
  /** The database's address by way of it. */
  readonly url: string;
  /** As kill -9 would, and up again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Before a database, in transaction mode: a session lasts no longer than its transaction. */
export async function startBouncer(databaseUrl: string, sessions: number): Promise<Bouncer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cardline-pgbouncer-'));
  const port = await freePort();
  const config = path.join(folder, 'pgbouncer.ini');
  await chmod(folder, 0o755);
  await writeFile(config, configuration(databaseUrl, port, sessions));
  let child = await start(config);
  const stop = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    restart: async () => {
      await stop();
      child = await start(config);
    },
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(databaseUrl: string, port: number, sessions: number): string {
  const { hostname, port: databasePort, pathname, username, password } = new URL(databaseUrl);
  const database = pathname.slice(1);
  return `
[databases]
${database} = host=${hostname} port=${databasePort} dbname=${database} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${sessions}
server_reset_query =
`;
}

/** It refuses to run as root, as PostgreSQL does. It says on which address it listens when it does. */
async function start(config: string): Promise<ChildProcess> {
  const { uid, gid } = await findPostgresUser(path.dirname(config));
  const child = spawn(pgBouncer ?? 'pgbouncer', [config], {
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`PgBouncer ended: ${said}`)));
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('process up')) resolve();
    });
  });
  return child;
}
