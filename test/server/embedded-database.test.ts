import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removeExpired } from '../../src/jobs/retention.ts';
import { keepPassword } from '../../src/server/embedded-postgres/embedded-password.ts';
import {
  runningEmbedded,
  startEmbeddedPostgres,
} from '../../src/server/embedded-postgres/embedded-postgres.ts';
import type { ClusterUrls } from '../../src/server/embedded-postgres/embedded-sessions.ts';
import {
  freePort,
  initializeCluster,
  openCluster,
  startPostmaster,
  stopPostmaster,
} from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { PostgresLog } from '../../src/server/embedded-postgres/postgres-log.ts';
import { AuditLog } from '../../src/store/audit/audit-log.ts';
import { openDatabase } from '../../src/store/postgres/database.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { grantServerRights } from '../../src/store/postgres/server-rights.ts';
import {
  createDataFolder,
  type DataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';

const MASTER_KEY = 'c'.repeat(64);

/** A folder as root's home is: on the way to it nobody else may pass. */
let folder: DataFolder;
let server: ServerProcess;
let urls: ClusterUrls;
const sessions: postgres.Sql[] = [];

function connect(url: string): postgres.Sql {
  const session = postgres(url, { max: 1, onnotice: () => {} });
  sessions.push(session);
  return session;
}

beforeAll(async () => {
  folder = await createDataFolder();
  server = await startServerProcess({ CARDLINE_DATA_DIR: folder.path, CARDLINE_MASTER_KEY: MASTER_KEY });
  const running = await runningEmbedded(folder.path);
  if (!running) throw new Error('The embedded database does not run.');
  urls = running;
}, 120_000);
afterAll(async () => {
  await Promise.all(sessions.map((each) => each.end({ timeout: 1 })));
  await server.stop('SIGTERM');
  await folder.remove();
}, 120_000);

describe("the embedded database's environment", () => {
  test('has nothing of the server in it, whatever runs there', async () => {
    // The superuser alone can look: nobody works as it.
    const lines = await connect(urls.superuserUrl).begin(async (tx) => {
      await tx`CREATE TEMPORARY TABLE seen (line text) ON COMMIT DROP`;
      await tx`COPY seen FROM PROGRAM 'env' WITH (DELIMITER E'\x01')`;
      return tx<{ line: string }[]>`SELECT line FROM seen`;
    });
    const names = lines.map(({ line }) => line.split('=')[0]);
    // PostgreSQL sets its own, and the shell three.
    const own = /^(PG[A-Z_]+|LC_[A-Z]+|PWD|SHLVL|_)$/;
    expect(names.filter((name = '') => !own.test(name))).toEqual([]);
    expect(JSON.stringify(lines)).not.toContain(MASTER_KEY);
  });

  test.runIf(process.platform === 'linux')('gives it no right beyond those of its user', async () => {
    const status = await readFile(`/proc/${await folder.postgresPid()}/status`, 'utf8');
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) {
      expect(status).toMatch(new RegExp(`^${set}:\\s*0+$`, 'm'));
    }
    expect(status).not.toMatch(/^Uid:\s*0\b/m);
  });
});

describe("the embedded database's rights", () => {
  test('are those of a plain role where the server works', async () => {
    const superuser = connect(urls.superuserUrl);
    const users = await superuser`
      SELECT DISTINCT usename AS name, usesuper AS super FROM pg_stat_activity JOIN pg_user USING (usename)
      WHERE datname = 'cardline' AND application_name LIKE 'cardline%'`;
    expect(users).toEqual([{ name: 'cardline_server', super: false }]);
    await expectOwnedByTheOwner(superuser);
  });

  test.each([
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "CREATE TEMPORARY TABLE t (l text); COPY t FROM PROGRAM 'env'",
    "CREATE TEMPORARY TABLE t (l text); COPY t FROM '/etc/passwd'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    'SET session_replication_role = replica',
    'SET ROLE cardline_owner',
    'SET SESSION AUTHORIZATION cardline',
    "ALTER SYSTEM SET archive_command = 'cat'",
    'CREATE ROLE another SUPERUSER',
    'ALTER ROLE cardline_server SUPERUSER',
    "SET log_min_messages = 'debug5'",
    'CREATE TABLE of_its_own ()',
    'ALTER TABLE transfers DISABLE TRIGGER ALL',
    'DROP TABLE events_p0',
    'UPDATE transfers SET amount = amount',
    'DELETE FROM transfers',
    'TRUNCATE transfers',
    'UPDATE events SET type = type',
    'DELETE FROM events',
    'DELETE FROM audit_entries',
    'DELETE FROM idempotency_keys',
  ])('hold no leave for %s', async (statement) => {
    // SQLSTATE insufficient_privilege.
    await expect(connect(urls.url).unsafe(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('let the owner, and not the server, drop old partitions', async () => {
    const database = openDatabase({ url: urls.url, maxConnections: 2 });
    const { sql } = database;
    const { ownerUrl } = urls;
    try {
      await sql`SELECT ensure_event_partitions(30000000)`;
      await sql`UPDATE event_head SET position = 10000001`;
      const retention = { calls: undefined, events: -1, audit: undefined };
      await expect(
        removeExpired({ sql, audit: new AuditLog(sql), ownerUrl: urls.url }, retention),
      ).rejects.toMatchObject({ code: '42501' });
      await removeExpired({ sql, audit: new AuditLog(sql), ownerUrl }, retention);
      expect(await sql`SELECT to_regclass('events_p0')::text AS name`).toEqual([{ name: null }]);
    } finally {
      await database.close();
    }
  });

  test('are made at the next start where an earlier version worked as the superuser', async () => {
    const older = await createDataFolder();
    try {
      await makeAsEarlier(older.path);
      const database = await startEmbeddedPostgres(older.path, pino({ level: 'silent' }));
      const superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
      const asServer = postgres(database.url, { max: 1, onnotice: () => {} });
      try {
        await grantServerRights(database.ownerUrl);
        await expectOwnedByTheOwner(superuser);
        expect(await migrate(database.ownerUrl)).toEqual([]);
        expect(await asServer`SELECT count(*)::int AS groups FROM rate_groups`).toEqual([{ groups: 1 }]);
        await asServer`SELECT ensure_event_partitions(30000000), ensure_audit_partitions(3000000)`;
        await expect(asServer`DELETE FROM transfers`).rejects.toMatchObject({ code: '42501' });
        await expectOwnedByTheOwner(superuser);
      } finally {
        await Promise.all([superuser.end(), asServer.end()]);
        await database.stop();
      }
    } finally {
      await older.remove();
    }
  }, 60_000);
});

describe("the embedded database's log", () => {
  const logOf = (data: DataFolder) => readFile(path.join(data.path, 'postgres.log'), 'utf8');

  test('holds nothing of what clients send and PostgreSQL refuses', async () => {
    const before = await logOf(folder);
    expect(before).toContain('ready to accept connections');
    for (const session of [connect(urls.url), connect(urls.ownerUrl)]) {
      const name = 'a partner by the name of Zebedee';
      const insert = () => session`
        INSERT INTO rate_groups (id, name, currency) VALUES ('00000000-0000-7000-8000-000000000001', ${name}, 'EUR')`;
      await insert().catch(() => {});
      await expect(insert()).rejects.toMatchObject({ code: '23505' });
      await expect(session`SELECT ${name}::text::uuid`).rejects.toMatchObject({ code: '22P02' });
      await expect(session.unsafe(`SELECT '${name}' FROM`)).rejects.toMatchObject({ code: '42601' });
      await session.unsafe(`DO $$ BEGIN RAISE WARNING 'Zebedee'; END $$`);
    }
    expect(await logOf(folder)).toBe(before);
  });

  test('names no statement when one of its processes dies', async () => {
    const superuser = connect(urls.superuserUrl);
    const victim = connect(urls.url);
    const [backend] = await victim`SELECT pg_backend_pid() AS pid`;
    const asleep = victim`SELECT pg_sleep(3600), 'Zebedee'`.catch((error: Error) => error);
    await expect
      .poll(
        () =>
          superuser`SELECT 1 FROM pg_stat_activity WHERE pid = ${backend?.pid} AND query LIKE '%Zebedee%'`,
      )
      .toHaveLength(1);
    process.kill(backend?.pid, 'SIGKILL');
    expect(await asleep).toBeInstanceOf(Error);
    await expect.poll(() => logOf(folder)).toMatch(/terminated by signal 9/);
    expect(await logOf(folder)).not.toContain('Zebedee');
  });

  test('takes no more room than two files of its limit, however much is written', async () => {
    const place = await mkdtemp(path.join(tmpdir(), 'cardline-log-'));
    const file = path.join(place, 'postgres.log');
    const sizes = () => Promise.all([file, `${file}.1`].map(async (each) => (await stat(each)).size));
    try {
      const log = new PostgresLog(file, 10_000);
      for (let line = 0; line < 1_000; line += 1) log.write(Buffer.from(`${line} ${'x'.repeat(90)}\n`));
      for (const size of await sizes()) expect(size).toBeLessThanOrEqual(10_000);
      expect(await readFile(file, 'utf8')).toContain('999 xxx');
      expect((await stat(file)).mode & 0o777).toBe(0o600);

      // One that an earlier version let grow is not kept.
      const next = new PostgresLog(file, 1_000);
      next.write(Buffer.from('the next start\n'));
      expect(await readFile(file, 'utf8')).toBe('the next start\n');
    } finally {
      await rm(place, { recursive: true });
    }
  });
});

async function expectOwnedByTheOwner(superuser: postgres.Sql): Promise<void> {
  const owners = await superuser`
    WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'drizzle')), owners AS (
      SELECT relowner AS id FROM pg_class WHERE relnamespace IN (TABLE ours)
      UNION SELECT proowner FROM pg_proc WHERE pronamespace IN (TABLE ours)
      UNION SELECT typowner FROM pg_type WHERE typnamespace IN (TABLE ours)
      UNION SELECT nspowner FROM pg_namespace WHERE nspname = 'drizzle'
      UNION SELECT datdba FROM pg_database WHERE datname = 'cardline'
    )
    SELECT rolname AS name, rolsuper AS super FROM owners JOIN pg_roles ON oid = id`;
  expect(owners).toEqual([{ name: 'cardline_owner', super: false }]);
}

/** The superuser's tables in its database, with a row. */
async function makeAsEarlier(dataFolder: string): Promise<void> {
  const cluster = await openCluster(path.join(dataFolder, 'postgres'));
  const password = await keepPassword(cluster);
  await initializeCluster(cluster, password);
  const port = await freePort();
  await startPostmaster(cluster, port, { unix_socket_directories: '' });
  const address = `postgres://cardline:${password}@127.0.0.1:${port}`;
  const first = postgres(`${address}/postgres`, { max: 1 });
  await first`CREATE DATABASE cardline`;
  await first.end();
  await migrate(`${address}/cardline`);
  const sql = postgres(`${address}/cardline`, { max: 1 });
  await sql`INSERT INTO rate_groups (id, name, currency) VALUES (gen_random_uuid(), 'First', 'EUR')`;
  await sql.end();
  await stopPostmaster(cluster);
}
