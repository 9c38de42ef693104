import { afterAll, expect, test } from 'vitest';
import { createCardBatch } from '../../src/store/batches/card-batches.ts';
import { verify } from '../../src/store/verification.ts';
import { orderLike } from '../harness/batch-orders.ts';
import { makeRateGroup, OPERATOR } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';

const QUANTITY = 300_000;
const CHUNK = 10_000;
const KILLS = 3;

const db = useDatabase();
let server: ServerProcess | undefined;
afterAll(async () => {
  await server?.stop('SIGTERM');
});

async function batchNow(id: string) {
  const [row] = await db.database.sql<{ state: string; made: number; claimedUntil: Date | null }[]>`
    SELECT state, made, claimed_until AS "claimedUntil" FROM card_batches WHERE id = ${id}`;
  if (!row) throw new Error('The batch is gone.');
  return row;
}

async function progressOf(id: string) {
  return db.database.sql<{ made: number; at: Date }[]>`
    SELECT (payload->>'made')::int AS made, at FROM events
    WHERE batch_id = ${id} AND type = 'BATCH_PROGRESS' ORDER BY position`;
}

test('after each kill -9 during batch generation the next instance continues at once, with every serial once', async () => {
  const { sql } = db.database;
  const rateGroupId = await makeRateGroup(sql);
  const order = orderLike({ rateGroupId, quantity: QUANTITY, serialPrefix: 'KILL' });
  const id = await createCardBatch(sql, order, OPERATOR.actorId);

  for (let kill = 0; kill < KILLS; kill += 1) {
    const { made: before } = await batchNow(id);
    server = await startInstance(db.url);
    await expect
      .poll(async () => (await batchNow(id)).made, { interval: 5, timeout: 20_000 })
      .toBeGreaterThan(before);
    expect(await server.stop('SIGKILL')).toBe('SIGKILL');
  }
  const left = await batchNow(id);
  expect(left.state).toBe('GENERATING');
  expect(left.made).toBeLessThan(QUANTITY);

  server = await startInstance(db.url);
  await expect.poll(async () => (await batchNow(id)).state, { timeout: 60_000 }).toBe('READY');
  const progress = await progressOf(id);
  // Long before the claim of the dead would have run out.
  const takenOver = progress.find(({ made }) => made > left.made);
  expect(takenOver?.at.getTime()).toBeLessThan(left.claimedUntil?.getTime() ?? 0);
  expect(progress.map(({ made }) => made)).toEqual(
    Array.from({ length: QUANTITY / CHUNK }, (_, chunk) => (chunk + 1) * CHUNK),
  );

  const [cards] = await sql`
    SELECT count(*)::int AS count, count(DISTINCT serial)::int AS serials, count(DISTINCT pin_digest)::int AS pins,
      min(serial) AS first, max(serial) AS last
    FROM cards WHERE batch_id = ${id}`;
  expect(cards).toEqual({
    count: QUANTITY,
    serials: QUANTITY,
    pins: QUANTITY,
    first: 'KILL0000000001',
    last: 'KILL0000300000',
  });
  expect(await verify(sql)).toMatchObject({ clean: true });
}, 120_000);
