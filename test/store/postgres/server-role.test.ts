import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../../../src/client/client.ts';
import { RechargeCardDocument } from '../../../src/client/operations.ts';
import { toGlobalId } from '../../../src/graphql/core/global-id.ts';
import { SERVER_RIGHTS } from '../../../src/store/postgres/server-rights.ts';
import { verify } from '../../../src/store/verification.ts';
import { euros, newKey } from '../../harness/api.ts';
import { makeActiveCards } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { type ServerProcess, startInstance } from '../../harness/processes/server-process.ts';

const GRANTS = new URL('../../../docs/examples/server-role.sql', import.meta.url);
const PASSWORD = 'of-the-server';

const db = useDatabase();
let asServer: postgres.Sql;
let server: ServerProcess;
let client: Client;

/** The server as docs/operation.md sets it up: with a role of its own, which does not own the tables. */
beforeAll(async () => {
  const { sql } = db.database;
  await sql.unsafe(`CREATE ROLE cardline_server LOGIN PASSWORD '${PASSWORD}'`);
  await sql.unsafe(await readFile(GRANTS, 'utf8'));
  const url = new URL(db.url);
  url.username = 'cardline_server';
  url.password = PASSWORD;
  asServer = postgres(url.href, { max: 1, onnotice: () => {} });
  server = await startInstance(url.href);
  client = createClient({ url: server.url, key: server.firstKey() });
}, 120_000);
afterAll(async () => {
  await client?.close();
  await server?.stop('SIGTERM');
  await asServer?.end();
  const { sql } = db.database;
  await sql`DROP OWNED BY cardline_server`;
  await sql`DROP ROLE cardline_server`;
});

test('the embedded database gives the same rights as the documented file', async () => {
  expect(await readFile(GRANTS, 'utf8')).toContain(SERVER_RIGHTS);
});

test('a server that does not own the tables moves money', async () => {
  const { sql } = db.database;
  const { cards } = await makeActiveCards(sql, { count: 1 });
  const input = {
    card: { id: toGlobalId('Card', cards[0]?.id ?? '') },
    amount: euros('1'),
    idempotencyKey: newKey(),
  };
  const { result } = await client.request(RechargeCardDocument, { input });
  expect(result.__typename).toBe('RechargeCardPayload');
  expect(await verify(sql)).toMatchObject({ clean: true });
});

test.each([
  'UPDATE transfers SET amount = amount',
  'DELETE FROM transfers',
  'TRUNCATE transfers',
  'UPDATE events SET type = type',
  'DELETE FROM events',
  'UPDATE events_p0 SET payload = payload',
  'UPDATE idempotency_keys SET key = key',
  'DELETE FROM idempotency_keys',
  'UPDATE audit_entries SET outcome = outcome',
  'DELETE FROM audit_entries_p0',
  'DELETE FROM audit_blocks',
  'CREATE TABLE of_its_own ()',
  'ALTER TABLE transfers DISABLE TRIGGER ALL',
])('%s is not its right', async (statement) => {
  // SQLSTATE insufficient_privilege.
  await expect(asServer.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
});

test('it makes the next partitions, in the name of their owner', async () => {
  // The server made some when it began, in the same way.
  await asServer`SELECT ensure_event_partitions(50000000), ensure_audit_partitions(5000000)`;
  const owners = await asServer`
    SELECT pg_get_userbyid(relowner) AS owner, has_table_privilege(oid, 'UPDATE') AS writable, count(*)::int
    FROM pg_class WHERE oid IN (
      SELECT inhrelid FROM pg_inherits WHERE inhparent IN ('events'::regclass, 'audit_entries'::regclass)
    ) GROUP BY 1, 2`;
  expect(owners).toEqual([{ owner: new URL(db.url).username, writable: false, count: 12 }]);
});
