import { beforeAll, expect, test } from 'vitest';
import { PartnerTree } from '../../../src/store/partners/partner-tree.ts';
import type { Sql } from '../../../src/store/postgres/database.ts';
import { makePartner } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();
let partnerId: string;
beforeAll(async () => {
  partnerId = await makePartner(db.database.sql, 0n);
});

/** The database, whose answers come when each test lets them. */
function answeringBy(deliver: (rows: Promise<unknown>) => Promise<unknown>): Sql {
  const { sql } = db.database;
  return ((...query: Parameters<typeof sql>) => deliver(Promise.resolve(sql(...query)))) as unknown as Sql;
}

test('a look that was begun earlier and ends later brings no suspended partner back', async () => {
  const [read, held] = [newSignal(), newSignal()];
  let looks = 0;
  const tree = new PartnerTree(
    answeringBy(async (rows) => {
      looks += 1;
      const isFirst = looks === 1;
      const seen = await rows;
      if (!isFirst) return seen;
      read.give();
      await held.given;
      return seen;
    }),
  );
  const early = tree.refresh();
  await read.given;
  await db.database.sql`UPDATE partners SET suspended_at = now() WHERE id = ${partnerId}`;
  await tree.refresh();
  expect(tree.isSuspended(partnerId)).toBe(true);
  held.give();
  await early;
  expect(tree.isSuspended(partnerId)).toBe(true);
  expect(tree.isOld).toBe(false);
});

function newSignal() {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

test('a look that fails is to be made again', async () => {
  let isAway = true;
  const tree = new PartnerTree(
    answeringBy(async (rows) => {
      if (isAway) throw new Error('The database is away.');
      return rows;
    }),
  );
  await expect(tree.refresh()).rejects.toThrow('away');
  expect(tree.isOld).toBe(true);
  isAway = false;
  await tree.refresh();
  expect([tree.isOld, tree.isSuspended(partnerId)]).toEqual([false, true]);
});
