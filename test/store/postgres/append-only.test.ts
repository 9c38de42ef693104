import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();

const partitions = () => db.database.sql<{ name: string; holds: string; indexes: number }[]>`
  SELECT p.relname AS name, pg_get_expr(p.relpartbound, p.oid) AS holds,
         (SELECT count(*)::int FROM pg_index i JOIN pg_inherits h ON h.inhrelid = i.indexrelid
          WHERE i.indrelid = p.oid) AS indexes
  FROM pg_inherits JOIN pg_class p ON p.oid = inhrelid WHERE inhparent = 'events'::regclass
  ORDER BY length(p.relname), p.relname`;

describe('partitions of the event log', () => {
  test('are created once each by several instances at once, while readers and writers hold the table', async () => {
    const { sql } = db.database;
    await sql.begin(async (tx) => {
      await tx`SELECT count(*) FROM events`;
      await tx`LOCK TABLE events IN ROW EXCLUSIVE MODE`;
      const made = await Promise.all(
        [1, 2, 3].map(() => sql`SELECT ensure_event_partitions(40000000) AS made`),
      );
      expect(made.reduce((sum, [row]) => sum + row?.made, 0)).toBe(3);
    });
    expect((await partitions()).map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((n) => `events_p${n}`));
  });

  test('are alike however they were created, and as append-only as the first', async () => {
    const { sql } = db.database;
    const made = await partitions();
    expect(new Set(made.map(({ indexes }) => indexes))).toEqual(new Set([4]));
    expect(made.at(-1)?.holds).toBe("FOR VALUES FROM ('40000000') TO ('50000000')");
    await sql`
      INSERT INTO events (position, type, at, actor_id, payload)
      VALUES (40000000, 'TEST', now(), gen_random_uuid(), '{}')`;
    expect(await sql`SELECT FROM events_p4`).toHaveLength(1);
    await expect(sql`UPDATE events SET type = 'OTHER'`).rejects.toThrow('append-only');
    await expect(sql`DELETE FROM events_p4`).rejects.toThrow('append-only');
  });
});

test.each(['transfers', 'events', 'idempotency_keys', 'audit_entries', 'audit_blocks'])(
  '%s can’t be truncated',
  async (table) => {
    const { sql } = db.database;
    await expect(sql`TRUNCATE ${sql(table)}`).rejects.toThrow(`${table} is append-only: TRUNCATE refused`);
  },
);
