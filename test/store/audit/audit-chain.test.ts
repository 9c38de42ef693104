import { beforeEach, describe, expect, test } from 'vitest';
import { plainEntry } from '../../../src/domain/security/audit-entry.ts';
import { sealAuditBlocks } from '../../../src/store/audit/audit-chain.ts';
import { AuditLog } from '../../../src/store/audit/audit-log.ts';
import { verify } from '../../../src/store/verification.ts';
import { useDatabasePerTest } from '../../harness/database.ts';

/** Entries: three blocks, of a thousand, a thousand and five hundred. */
const ENTRIES = 2_500;

const db = useDatabasePerTest();
beforeEach(async () => {
  const audit = new AuditLog(db.database.sql);
  await Promise.all(
    Array.from({ length: ENTRIES }, (_, n) => audit.append(plainEntry({ operation: `operation${n}` }))),
  );
  expect(await sealAuditBlocks(db.database.sql)).toBe(3);
});

/** What somebody does who has every right in the database, without leaving a trigger in the way. */
async function tamper(statement: string): Promise<void> {
  await db.database.sql.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = 'replica'`;
    await tx.unsafe(statement);
  });
}

async function found() {
  const { discrepancies } = await verify(db.database.sql);
  return discrepancies.map(({ row, problem }) => `${row} ${problem}`);
}

describe('the proof', () => {
  test('finds nothing in a trail that was left alone, sealed or not yet', async () => {
    await new AuditLog(db.database.sql).append(plainEntry({ operation: 'later' }));
    expect(await found()).toEqual([]);
  });

  test.each([
    ['operation', `UPDATE audit_entries SET operation = 'other' WHERE position = 1234`],
    ['instant', `UPDATE audit_entries SET at = at + interval '1 microsecond' WHERE position = 1234`],
    ['actor', `UPDATE audit_entries SET actor_id = gen_random_uuid() WHERE position = 1234`],
    ['outcome', `UPDATE audit_entries SET outcome = 'NOT_FOUND' WHERE position = 1234`],
  ])('names the entry whose %s was altered', async (_what, statement) => {
    await tamper(statement);
    expect(await found()).toEqual(['audit entry 1234 was altered after it was sealed']);
  });

  test('names an entry that was taken out, at the beginning, between others and at the end', async () => {
    await tamper('DELETE FROM audit_entries WHERE position IN (1, 1500, 2500)');
    expect(await found()).toEqual([1, 1500, 2500].map((n) => `audit entry ${n} is missing`));
  });

  test('names two that changed places, the first of them first', async () => {
    await tamper(`
      UPDATE audit_entries SET position = -1 * position + 1000000 WHERE position IN (10, 20);
      UPDATE audit_entries SET position = CASE position WHEN 999990 THEN 20 ELSE 10 END
      WHERE position IN (999990, 999980)`);
    expect(await found()).toEqual([10, 20].map((n) => `audit entry ${n} was altered after it was sealed`));
  });

  test('names one that was put in: in place of another, before the first and after the last', async () => {
    await tamper(`
      INSERT INTO audit_entries (position, at, operation, outcome) VALUES (0, now(), 'forged', 'OK'),
        (2501, now(), 'forged', 'OK')`);
    expect(await found()).toEqual([
      'audit entry 0 was inserted',
      'audit head is at 2500, the last entry at 2501',
    ]);
  });

  test('names the block when its digests were altered with the entry', async () => {
    await tamper(`
      UPDATE audit_entries SET operation = 'other' WHERE position = 1234;
      UPDATE audit_blocks SET digests = sha256('x') || substring(digests FROM 33) WHERE number = 2`);
    expect(await found()).toContain('audit block 2 was altered: its hash does not match its content');
  });

  test('names the block after one that was sealed anew, and after one that is gone', async () => {
    await tamper(`
      UPDATE audit_blocks SET digests = reverse_digests.d, hash = sha256(previous_hash || int8send(number)
        || int8send(from_position) || int8send(to_position) || reverse_digests.d)
      FROM (SELECT substring(digests FROM 33) || substring(digests FOR 32) AS d FROM audit_blocks WHERE number = 1)
        AS reverse_digests
      WHERE number = 1`);
    expect(await found()).toContain(
      'audit block 2 does not chain to the previous block, which was altered or is missing',
    );
    await tamper('DELETE FROM audit_blocks WHERE number = 2');
    expect(await found()).toContain(
      'audit block 3 does not chain to the previous block, which was altered or is missing',
    );
  });

  test('names a hole in what is not sealed yet, and a head that was set back', async () => {
    const audit = new AuditLog(db.database.sql);
    for (const operation of ['a', 'b', 'c']) await audit.append(plainEntry({ operation }));
    await tamper('DELETE FROM audit_entries WHERE position = 2502');
    expect(await found()).toEqual(['audit entry 2503 follows entry 2501: the positions between are missing']);
    await expect(sealAuditBlocks(db.database.sql)).rejects.toThrow('missing positions');
  });
});

test('no seal covers a hole or crosses the end of a partition', async () => {
  const { sql } = db.database;
  await tamper('UPDATE audit_head SET position = 999998');
  await sql`SELECT ensure_audit_partitions(1000000)`;
  await tamper(`
    INSERT INTO audit_blocks (number, from_position, to_position, count, digests, previous_hash, hash)
    VALUES (4, 2501, 999998, 997498, '', '', sha256('x'))`);
  const audit = new AuditLog(sql);
  for (const operation of ['a', 'b', 'c']) await audit.append(plainEntry({ operation }));
  await sealAuditBlocks(sql);
  const blocks =
    await sql`SELECT from_position::int AS from, to_position::int AS to FROM audit_blocks WHERE number > 4`;
  expect(blocks).toMatchObject([
    { from: 999_999, to: 999_999 },
    { from: 1_000_000, to: 1_000_001 },
  ]);
});
