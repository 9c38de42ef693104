import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BatchOrder } from '../../../src/domain/batches/batch-order.ts';
import { DEFAULT_PIN_FORMAT } from '../../../src/domain/batches/pin-format.ts';
import { BatchGeneration } from '../../../src/jobs/batch-generation.ts';
import { cancelCardBatch, createCardBatch } from '../../../src/store/batches/card-batches.ts';
import { KeyRing } from '../../../src/store/keys/key-ring.ts';
import { MasterKey } from '../../../src/store/keys/master-key.ts';
import { createRateGroup } from '../../../src/store/rates/rate-groups.ts';
import { verify } from '../../../src/store/verification.ts';
import { orderLike } from '../../harness/batch-orders.ts';
import { makePartner, OPERATOR } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();
let rateGroupId: string;
const masterKey = new MasterKey(randomBytes(32));
const { vault } = masterKey;
let keys: KeyRing;
const never = new AbortController().signal;

beforeAll(async () => {
  keys = await KeyRing.open({ sql: db.database.sql, read: async () => [masterKey] });
  ({ id: rateGroupId } = await createRateGroup(db.database.sql, { name: 'g', currency: 'EUR' }));
});

const order = (changes: Partial<BatchOrder>) => orderLike({ rateGroupId, ...changes });

const newGeneration = () => new BatchGeneration({ sql: db.database.sql, keys, directUrl: db.url });

const create = (changes: Partial<BatchOrder> = {}) =>
  createCardBatch(db.database.sql, order(changes), OPERATOR.actorId);

async function stateOf(id: string) {
  const [row] = await db.database.sql`
    SELECT b.state, b.made, b.quantity, count(c.id)::int AS cards, count(DISTINCT c.serial)::int AS serials,
           min(c.serial) AS first, max(c.serial) AS last
    FROM card_batches b LEFT JOIN cards c ON c.batch_id = b.id WHERE b.id = ${id} GROUP BY b.id`;
  return row;
}

async function expectRefused(attempt: () => Promise<unknown>, code: string) {
  const counts = () => db.database.sql`
    SELECT (SELECT count(*) FROM card_batches) AS batches, (SELECT sum(issued) FROM pin_formats) AS pins,
           (SELECT sum(next) FROM serial_counters) AS serials, (SELECT position FROM event_head) AS head`;
  const before = await counts();
  await expect(attempt()).rejects.toMatchObject({ code });
  expect([...(await counts())]).toEqual([...before]);
}

describe('generation', () => {
  test('makes every card once, with unbroken serials, PINs that are found and opened, and progress in the log', async () => {
    const partnerId = await makePartner(db.database.sql, 0n);
    const id = await create({ partnerId, firstUseBy: new Date('2030-01-01T00:00:00Z'), serialPrefix: 'IT' });
    await newGeneration().run(never);
    expect(await stateOf(id)).toEqual({
      state: 'READY',
      made: 25_000,
      quantity: 25_000,
      cards: 25_000,
      serials: 25_000,
      first: 'IT0000000001',
      last: 'IT0000025000',
    });
    const [card] = await db.database.sql`SELECT * FROM cards WHERE serial = 'IT0000012345'`;
    const pin = vault.open(card?.pin_cipher, card?.id);
    expect(pin).toMatch(/^\d{14}$/);
    expect(vault.digest(pin).equals(card?.pin_digest)).toBe(true);
    expect(() => vault.open(card?.pin_cipher, id)).toThrow();
    expect(card).toMatchObject({
      status: 'INACTIVE',
      balance: 0n,
      held: 0n,
      version: 0,
      partner_id: partnerId,
      valid_until: new Date('2030-01-01T00:00:00Z'),
      grace_until: new Date('2030-01-08T00:00:00Z'),
      due_at: new Date('2030-01-08T00:00:00Z'),
    });
    const events = await db.database.sql`
      SELECT type, payload->>'state' AS state, (payload->>'made')::int AS made FROM events
      WHERE batch_id = ${id} ORDER BY position`;
    expect(events.map(({ state, made }) => [state, made])).toEqual([
      ['PENDING', 0],
      ['GENERATING', 10_000],
      ['GENERATING', 20_000],
      ['READY', 25_000],
    ]);
  });

  test('is taken up where a dead instance left it, without a missing or doubled serial', async () => {
    const id = await create({ quantity: 100_000, serialPrefix: 'DEAD' });
    const ending = new AbortController();
    const dying = newGeneration().run(ending.signal);
    await expect
      .poll(async () => (await stateOf(id))?.made, { interval: 5, timeout: 20_000 })
      .toBeGreaterThanOrEqual(10_000);
    // A run that is told to stop ends after the chunk it is on; one that died would have left its claim behind.
    ending.abort();
    await dying;
    const left = await stateOf(id);
    expect(left?.made).toBeGreaterThan(0);
    expect(left?.made).toBeLessThan(100_000);
    expect(left).toMatchObject({ state: 'GENERATING', cards: left?.made });
    await db.database.sql`
      UPDATE card_batches SET claimed_by = ${OPERATOR.actorId}, claimed_until = now() - interval '1 second'
      WHERE id = ${id}`;
    await newGeneration().run(never);
    expect(await stateOf(id)).toMatchObject({
      state: 'READY',
      cards: 100_000,
      serials: 100_000,
      last: 'DEAD0000100000',
    });
  });

  test('three instances at once make two batches once', async () => {
    const ids = [await create({ serialPrefix: 'A' }), await create({ serialPrefix: 'A' })];
    await Promise.all([1, 2, 3].map(() => newGeneration().run(never)));
    expect(await stateOf(ids[0] ?? '')).toMatchObject({ state: 'READY', cards: 25_000, last: 'A0000025000' });
    expect(await stateOf(ids[1] ?? '')).toMatchObject({
      state: 'READY',
      cards: 25_000,
      first: 'A0000025001',
    });
  });

  test('a cancelled batch keeps what was made, gives the rest of its PINs back, and ends', async () => {
    const [before] = await db.database.sql`SELECT sum(issued) AS issued FROM pin_formats`;
    const id = await create({ quantity: 200_000, serialPrefix: 'C' });
    const running = newGeneration().run(never);
    await expect
      .poll(async () => (await stateOf(id))?.made, { interval: 20, timeout: 20_000 })
      .toBeGreaterThan(0);
    await cancelCardBatch(db.database.sql, id, OPERATOR.actorId);
    await running;
    const state = await stateOf(id);
    expect(state).toMatchObject({ state: 'CANCELLED', cards: state?.made });
    expect(state?.made).toBeLessThan(200_000);
    const [after] = await db.database.sql`SELECT sum(issued) AS issued FROM pin_formats`;
    expect(Number(after?.issued) - Number(before?.issued)).toBe(state?.made);
    await expectRefused(
      () => cancelCardBatch(db.database.sql, id, OPERATOR.actorId),
      'BATCH_ALREADY_FINISHED',
    );
  });

  test('PINs that are taken are drawn anew', async () => {
    // Of 10,000 PINs 100 are asked for, against the density rule: half of all draws hold one twice.
    const id = await create({ quantity: 1, serialPrefix: 'D' });
    await db.database.sql`
      UPDATE card_batches SET quantity = 100, pin_prefix = '0000000000' WHERE id = ${id}`;
    await newGeneration().run(never);
    expect(await stateOf(id)).toMatchObject({ state: 'READY', cards: 100 });
  });

  test('a format without free PINs fails the batch, says why, and leaves no card behind', async () => {
    const id = await create({ quantity: 1, serialPrefix: 'E' });
    await db.database.sql`
      UPDATE card_batches SET quantity = 11, pin_prefix = '0000000000000' WHERE id = ${id}`;
    await newGeneration().run(never);
    expect(await stateOf(id)).toMatchObject({ state: 'FAILED', made: 0, cards: 0 });
    const [batch] = await db.database.sql`SELECT failure FROM card_batches WHERE id = ${id}`;
    expect(batch?.failure).toMatch(/longer/);
  });

  test('a serial that is there already fails the batch, and says so', async () => {
    const id = await create({ quantity: 10, serialPrefix: 'F' });
    await newGeneration().run(never);
    const twin = await create({ quantity: 10, serialPrefix: 'F' });
    await db.database.sql`UPDATE card_batches SET serial_start = 1 WHERE id = ${twin}`;
    await newGeneration().run(never);
    expect(await stateOf(id)).toMatchObject({ state: 'READY', cards: 10 });
    expect(await stateOf(twin)).toMatchObject({ state: 'FAILED', made: 0, cards: 0 });
    const [batch] = await db.database.sql`SELECT failure FROM card_batches WHERE id = ${twin}`;
    expect(batch?.failure).toContain('cards_serial_key');
  });

  test('a batch that a full disk keeps from being made stands back for the others, and is made in the end', async () => {
    const { sql } = db.database;
    const [stuck, behind] = [
      await create({ quantity: 10, serialPrefix: 'G' }),
      await create({ quantity: 10, serialPrefix: 'H' }),
    ];
    await sql.unsafe(`
      CREATE FUNCTION fill_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full';
      END $$;
      CREATE TRIGGER fill_disk BEFORE INSERT ON cards FOR EACH ROW WHEN (NEW.batch_id = '${stuck}')
        EXECUTE FUNCTION fill_disk()`);
    const generation = newGeneration();
    await expect(generation.run(never)).rejects.toThrow('no space left');
    await generation.run(never);
    expect(await stateOf(stuck)).toMatchObject({ state: 'GENERATING', made: 0 });
    expect(await stateOf(behind)).toMatchObject({ state: 'READY', cards: 10 });
    await sql`DROP TRIGGER fill_disk ON cards`;
    await sql`UPDATE card_batches SET claimed_until = now() - interval '1 second' WHERE id = ${stuck}`;
    await generation.run(never);
    expect(await stateOf(stuck)).toMatchObject({ state: 'READY', cards: 10 });
  });

  test('the proof counts them', async () => {
    expect(await verify(db.database.sql)).toMatchObject({ clean: true });
  });
});

describe('an order is refused', () => {
  test.each<[string, Partial<BatchOrder>]>([
    ['INVALID_INPUT', { quantity: 0 }],
    ['INVALID_INPUT', { quantity: 10_000_001 }],
    ['INVALID_INPUT', { validityDays: 0 }],
    ['INVALID_INPUT', { graceDays: -1 }],
    ['INVALID_INPUT', { firstUseBy: new Date(0) }],
    ['INVALID_INPUT', { maxConcurrentCalls: 0 }],
    ['INVALID_INPUT', { language: 'english please' }],
    ['INVALID_INPUT', { serialPrefix: 'lower' }],
    ['INVALID_INPUT', { pinFormat: { ...DEFAULT_PIN_FORMAT, length: 5 } }],
    ['INVALID_INPUT', { pinFormat: { ...DEFAULT_PIN_FORMAT, alphabet: '00' } }],
    ['INVALID_INPUT', { pinFormat: { ...DEFAULT_PIN_FORMAT, prefix: '12345678901234' } }],
    ['INVALID_INPUT', { rechargeMin: 2_000_000n, rechargeMax: 1_000_000n }],
    ['INVALID_INPUT', { name: ' ' }],
    ['INVALID_AMOUNT', { faceValue: -1n }],
    ['CURRENCY_MISMATCH', { currency: 'USD' }],
    ['NOT_FOUND', { rateGroupId: OPERATOR.actorId }],
    ['NOT_FOUND', { partnerId: OPERATOR.actorId }],
    ['PIN_FORMAT_TOO_DENSE', { quantity: 101, pinFormat: { ...DEFAULT_PIN_FORMAT, length: 8 } }],
  ])('%s for %o', async (code, changes) => expectRefused(() => create(changes), code));

  test('two orders at once cannot both have the last PINs of a format', async () => {
    const pinFormat = { ...DEFAULT_PIN_FORMAT, length: 9, prefix: '' };
    const results = await Promise.allSettled([1, 2, 3].map(() => create({ quantity: 400, pinFormat })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'PIN_FORMAT_TOO_DENSE',
      data: { issued: '1200', possible: '1000000000', lengthNeeded: 10 },
    });
  });
});
