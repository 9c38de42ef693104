import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';

const { database, drop } = await createTestDatabase();
afterAll(drop);

test('a test database has the migrated schema', async () => {
  const [row] = await database.sql`SELECT position FROM event_head`;
  expect(row?.position).toBe(0n);
});
