import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, describe, expect, inject, test, vi } from 'vitest';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import {
  createDataFolder,
  isAlive,
  runServerProcess,
  type ServerProcess,
  spawnServer,
  startServerProcess,
} from '../harness/processes/server-process.ts';

const folder = await createDataFolder();
afterAll(() => folder.remove());

let server: ServerProcess;
afterEach(async () => {
  // None, when one test runs alone that starts none.
  const { child } = server ?? {};
  if (child && child.exitCode === null && child.signalCode === null) await server.stop('SIGTERM');
});

/** The output without log lines: this PostgreSQL and this Node.js may differ in a time zone. */
const withoutLog = (output: string) => output.replace(/^\{.*\}\n/gm, '');
const start = (environment: Record<string, string> = {}) =>
  startServerProcess({ CARDLINE_DATA_DIR: folder.path, ...environment });

/** A table of the test's own stands for all data. */
async function inDatabase<Result>(work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const sql = postgres((await runningEmbedded(folder.path))?.ownerUrl ?? '', { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
const write = (word: string) =>
  inDatabase(async (sql) => {
    await sql`CREATE TABLE IF NOT EXISTS kept (word text)`;
    await sql`INSERT INTO kept VALUES (${word})`;
  });
const read = () =>
  inDatabase(async (sql) => (await sql<{ word: string }[]>`SELECT word FROM kept`).map(({ word }) => word));

async function viewer(of: ServerProcess): Promise<unknown> {
  const headers = { authorization: `Bearer ${of.firstKey()}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ viewer { name } }' });
  return (await fetch(of.url, { method: 'POST', headers, body })).json();
}

async function pidOfPostgres(): Promise<number> {
  const pid = await folder.postgresPid();
  if (pid === undefined) throw new Error('PostgreSQL does not run.');
  return pid;
}

describe('the embedded database', { timeout: 60_000 }, () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s stops server and database, with exit code 0',
    async (signal) => {
      server = await start();
      const pid = await pidOfPostgres();
      await write(signal);
      expect(await server.stop(signal)).toBe(0);
      expect(isAlive(pid)).toBe(false);
      expect(await folder.postgresPid()).toBeUndefined();
    },
  );

  test('is said to be for trials when the environment is called production', async () => {
    const warning = 'The embedded PostgreSQL is for trials and for small sites on loopback';
    server = await start({ NODE_ENV: 'production' });
    expect(server.output()).toContain(warning);
    await server.stop('SIGTERM');
    server = await start();
    expect(server.output()).not.toContain(warning);
  });

  test('the next start has the data; a second one at the same time learns which process is running', async () => {
    server = await start();
    expect(await read()).toEqual(['SIGTERM', 'SIGINT']);
    const second = await runServerProcess({ CARDLINE_DATA_DIR: folder.path });
    expect(second.code).toBe(2);
    expect(second.output).toBe(
      `The data folder ${path.join(folder.path, 'postgres')} is in use by process ${server.child.pid}: stop that server, or set CARDLINE_DATA_DIR to another folder.\n`,
    );
    expect(await read()).toEqual(['SIGTERM', 'SIGINT']);
  });

  test('after kill -9 of the server, the database that was left behind is taken over', async () => {
    server = await start();
    const orphan = await pidOfPostgres();
    await write('orphan');
    expect(await server.stop('SIGKILL')).toBe('SIGKILL');
    expect(isAlive(orphan)).toBe(true);
    server = await start();
    // Not isAlive: where nobody collects the children of the dead, the number stays.
    expect(await pidOfPostgres()).not.toBe(orphan);
    expect(server.output()).toContain('PostgreSQL of an earlier server');
    expect(await read()).toContain('orphan');
  });

  test('after kill -9 of the database, the server starts it again', async () => {
    server = await start();
    await write('crash');
    const killed = await pidOfPostgres();
    process.kill(killed, 'SIGKILL');
    const ready = new URL('/readyz', server.url);
    await vi.waitFor(
      async () => {
        expect(await pidOfPostgres()).not.toBe(killed);
        expect((await fetch(ready)).status).toBe(200);
      },
      { timeout: 20_000, interval: 100 },
    );
    expect(await read()).toContain('crash');
    expect(await server.stop('SIGTERM')).toBe(0);
  });

  test('after kill -9 of both, the next start recovers, also when the process id is used again', async () => {
    server = await start();
    await write('both');
    const pid = await pidOfPostgres();
    await server.stop('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const file = path.join(folder.path, 'postgres', 'postmaster.pid');
    const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, [process.pid, ...rest].join('\n'));
    server = await start();
    expect(await read()).toContain('both');
  });
});

describe('another database', { timeout: 180_000 }, () => {
  const MASTER_KEY = { CARDLINE_MASTER_KEY: Buffer.alloc(32).toString('base64') };

  test('that does not answer is named once, without its password, and waited for until a stop', async () => {
    const { child, output, ended } = spawnServer({
      DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/cardline',
      ...MASTER_KEY,
    });
    const waits =
      'Waiting for the database. DATABASE_URL: postgres://user@127.0.0.1:1/cardline does not answer';
    await vi.waitFor(() => expect(output()).toContain(waits), { timeout: 60_000 });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output().split('\n')).toHaveLength(2);
    expect(output()).not.toContain('hunter2');
  });

  test('that answers after a while is used', async () => {
    const postgresUrl = new URL(inject('postgresUrl'));
    const admin = postgres(postgresUrl.href, { max: 1 });
    await admin`CREATE DATABASE waited_for`;
    let connections = 0;
    const proxy = createServer((socket) => {
      connections += 1;
      if (connections <= 2) return socket.destroy();
      const onward = connect(Number(postgresUrl.port), postgresUrl.hostname);
      for (const end of [socket, onward]) end.on('error', () => {});
      return socket.pipe(onward).pipe(socket);
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const database = new URL(postgresUrl);
    database.pathname = '/waited_for';
    database.port = String((proxy.address() as AddressInfo).port);

    server = await startServerProcess({ DATABASE_URL: database.href, LOG_LEVEL: 'info', ...MASTER_KEY });
    expect(server.output().match(/Waiting for the database/g)).toHaveLength(1);
    expect(server.output()).toContain('The database answers: the start goes on');
    expect(await viewer(server)).toEqual({ data: { viewer: { name: 'First administrator' } } });
    expect(await server.stop('SIGTERM')).toBe(0);
    proxy.close();
    await admin`DROP DATABASE waited_for`;
    await admin.end();
  });

  test('that the server does not have is a wrong setting', async () => {
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/no_such_database';
    const { code, output } = await runServerProcess({ DATABASE_URL: url.href, ...MASTER_KEY });
    expect(code).toBe(2);
    expect(output).toMatch(
      /^DATABASE_URL: .* does not answer \(database "no_such_database" does not exist\)\.\n$/,
    );
  });

  test('a port that is taken is named', async () => {
    server = await start();
    const { port } = new URL(server.url);
    const other = await createDataFolder();
    const { code, output } = await runServerProcess({ CARDLINE_DATA_DIR: other.path, PORT: port });
    expect(code).toBe(2);
    expect(withoutLog(output)).toBe(
      `PORT: ${port} on 127.0.0.1 is in use: stop what listens there, or set another.\n`,
    );
    expect(await other.postgresPid()).toBeUndefined();

    // No key was made that nobody was told of: the next start makes it, and shows no more than where it is.
    const file = path.join(other.path, 'first-key');
    expect(existsSync(file)).toBe(false);
    const next = await startServerProcess({ CARDLINE_DATA_DIR: other.path });
    expect(next.output()).toContain(file);
    expect(next.output()).not.toContain('clk_');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await viewer(next)).toEqual({ data: { viewer: { name: 'First administrator' } } });
    expect(await next.stop('SIGTERM')).toBe(0);
    await other.remove();
  });

  test('is used when DATABASE_URL names it', async () => {
    const admin = postgres(inject('postgresUrl'), { max: 1 });
    await admin`CREATE DATABASE lifecycle`;
    const url = new URL(inject('postgresUrl'));
    url.pathname = '/lifecycle';
    // Of several hosts, as behind a failover, the first that answers and takes writes.
    const address = `${url.href.replace(url.host, `127.0.0.1:1,${url.host}`)}?target_session_attrs=read-write`;
    const environment = {
      DATABASE_URL: address,
      CARDLINE_MASTER_KEY: Buffer.alloc(32).toString('base64'),
      NODE_ENV: 'production',
    };
    // Where the first key can't be kept, none is made.
    const nowhere = await runServerProcess({ ...environment, CARDLINE_DATA_DIR: '/dev/null/data' });
    expect(withoutLog(nowhere.output)).toMatch(
      /^CARDLINE_DATA_DIR: .* can't be kept in \/dev\/null\/data\/first-key \(ENOTDIR\)/,
    );
    expect(nowhere.code).toBe(2);
    server = await startServerProcess(environment);
    expect(server.output()).not.toContain('embedded PostgreSQL');
    expect(await viewer(server)).toMatchObject({ data: { viewer: { name: 'First administrator' } } });
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200);
    expect(await server.stop('SIGTERM')).toBe(0);
    await admin`DROP DATABASE lifecycle`;
    await admin.end();
  });
});

test('a wrong setting ends the start with exit code 2 and one line', async () => {
  expect(await runServerProcess({ PORT: 'abc' })).toEqual({
    code: 2,
    output: 'PORT: "abc" is not a port, 0 to 65535.\n',
  });
});
