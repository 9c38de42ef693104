import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionTarget } from '../../../src/store/postgres/connection-url.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { driverClient } from '../../../src/store/postgres/driver-client.ts';
import { type OwnCluster, startOwnCluster } from '../../harness/processes/own-cluster.ts';
import { findProgram } from '../../harness/processes/programs.ts';

const openssl = findProgram('openssl');
if (!openssl) console.log('openssl is not installed: the tests of TLS to the database are left out.');

const folder = mkdtempSync(path.join(tmpdir(), 'cardline-tls-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => path.join(folder, name);
const run = (...args: string[]) => execFileSync(openssl ?? 'openssl', args, { cwd: folder, stdio: 'pipe' });

function makeAuthority(name: string): void {
  const subject = ['-subj', `/CN=${name}`, '-days', '2'];
  run(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
    ...subject,
  );
}

function makeCertificate(name: string, authority: string, subject: string, names?: string): void {
  run(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    subject,
  );
  const extension = names === undefined ? [] : ['-extfile', `${name}.ext`];
  if (names !== undefined) writeFileSync(file(`${name}.ext`), `subjectAltName=${names}`);
  const by = ['-CA', `${authority}.crt`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-days', '2'];
  run('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...by, ...extension);
}

describe.runIf(openssl)('a database with TLS', () => {
  let cluster: OwnCluster;

  beforeAll(async () => {
    makeAuthority('right');
    makeAuthority('wrong');
    makeCertificate('server', 'right', '/CN=elsewhere', 'DNS:localhost');
    makeCertificate('client', 'right', '/CN=cardline');
    cluster = await startOwnCluster({
      settings: {
        ssl: 'on',
        ssl_ca_file: 'right.crt',
        ssl_cert_file: 'server.crt',
        ssl_key_file: 'server.key',
      },
      files: async ({ folder: data, user: { uid, gid } }) => {
        for (const name of ['right.crt', 'server.crt', 'server.key']) {
          const to = path.join(data, name);
          execFileSync('install', ['-m', '600', file(name), to]);
          if (uid !== undefined && gid !== undefined) chownSync(to, uid, gid);
        }
      },
    });
  }, 60_000);
  afterAll(() => cluster.remove());

  const urlOf = (host: string, parameters: Record<string, string>) => {
    const url = new URL(cluster.url);
    url.hostname = host;
    return `${url.href}?${new URLSearchParams(parameters)}`;
  };

  /** Whether the session is encrypted, and by whose certificate the client showed itself; or the error's code. */
  async function connect(host: string, parameters: Record<string, string>): Promise<unknown> {
    const client = driverClient(urlOf(host, parameters), { max: 1, connect_timeout: 5 });
    try {
      const [row] = await client`
        SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
      return row?.client_dn ?? row?.ssl;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await client.end();
    }
  }

  const UNTRUSTED = expect.stringMatching(
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/,
  );
  const OTHER_HOST = 'ERR_TLS_CERT_ALTNAME_INVALID';
  const right = () => file('right.crt');
  const wrong = () => file('wrong.crt');

  test.each<[string, string, () => Record<string, string>, unknown]>([
    ['without a word of TLS', 'localhost', () => ({}), false],
    ['disable', 'localhost', () => ({ sslmode: 'disable' }), false],
    ['prefer', 'localhost', () => ({ sslmode: 'prefer' }), true],
    ['require trusts any server', '127.0.0.1', () => ({ sslmode: 'require' }), true],
    [
      'require with an authority verifies',
      '127.0.0.1',
      () => ({ sslmode: 'require', sslrootcert: wrong() }),
      UNTRUSTED,
    ],
    ['verify-ca, the right one', '127.0.0.1', () => ({ sslmode: 'verify-ca', sslrootcert: right() }), true],
    [
      'verify-ca, the wrong one',
      'localhost',
      () => ({ sslmode: 'verify-ca', sslrootcert: wrong() }),
      UNTRUSTED,
    ],
    [
      'verify-full, the right host',
      'localhost',
      () => ({ sslmode: 'verify-full', sslrootcert: right() }),
      true,
    ],
    [
      'verify-full, another host',
      '127.0.0.1',
      () => ({ sslmode: 'verify-full', sslrootcert: right() }),
      OTHER_HOST,
    ],
    [
      'verify-full, the wrong authority',
      'localhost',
      () => ({ sslmode: 'verify-full', sslrootcert: wrong() }),
      UNTRUSTED,
    ],
    ['verify-full by the system', 'localhost', () => ({ sslrootcert: 'system' }), UNTRUSTED],
    [
      'a certificate of the client',
      'localhost',
      () => ({
        sslmode: 'verify-full',
        sslrootcert: right(),
        sslcert: file('client.crt'),
        sslkey: file('client.key'),
      }),
      '/CN=cardline',
    ],
  ])('%s', async (_case, host, parameters, expected) => {
    expect(await connect(host, parameters())).toEqual(expected);
  });

  test('both pools use it, with the other parameters of the URL', async () => {
    const url = urlOf('localhost', {
      sslmode: 'verify-full',
      sslrootcert: right(),
      application_name: 'billing',
      options: '-c work_mem=5MB',
      connect_timeout: '7',
    });
    const database = openDatabase({ url, maxConnections: 2 });
    try {
      const session = `SELECT ssl, current_setting('application_name') AS name, current_setting('work_mem') AS memory
        FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
      const expected = [{ ssl: true, name: 'billing', memory: '5MB' }];
      expect(await database.sql.unsafe(session)).toEqual(expected);
      expect(await database.drizzle.execute(session)).toMatchObject(expected);
    } finally {
      await database.close();
    }
  });
});

test.each([
  ['sslmode=allow', 'sslmode is none of disable, prefer'],
  ['sslmode=on', 'sslmode is none of'],
  ['sslrootcert=/no/such.crt&sslmode=verify-ca', "sslrootcert: /no/such.crt can't be read (ENOENT)"],
  ['sslrootcert=/no/such.crt', 'sslrootcert is given without sslmode'],
  ['sslmode=require&sslrootcert=system', 'sslrootcert=system needs sslmode=verify-full'],
  ['sslmode=require&sslcert=/a.crt', 'sslcert and sslkey belong together'],
  ['sslmode=require&sslcrl=/a.crl', 'the parameter sslcrl is not supported'],
  ['service=cardline', 'the parameter service is not supported'],
  ['connect_timeout=soon', 'connect_timeout is "soon"'],
])('a URL with %s is refused by name', (query, message) => {
  expect(() => connectionTarget(`postgres://u:p@db1:5432,db2/cardline?${query}`)).toThrow(message);
});

test('a host that is an address is looked for among the addresses of the certificate', () => {
  writeFileSync(file('any.crt'), '');
  const query = `sslmode=verify-full&sslrootcert=${file('any.crt')}`;
  const checkOf = (hosts: string) => {
    const { ssl } = connectionTarget(`postgres://u@${hosts}/cardline?${query}`).options;
    if (typeof ssl !== 'object' || !ssl.checkServerIdentity) throw new Error('Nothing is checked.');
    return ssl.checkServerIdentity;
  };
  const certificate = (subjectaltname: string) =>
    ({ subject: { CN: 'x' }, subjectaltname }) as PeerCertificate;
  // What Node names when the driver names nothing.
  const unnamed = 'localhost';
  expect(checkOf('10.0.0.5:5432')(unnamed, certificate('IP Address:10.0.0.5'))).toBeUndefined();
  expect(checkOf('[fd00::5]:5432')(unnamed, certificate('IP Address:fd00::5'))).toBeUndefined();
  expect(checkOf('10.0.0.5')(unnamed, certificate('DNS:localhost'))).toBeInstanceOf(Error);
  expect(checkOf('10.0.0.5')(unnamed, certificate('IP Address:10.0.0.6'))).toBeInstanceOf(Error);
  expect(checkOf('db1:5432,db2:5432')('db2', certificate('DNS:db2'))).toBeUndefined();
  expect(checkOf('db1:5432,db2:5432')('db2', certificate('DNS:db1'))).toBeInstanceOf(Error);
});

test('the driver gets the rest of the URL as it is', () => {
  const address = 'postgres://u:p%40ss@db1:5432,db2:5433/cardline';
  const { url, options } = connectionTarget(
    `${address}?connect_timeout=3&target_session_attrs=read-write&sslmode=disable`,
  );
  expect(url).toBe(`${address}?target_session_attrs=read-write`);
  expect(options).toEqual({ connect_timeout: 3, ssl: false });
  expect(connectionTarget(address)).toEqual({ url: address, options: {} });
});
