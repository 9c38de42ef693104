import { expect } from 'vitest';
import { RequestFailed } from '../../src/client/client.ts';
import type { ErrorCode } from '../../src/client/operations.ts';
import type { Sql } from '../../src/store/postgres/database.ts';
import type { Api } from './api.ts';
import { tablesOf } from './tables.ts';

/**
 * What a request may note that is refused: where a key was last used from, and wrong PINs, counted and explained; that
 * it was refused; what a job counts meanwhile; and that an instance lives. The head of the log is that of its events.
 */
const NOTES = [
  'api_key_uses',
  'audit_blocks',
  'audit_entries',
  'audit_head',
  'event_head',
  'failed_authentications',
  'failure_locks',
  'guess_budgets',
  'guess_sources',
  'key_holders',
  'partner_hours',
  'partner_watch',
  'report_facts',
  'batch_counters',
  'clock_marks',
  'ledger_counters',
  'recharge_counters',
  'usage_counters',
  'serial_failures',
];

/** How many PINs failed is told by the second, of whichever request they were. */
const COUNTED = "WHERE type <> 'PINS_FAILED'";

/** What is in every table: how many rows, and a checksum of them. */
export async function snapshot(sql: Sql): Promise<Record<string, string>> {
  const tables = await tablesOf(sql);
  const content = tables
    .filter((name) => !NOTES.includes(name))
    .map(
      (name) =>
        `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM "${name}" t ${name === 'events' ? COUNTED : ''}`,
    );
  const rows = await sql.unsafe<{ name: string; sum: string }[]>(content.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

/** Runs what must change nothing. A money mutation may remember the key it refused: that is a promise too. */
async function unchanged<Result>(
  { db }: Api,
  ask: () => Promise<Result>,
  remembersKey: boolean,
): Promise<Result> {
  const { idempotency_keys: keysBefore, ...before } = await snapshot(db.database.sql);
  const answer = await ask();
  const { idempotency_keys: keysAfter, ...after } = await snapshot(db.database.sql);
  expect(after).toEqual(before);
  if (remembersKey) expect(rowsIn(keysAfter) - rowsIn(keysBefore)).toBeLessThanOrEqual(1);
  else expect(keysAfter).toBe(keysBefore);
  return answer;
}

const rowsIn = (sum = '0') => Number.parseInt(sum, 10);

/** Asserts that a mutation is refused by this name, of this type, and leaves every table as it was. */
export async function expectRefusal<Result extends { readonly __typename: string }>(
  api: Api,
  code: ErrorCode,
  ask: () => Promise<{ readonly result: Result }>,
  { remembersKey = false } = {},
): Promise<Extract<Result, { code: ErrorCode }>> {
  const { result } = await unchanged(api, ask, remembersKey);
  expect(result).toMatchObject({ code, message: expect.stringMatching(/\S+ .+[.:]/) });
  expect(result.__typename).toBe(`${typeNameOf(code)}Error`);
  return result as Extract<Result, { code: ErrorCode }>;
}

/** CARD_IN_GRACE is the code of CardInGraceError. */
function typeNameOf(code: string): string {
  return code
    .split('_')
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join('');
}

/** Asserts that the viewer's role does not allow it, and that nothing changed. */
export async function expectForbidden(api: Api, ask: () => Promise<unknown>): Promise<void> {
  expect(await unchanged(api, () => failure(ask), false)).toBe('FORBIDDEN');
}

/** The code of the error that a request fails with. */
export async function failure(ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof RequestFailed) return error.code;
    throw error;
  }
  return undefined;
}

/** The result as the success it must be. */
export function succeeded<Result extends { readonly __typename: string }>(
  result: Result,
): Exclude<Result, { code: ErrorCode }> {
  if ('code' in result) throw new Error(`${result.__typename}: ${JSON.stringify(result)}`);
  return result as Exclude<Result, { code: ErrorCode }>;
}
