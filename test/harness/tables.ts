import type { Sql } from '../../src/store/postgres/database.ts';

/** Tables that every list of all tables has. */
const LEAST = ['audit_entries', 'cards', 'events', 'idempotency_keys', 'ledger_accounts', 'transfers'];

/** The names of all tables, in order, a partitioned one once. */
export async function tablesOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname`;
  const names = rows.map(({ name }) => name);
  // A test that looks through every table would pass if it found none.
  const missing = LEAST.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`Tables were not found: ${missing.join(', ')}.`);
  return names;
}
