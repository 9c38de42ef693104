import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchGeneration } from '../../../src/jobs/batch-generation.ts';
import { moveCards, resumeRotation } from '../../../src/jobs/key-rotation.ts';
import { createCardBatch } from '../../../src/store/batches/card-batches.ts';
import { KeyRing } from '../../../src/store/keys/key-ring.ts';
import { beginRotation } from '../../../src/store/keys/key-rotation.ts';
import { MasterKey } from '../../../src/store/keys/master-key.ts';
import { verify } from '../../../src/store/verification.ts';
import { orderLike } from '../../harness/batch-orders.ts';
import { type MadeCards, makeCards, makeRateGroup, OPERATOR } from '../../harness/cards.ts';
import { type TestDatabase, useDatabasePerTest } from '../../harness/database.ts';

const FIRST = new MasterKey(randomBytes(32));
const SECOND = new MasterKey(randomBytes(32));
const never = new AbortController().signal;

/** All PINs that there are in a format with one random position. */
const PREFIX = '0000000000000';
const PINS = Array.from({ length: 10 }, (_, digit) => `${PREFIX}${digit}`);

const db = useDatabasePerTest();
let sql: TestDatabase['database']['sql'];
let ring: KeyRing;
let cards: MadeCards['cards'];

/** Ten cards under the first key, and both keys given. */
beforeEach(async () => {
  ({ sql } = db.database);
  let given = [FIRST];
  ring = await KeyRing.open({ sql, read: async () => given });
  ({ cards } = await makeCards(sql, { count: PINS.length }));
  for (const [place, { id }] of cards.entries()) {
    const pin = PINS[place] ?? '';
    await sql`
      UPDATE cards SET pin_digest = ${FIRST.vault.digest(pin)}, pin_cipher = ${FIRST.vault.seal(pin, id)}
      WHERE id = ${id}`;
  }
  given = [SECOND, FIRST];
  await ring.refresh();
});

const begin = () => beginRotation(sql, ring, SECOND);
const move = () => moveCards({ sql, ring }, never);
const nth = (place: number) => cards[place] ?? { id: '', serial: '' };
const cipherOf = async (id: string) => {
  const [card] = await sql<{ cipher: Buffer }[]>`SELECT pin_cipher AS cipher FROM cards WHERE id = ${id}`;
  return card?.cipher ?? Buffer.alloc(0);
};
const setCipher = (id: string, cipher: Buffer) =>
  sql`UPDATE cards SET pin_cipher = ${cipher} WHERE id = ${id}`;
const foundBy = async (pin: string) => {
  const [card] = await sql<{ serial: string }[]>`
    SELECT serial FROM cards
    WHERE encode(pin_digest, 'hex') = ANY(${ring.digests(pin).map((digest) => digest.toString('hex'))}::text[])`;
  return card?.serial;
};
const underKey = async (keyId: number) => {
  const rows = await sql<{ serial: string }[]>`
    SELECT serial FROM cards WHERE pin_key_id = ${keyId} ORDER BY id`;
  return rows.map(({ serial }) => serial);
};

describe('a PIN that was altered', () => {
  test('stays under the old key, is named, and is found; the others are moved, and the key is not retired', async () => {
    const [altered, copied] = [nth(2), nth(7)];
    const whole = await Promise.all([altered, copied].map(({ id }) => cipherOf(id)));
    const flipped = Buffer.from(whole[0] ?? []);
    flipped[15] = (flipped[15] ?? 0) ^ 1;
    await setCipher(altered.id, flipped);
    await setCipher(copied.id, await cipherOf(nth(3).id));

    await begin();
    const damaged = [altered.serial, copied.serial];
    expect(await move()).toEqual({ moved: PINS.length - 2, retired: false, damaged });
    expect(await underKey(1)).toEqual(damaged);
    for (const [place, pin] of PINS.entries()) expect(await foundBy(pin)).toBe(nth(place).serial);
    await sql`UPDATE key_checks SET moved_at = moved_at - interval '1 minute'`;
    await expect(resumeRotation({ sql, ring }, never)).rejects.toThrow(damaged.join(', '));
    expect((await verify(sql)).discrepancies).toEqual([]);

    await setCipher(altered.id, whole[0] as Buffer);
    await setCipher(copied.id, whole[1] as Buffer);
    expect(await move()).toEqual({ moved: PINS.length, retired: true, damaged: [] });
    expect(await underKey(1)).toEqual([]);
    await ring.refresh();
    for (const [place, pin] of PINS.entries()) expect(await foundBy(pin)).toBe(nth(place).serial);
  });
});

describe('the proof', () => {
  test('names a key that no server looks under, and how many cards are under it', async () => {
    await begin();
    await move();
    expect((await verify(sql)).discrepancies).toEqual([]);
    await sql`UPDATE cards SET pin_key_id = 1 WHERE id = ANY(${cards.slice(0, 3).map(({ id }) => id)}::uuid[])`;
    await sql`UPDATE cards SET pin_key_id = 9 WHERE id = ${nth(5).id}`;
    expect((await verify(sql)).discrepancies).toEqual([
      { check: 'master keys', row: 'master key 1', problem: 'is retired, but 3 cards use it' },
      { check: 'master keys', row: 'master key 9', problem: 'is unknown, but 1 cards use it' },
    ]);
  });
});

describe('cards made while PINs are moved', () => {
  /** One card in the format that has ten PINs. */
  async function order(): Promise<string> {
    const rateGroupId = await makeRateGroup(sql);
    const id = await createCardBatch(sql, orderLike({ rateGroupId, quantity: 1 }), OPERATOR.actorId);
    await sql`UPDATE card_batches SET pin_prefix = ${PREFIX} WHERE id = ${id}`;
    return id;
  }
  const generate = (keys: KeyRing) => new BatchGeneration({ sql, keys, directUrl: db.url }).run(never);
  const stateOf = async (id: string) => {
    const [batch] = await sql`
      SELECT b.state, c.id, c.pin_cipher AS cipher, c.pin_key_id AS "keyId"
      FROM card_batches b LEFT JOIN cards c ON c.batch_id = b.id WHERE b.id = ${id}`;
    return batch;
  };

  test('have no PIN of a card that is under the old key, nor of one that was moved', async () => {
    await begin();
    const before = await order();
    await generate(ring);
    expect(await stateOf(before)).toMatchObject({ state: 'FAILED', keyId: null });
    await move();
    await ring.refresh();
    const after = await order();
    await generate(ring);
    expect(await stateOf(after)).toMatchObject({ state: 'FAILED', keyId: null });
  });

  test('have one that is free', async () => {
    await sql`
      UPDATE cards SET pin_digest = sha256(serial::bytea) WHERE id = ANY(${cards.slice(5).map(({ id }) => id)}::uuid[])`;
    await begin();
    const id = await order();
    await generate(ring);
    const made = await stateOf(id);
    expect(made).toMatchObject({ state: 'READY', keyId: 2 });
    expect(PINS.slice(5)).toContain(SECOND.vault.open(made?.cipher, made?.id));
  });

  test('are under the new key, also when their maker has not yet heard of it', async () => {
    const late = await KeyRing.open({ sql, read: async () => [SECOND, FIRST] });
    expect(late.inUse.keyId).toBe(1);
    await begin();
    const rateGroupId = await makeRateGroup(sql);
    const id = await createCardBatch(sql, orderLike({ rateGroupId, quantity: 5 }), OPERATOR.actorId);
    await generate(late);
    expect(await stateOf(id)).toMatchObject({ state: 'READY', keyId: 2 });
    expect(await underKey(1)).toHaveLength(PINS.length);
  });
});
