import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LARGEST_BRANCH } from '../../../src/domain/partners/branch.ts';
import { movePartner } from '../../../src/store/partners/partner-changes.ts';
import { createPartner } from '../../../src/store/partners/partners.ts';
import { makePartner, OPERATOR } from '../../harness/cards.ts';
import { createTestDatabase, type TestDatabase } from '../../harness/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const { actorId } = OPERATOR;
const below = (parentId: string | null) =>
  createPartner(db.database.sql, { name: `Partner ${uuidV7()}`, currency: 'EUR', parentId, actorId });
const move = (id: string, parentId: string | null) => movePartner(db.database.sql, id, parentId, actorId);

/** A tree of so many partners: one at its top, the others below one below it. */
async function treeOf(count: number): Promise<{ top: string; second: string }> {
  const { sql } = db.database;
  const top = await makePartner(sql, 0n);
  const second = (await below(top)).id;
  await sql`
    INSERT INTO partners (id, name, currency, parent_id)
    SELECT gen_random_uuid(), ${uuidV7()} || n, 'EUR', ${second} FROM generate_series(1, ${count - 2}) AS n`;
  return { top, second };
}

test('a tree has an end at every level; what moves within it goes on', async () => {
  const { top, second } = await treeOf(LARGEST_BRANCH - 1);
  const last = await below(second);
  for (const parent of [top, second, last.id]) {
    await expect(below(parent)).rejects.toMatchObject({ code: 'PARTNER_MISPLACED' });
  }
  await expect(move(last.id, top)).resolves.toMatchObject({ parentId: top });
  await move(last.id, null);
  await expect(below(second)).resolves.toMatchObject({ parentId: second });
  await expect(move(last.id, second)).rejects.toMatchObject({ code: 'PARTNER_MISPLACED' });
});

test('a branch that moves brings all its partners', async () => {
  const [large, small] = [await treeOf(LARGEST_BRANCH - 2), await treeOf(3)];
  await expect(move(small.top, large.second)).rejects.toMatchObject({
    code: 'PARTNER_MISPLACED',
    message: expect.stringContaining(`${LARGEST_BRANCH}`),
  });
  await expect(move(small.second, large.second)).resolves.toMatchObject({ parentId: large.second });
});

test('of many made at once none is too many', async () => {
  const { second } = await treeOf(LARGEST_BRANCH - 3);
  const made = await Promise.allSettled(Array.from({ length: 8 }, () => below(second)));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});
