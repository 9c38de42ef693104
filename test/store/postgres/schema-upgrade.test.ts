import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { describe, expect, inject, test, vi } from 'vitest';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { MIGRATIONS_FOLDER, migrate, NewerSchema, schemaState } from '../../../src/store/postgres/migrate.ts';
import { verify } from '../../../src/store/verification.ts';
import { buildAt, migrateTo, SCHEMAS, USED_SERIAL } from '../../harness/processes/older-schemas.ts';
import { runServerProcess, startInstance } from '../../harness/processes/server-process.ts';
import { databaseUrl } from '../../harness/template-database.ts';

/** An empty database, dropped when the work is done. */
async function withEmptyDatabase(work: (url: string, sql: postgres.Sql) => Promise<void>): Promise<void> {
  const name = `upgrade_${randomUUID().replaceAll('-', '')}`;
  const admin = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} });
  await admin`CREATE DATABASE ${admin(name)}`;
  const url = databaseUrl(inject('postgresUrl'), name);
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(url, sql);
  } finally {
    await sql.end();
    await admin`DROP DATABASE ${admin(name)} WITH (FORCE)`;
    await admin.end();
  }
}

async function verified(url: string) {
  const { sql, close } = openDatabase({ url, maxConnections: 2 });
  try {
    return await verify(sql);
  } finally {
    await close();
  }
}

describe('an older database', () => {
  test('is tried at every schema version since the first', () => {
    expect(SCHEMAS.length).toBeGreaterThanOrEqual(21);
    expect(SCHEMAS).toEqual(SCHEMAS.toSorted());
  });

  test.each(SCHEMAS)('at schema %s upgrades to the newest and verifies', async (schema) => {
    await withEmptyDatabase(async (url, sql) => {
      await buildAt(url, sql, schema);
      const taken = await migrate(url);
      expect(taken).toEqual(SCHEMAS.filter((each) => each > schema));
      expect(await verified(url)).toMatchObject({ clean: true, discrepancies: [] });
      expect(await schemaState(url)).toEqual({ applied: SCHEMAS, pending: [] });
    });
  });

  test('is read while a long reader keeps the upgrade waiting, and is upgraded after it', async () => {
    await withEmptyDatabase(async (url, sql) => {
      const before = SCHEMAS[SCHEMAS.findIndex((each) => each.endsWith('_own_terms')) - 1] ?? '';
      await buildAt(url, sql, before);
      const [long, short] = [postgres(url, { max: 1 }), postgres(url, { max: 1 })];
      let upgrade: Promise<readonly string[]> | undefined;
      await long.begin(async (reader) => {
        await reader`SELECT FROM cards`;
        upgrade = migrate(url);
        // The upgrade waits for its lock several times; each time, all who read the cards go on before the reader ends.
        for (let round = 0; round < 3; round += 1) {
          await vi.waitFor(
            async () => {
              const waiting =
                await sql`SELECT FROM pg_locks WHERE relation = 'cards'::regclass AND NOT granted`;
              expect(waiting).toHaveLength(1);
            },
            { timeout: 20_000, interval: 20 },
          );
          expect(await short`SELECT FROM cards`).toHaveLength(3);
        }
      });
      expect(await upgrade).toEqual(SCHEMAS.filter((each) => each > before));
      await Promise.all([long.end(), short.end()]);
    });
  });

  test('is served after the upgrade: an old card has its balance', { timeout: 60_000 }, async () => {
    await withEmptyDatabase(async (url, sql) => {
      await buildAt(url, sql, SCHEMAS.find((each) => each.endsWith('_batches_keys_and_card_events')) ?? '');
      const server = await startInstance(url);
      try {
        const key = server.firstKey();
        const query = `{ card(by: {serial: "${USED_SERIAL}"}) { state balance { amount } } }`;
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        const answer = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
        expect(await answer.json()).toEqual({
          data: { card: { state: 'ACTIVE', balance: { amount: '6.00' } } },
        });
      } finally {
        expect(await server.stop('SIGTERM')).toBe(0);
      }
      expect(await verified(url)).toMatchObject({ clean: true, cards: 3n });
    });
  });

  test('has one identity for the two spellings of a line, bound by whoever came first', async () => {
    await withEmptyDatabase(async (url, sql) => {
      await buildAt(url, sql, SCHEMAS.find((each) => each.endsWith('_switch_scopes')) ?? '');
      const [one, other] = await sql<{ id: string }[]>`SELECT id FROM cards ORDER BY id LIMIT 2`;
      const [first, second] = [one?.id ?? '', other?.id ?? ''];
      await sql`DELETE FROM number_bindings`;
      await sql`
        INSERT INTO number_bindings (number, card_id, created_at) VALUES
          ('+5491123456789', ${first}, '2026-01-01'), ('+541123456789', ${second}, '2026-01-02'),
          ('+541187654321', ${first}, '2026-01-01'), ('+5491187654321', ${second}, '2026-01-02'),
          ('+390549886123', ${first}, '2026-01-01'), ('+5215512345678', ${second}, '2026-01-01'),
          ('+390612345678', ${second}, '2026-01-01')`;
      await sql`
        INSERT INTO trusted_numbers (number, card_id, trusted_at) VALUES
          ('+5491123456789', ${first}, '2026-01-01'), ('+541123456789', ${first}, '2026-01-02'),
          ('+5215512345678', ${second}, '2026-01-01')`;
      await migrate(url);
      const bound = await sql`SELECT number, card_id AS card FROM number_bindings ORDER BY number`;
      expect(bound).toEqual([
        { number: '+3780549886123', card: first },
        { number: '+390612345678', card: second },
        { number: '+525512345678', card: second },
        { number: '+541123456789', card: first },
        { number: '+541187654321', card: first },
      ]);
      const trusted = await sql`SELECT number FROM trusted_numbers ORDER BY number`;
      expect(trusted).toEqual([{ number: '+525512345678' }, { number: '+541123456789' }]);
    });
  });

  test('keeps quarter-hour counters as sums, though the calls are gone', async () => {
    await withEmptyDatabase(async (url, sql) => {
      await buildAt(url, sql, SCHEMAS.find((each) => each.endsWith('_pin_reveals')) ?? '');
      const id = randomUUID();
      await sql`
        INSERT INTO usage_counters VALUES ('2026-11-01', 'Rome', ${id}, ${id}, 7, 2, 1, 60, 10),
          ('2026-11-01', 'Rome', ${id}, ${id}, 30, 3, 2, 90, 20), ('2026-11-02', 'Rome', ${id}, ${id}, 95, 1, 1, 1, 1)`;
      await sql`
        INSERT INTO recharge_counters VALUES ('2026-11-01', ${id}, 'EUR', 0, 1, 50, 5, 0, 0, 0),
          ('2026-11-01', ${id}, 'EUR', 1, 0, 0, 0, 1, 50, 5), ('2026-11-01', ${id}, 'USD', 2, 4, 40, 0, 0, 0, 0)`;
      await sql`
        INSERT INTO ledger_counters VALUES ('EUR', '2026-11-01', 100, 1, 2, 3), ('EUR', '2026-11-02', 90, 10, 0, 0)`;
      await migrate(url);
      expect(
        await sql`SELECT owed, usage, fees, forfeited FROM ledger_counters ORDER BY quarter`.values(),
      ).toEqual([
        ['100', '1', '2', '3'],
        ['90', '11', '2', '3'],
      ]);
      expect(
        await sql`SELECT day::text, quarter, calls, answered, seconds, charge FROM usage_counters ORDER BY day, quarter`.values(),
      ).toEqual([
        ['2026-11-01', 7, '2', '1', '60', '10'],
        ['2026-11-01', 30, '5', '3', '150', '30'],
        ['2026-11-01', 95, '5', '3', '150', '30'],
        ['2026-11-02', 95, '1', '1', '1', '1'],
      ]);
      expect(
        await sql`
          SELECT currency, quarter, recharges, amount, discount, reversals, reversed, discount_returned
          FROM recharge_counters ORDER BY currency, quarter`.values(),
      ).toEqual([
        ['EUR', 0, '1', '50', '5', '0', '0', '0'],
        ['EUR', 1, '1', '50', '5', '1', '50', '5'],
        ['EUR', 95, '1', '50', '5', '1', '50', '5'],
        ['USD', 2, '4', '40', '0', '0', '0', '0'],
        ['USD', 95, '4', '40', '0', '0', '0', '0'],
      ]);
    });
  });

  test('is migrated once, however many instances start at once', async () => {
    await withEmptyDatabase(async (url) => {
      const [first = ''] = SCHEMAS;
      await migrateTo(url, first);
      const taken = await Promise.all([migrate(url), migrate(url), migrate(url)]);
      expect(taken.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, 0, SCHEMAS.length - 1]);
    });
  });
});

test('a newer database is refused and left unchanged', { timeout: 60_000 }, async () => {
  await withEmptyDatabase(async (url, sql) => {
    await migrate(url, MIGRATIONS_FOLDER);
    await sql`
      INSERT INTO drizzle.__drizzle_migrations (hash, created_at, name) VALUES ('x', 1, '20990101000000_later')`;
    await expect(migrate(url)).rejects.toThrow(NewerSchema);
    const environment = { DATABASE_URL: url, CARDLINE_MASTER_KEY: 'a'.repeat(64) };
    const { code, output } = await runServerProcess(environment);
    expect(output).toContain(
      "The database's schema is newer than this program: it has 20990101000000_later.",
    );
    expect(code).toBe(2);
  });
});
