import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { quarterOf } from '../../../src/domain/values/quarter-hour.ts';
import { leftOn, readBatches } from '../../../src/store/reports/batches.ts';
import { readLiability, readRevenue } from '../../../src/store/reports/ledger.ts';
import { readRecharges } from '../../../src/store/reports/recharges.ts';
import type { ReportPage } from '../../../src/store/reports/report.ts';
import { addReportFacts } from '../../../src/store/reports/report-counters.ts';
import { beginReportCounters, countBroughtIn, RECOUNT } from '../../../src/store/reports/report-recount.ts';
import { readUsage } from '../../../src/store/reports/usage.ts';
import { verify } from '../../../src/store/verification.ts';
import { makeCards } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { countAnew } from '../../harness/models/report-counters.ts';
import {
  type Books,
  dayIn,
  readBooks,
  recountBatch,
  recountLiability,
  recountRecharges,
  recountRevenue,
  recountUsage,
} from '../../harness/models/report-recount.ts';
import { anyStep, ReportWorld } from '../../harness/models/report-world.ts';

const db = useDatabase();
beforeAll(async () => {
  await beginReportCounters(db.database.sql);
});

/** With whole, half and quarter hours off UTC, and clocks that go forward and back by an hour and by half of one. */
const ZONES = [
  'UTC',
  'Europe/Rome',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const DAYS = 45;

/** All rows of a report, in pages so small that each of them has to go on from another. */
async function all<Row>(
  read: (page: { after: readonly string[] | null; limit: number }) => Promise<ReportPage<Row>>,
  placeOf: (row: Row) => readonly string[],
  limit = 3,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const page = await read({ after: last ? placeOf(last) : null, limit });
    rows.push(...page.rows);
    if (page.rows.length < limit) return rows;
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';

async function expectReportsToBeRight(world: ReportWorld, books: Books, timeZone: string): Promise<void> {
  const { sql } = db.database;
  const from = dayIn(timeZone, new Date(books.now.getTime() - DAYS * 86_400_000));
  const period = { from, to: dayIn(timeZone, books.now), timeZone };

  const batches = await all(
    (page) => readBatches(sql, { ...page, partnerIds: null, batchId: null }),
    ({ batchId }) => [batchId],
    100,
  );
  for (const { batchId } of world.batches) {
    const counted = batches.find((each) => each.batchId === batchId);
    expect(counted && { ...counted, left: leftOn(counted) }).toMatchObject(recountBatch(books, batchId));
  }

  const liability = await all(
    (page) => readLiability(sql, { ...page, period, partnerIds: null }),
    ({ day, currency }) => [day, currency],
    20,
  );
  expect(liability.length).toBeGreaterThanOrEqual(DAYS);
  for (const { day, owed } of liability) {
    expect([day, owed]).toEqual([day, recountLiability(books, timeZone, day)]);
  }
  const revenue = await all(
    (page) => readRevenue(sql, { ...page, period, partnerIds: null }),
    ({ day, currency }) => [day, currency],
    20,
  );
  for (const { day, currency: _, ...counted } of revenue) {
    expect([day, counted]).toEqual([day, recountRevenue(books, timeZone, day)]);
  }

  const recharges = await all(
    (page) => readRecharges(sql, { ...page, period, partnerIds: null }),
    ({ day, partnerId, currency }) => [day, partnerId ?? NIL, currency],
  );
  expect(recharges.map(({ currency: _c, partnerName: _n, ...row }) => row)).toEqual(
    recountRecharges(books, timeZone, from),
  );
  const usage = await all(
    (page) => readUsage(sql, { ...page, period, partnerIds: null }),
    ({ day, destination, rateGroupId, partnerId }) => [day, destination, rateGroupId, partnerId ?? NIL],
  );
  expect(usage.map(({ currency: _c, partnerName: _n, rateGroupName: _g, ...row }) => row)).toEqual(
    recountUsage(books, timeZone, from),
  );
}

test('whatever is done, by two instances at once and counted meanwhile, reports are what a recount finds', async () => {
  const { sql } = db.database;
  const day = fc.record({
    steps: fc.array(fc.array(anyStep, { minLength: 2, maxLength: 12 }), { minLength: 2, maxLength: 6 }),
    quarters: fc.nat({ max: 1_200 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(day, { minLength: 2, maxLength: 4 }),
      fc.constantFrom(...ZONES),
      async (days, timeZone) => {
        const world = await ReportWorld.make(sql);
        for (const { steps, quarters } of days) {
          await world.age(quarters);
          await world.run(steps);
        }
        const books = await readBooks(sql);
        await expectReportsToBeRight(world, books, timeZone);
        expect((await verify(sql)).discrepancies).toEqual([]);
        await Promise.all([addReportFacts(sql), addReportFacts(sql)]);
        await expectReportsToBeRight(world, books, timeZone);
        expect((await verify(sql)).discrepancies).toEqual([]);
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
}, 120_000);

test('an older database is counted as a whole at its first start, once, though its oldest events are gone', async () => {
  const { sql } = db.database;
  const world = await ReportWorld.make(sql);
  await sql`DROP TABLE events_p0`;
  await sql`SELECT ensure_event_partitions(1)`;
  for (const table of [
    'report_facts',
    'batch_counters',
    'ledger_counters',
    'recharge_counters',
    'usage_counters',
  ]) {
    await sql`DELETE FROM ${sql(table)}`;
  }
  await sql`DELETE FROM report_counting`;
  // Two instances start, while others that started before them write on.
  const steps = fc.sample(fc.array(anyStep, { minLength: 10, maxLength: 20 }), 3);
  await Promise.all([beginReportCounters(sql), beginReportCounters(sql), world.run(steps)]);
  expect(await sql`SELECT FROM report_counting`).toHaveLength(1);
  await addReportFacts(sql);
  await expectReportsToBeRight(world, await readBooks(sql), 'UTC');
  expect((await verify(sql)).discrepancies.filter(({ check }) => check.endsWith('counters'))).toEqual([]);
});

test('the proof names counters that were altered, and a new count puts them right', async () => {
  const { sql } = db.database;
  await addReportFacts(sql);
  await sql`UPDATE batch_counters SET issued = issued + 1 WHERE batch_id = (SELECT min(batch_id::text)::uuid FROM batch_counters)`;
  await sql`UPDATE ledger_counters SET owed = owed + 1 WHERE quarter = (SELECT max(quarter) FROM ledger_counters)`;
  await sql`UPDATE recharge_counters SET recharges = recharges + 1`;
  await sql`DELETE FROM usage_counters`;
  const altered = async () => {
    const { discrepancies } = await verify(sql);
    return [...new Set(discrepancies.map(({ check }) => check))].filter((check) =>
      check.endsWith('counters'),
    );
  };
  expect(await altered()).toEqual([
    'batch counters',
    'ledger counters',
    'recharge counters',
    'usage counters',
  ]);
  await countAnew(sql);
  expect(await altered()).toEqual([]);
});

test('cards that are brought in with their transfers are counted by who brings them in', async () => {
  const { sql } = db.database;
  const { batchId } = await makeCards(sql, { count: 3 });
  await sql.begin(async (tx) => {
    await tx`UPDATE cards SET status = 'ACTIVE', balance = 2000000, version = 1, activated_at = now() WHERE batch_id = ${batchId}`;
    await tx`
      INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
        card_balance_after, actor_id, created_at)
      SELECT gen_random_uuid(), 'ISSUE', (SELECT id FROM ledger_accounts WHERE kind = 'ISSUANCE'), id, 2000000, 'EUR', id,
        1, 2000000, batch_id, now() FROM cards WHERE batch_id = ${batchId}`;
    const [clock] = await tx<{ now: Date }[]>`SELECT now()`;
    await countBroughtIn(tx, { batchId, at: clock?.now ?? new Date() });
  });
  const altered = async () =>
    (await verify(sql)).discrepancies.filter(({ check }) => check.endsWith('counters'));
  expect(await altered()).toEqual([]);
  await addReportFacts(sql);
  expect(await altered()).toEqual([]);
});

test('a recount puts each instant into the quarter of an hour that counting put it into, also the last of one', async () => {
  const { sql } = db.database;
  const nearTheEnd = fc.integer({ min: 1, max: 200_000 }).map((quarter) => new Date(quarter * 900_000 - 1));
  const instants = fc.sample(
    fc.oneof(nearTheEnd, fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true })),
    500,
  );
  await sql.begin(async (tx) => {
    // In the place of the real one: for this transaction, and in no other.
    await tx`CREATE TEMP TABLE transfers ON COMMIT DROP AS SELECT * FROM transfers WITH NO DATA`;
    await tx`
      INSERT INTO pg_temp.transfers (kind, amount, currency, created_at)
      SELECT 'RECHARGE', 1, 'EUR', at FROM unnest(${instants.map((at) => at.toISOString())}::timestamptz[]) AS at`;
    const counted = new Map<string, number>();
    for (const { day, quarter } of instants.map(quarterOf)) {
      const key = `${day} ${quarter}`;
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const recounted = await tx.unsafe<{ key: string; recharges: bigint }[]>(
      `SELECT day || ' ' || quarter AS key, recharges FROM (${RECOUNT.recharges}) AS r`,
    );
    expect(new Map(recounted.map(({ key, recharges }) => [key, Number(recharges)]))).toEqual(counted);
  });
});
