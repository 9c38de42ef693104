import { v7 as uuidV7 } from 'uuid';
import { expect, test } from 'vitest';
import { noteDueCards } from '../../../src/jobs/expiry.ts';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { adjustmentCommand } from '../../../src/store/writer/commands/cards.ts';
import { makeActiveCards, OPERATOR } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { wireTo } from '../../harness/network/wire.ts';

/** What becomes of commands when their transaction fails. */
const db = useDatabase();

const EURO = 1_000_000n;

function gift(cardId: string) {
  const card = { id: cardId, reference: cardId };
  return adjustmentCommand(OPERATOR, {
    card,
    amount: EURO,
    currency: 'EUR',
    reason: 'test',
    idempotencyKey: uuidV7(),
  });
}

/** The same without its key: what a command is that moves no money. */
function giftWithoutKey(cardId: string) {
  const { once: _once, ...without } = gift(cardId);
  return without;
}

const giftsTo = (ids: readonly string[]) => db.database.sql<{ id: string; gifts: number }[]>`
  SELECT card_id AS id, count(*)::int AS gifts FROM transfers
  WHERE card_id = ANY(${ids}::uuid[]) AND kind = 'ADJUSTMENT' GROUP BY card_id ORDER BY card_id`;

/** Has every transaction that moves money fail, as long as its number is at most `until`; and counts them. */
async function failMovements(code: string, until: number) {
  const { sql } = db.database;
  await sql`CREATE SEQUENCE movements`;
  await sql.unsafe(`
    CREATE FUNCTION fail_movements() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('movements') <= ${until} THEN RAISE EXCEPTION 'test' USING ERRCODE = '${code}'; END IF;
      RETURN NULL;
    END $$`);
  await sql`
    CREATE TRIGGER fail_movements BEFORE INSERT ON transfers FOR EACH STATEMENT EXECUTE FUNCTION fail_movements()`;
  return async () => {
    const [row] = await sql<{ count: bigint }[]>`SELECT last_value AS count FROM movements`;
    await sql`DROP TRIGGER fail_movements ON transfers`;
    await sql`DROP FUNCTION fail_movements`;
    await sql`DROP SEQUENCE movements`;
    return Number(row?.count);
  };
}

test('when the answer to a COMMIT is lost, a command with a key finds its effect, and one without is not done twice', async () => {
  const { cards } = await makeActiveCards(db.database.sql, { count: 3 });
  const ids = cards.map(({ id }) => id);
  const wire = await wireTo(db.url);
  const database = openDatabase({ url: wire.url, maxConnections: 1 });
  try {
    const writer = new CommandWriter(database.sql, { lanes: 1 });
    const last = giftWithoutKey(ids[2] ?? '');
    const results = await Promise.allSettled([
      writer.run(gift(ids[0] ?? '')),
      writer.run(giftWithoutKey(ids[1] ?? '')),
      writer.run({
        ...last,
        decide: (book, at) => {
          wire.breakAtCommit();
          return last.decide(book, at);
        },
      }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.code).toMatch(/CONNECTION_CLOSED|ECONNRESET/);
    }
    expect(await giftsTo(ids)).toEqual(ids.toSorted().map((id) => ({ id, gifts: 1 })));
  } finally {
    await database.close();
    await wire.close();
  }
});

test('a group that lost a deadlock is tried again whole', async () => {
  const { cards } = await makeActiveCards(db.database.sql, { count: 5 });
  const writer = new CommandWriter(db.database.sql, { lanes: 1 });
  const counted = await failMovements('40P01', 2);
  await Promise.all(cards.map(({ id }) => writer.run(gift(id))));
  expect(await counted()).toBe(3);
});

test('a group with a fault of its own is tried one by one', async () => {
  const { cards } = await makeActiveCards(db.database.sql, { count: 5 });
  const writer = new CommandWriter(db.database.sql, { lanes: 1 });
  // The group fails, and the first of its commands when it is alone.
  const counted = await failMovements('23514', 2);
  const results = await Promise.allSettled(cards.map(({ id }) => writer.run(gift(id))));
  expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
  expect(await counted()).toBe(1 + 5);
});

test('what fails until its deadline is answered with why', async () => {
  const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
  const writer = new CommandWriter(db.database.sql, { lanes: 1, timeoutMs: 250 });
  const counted = await failMovements('40001', 1_000);
  const results = await Promise.allSettled(cards.map(({ id }) => writer.run(gift(id))));
  for (const result of results) expect(result).toMatchObject({ reason: { code: '40001' } });
  // At once, and after 20, 80 and 320 ms less what is over the deadline.
  expect(await counted()).toBeGreaterThan(1);
});

test('a command not begun at its deadline is refused, and nothing was done', async () => {
  const { sql } = db.database;
  const { cards } = await makeActiveCards(sql, { count: 1 });
  const id = cards[0]?.id ?? '';
  const writer = new CommandWriter(sql, { lanes: 1, groupSize: 1, timeoutMs: 250 });
  const [first] = await sql.begin(async (tx) => {
    await tx`SELECT FROM cards WHERE id = ${id} FOR UPDATE`;
    const started = writer.run(gift(id));
    await expect(writer.run(gift(id))).rejects.toMatchObject({ code: 'OVERLOADED', retryable: true });
    return [started.catch((error) => error)];
  });
  expect(await first).toHaveProperty('transfer');
  expect(await giftsTo([id])).toEqual([{ id, gifts: 1 }]);
});

test('a row that somebody keeps locked is the trouble of those who need it', async () => {
  const { sql } = db.database;
  const { cards } = await makeActiveCards(sql, { count: 3 });
  const writer = new CommandWriter(sql, { lanes: 1, lockTimeoutMs: 50 });
  await sql.begin(async (tx) => {
    await tx`SELECT FROM cards WHERE id = ${cards[1]?.id ?? ''} FOR UPDATE`;
    const results = await Promise.allSettled(cards.map(({ id }) => writer.run(gift(id))));
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'OVERLOADED', retryable: true } },
      { status: 'fulfilled' },
    ]);
  });
});

test('waiting for the last answer ends with it', async () => {
  const { cards } = await makeActiveCards(db.database.sql, { count: 1 });
  const writer = new CommandWriter(db.database.sql, { lanes: 1 });
  await writer.drained();
  const given = writer.run(gift(cards[0]?.id ?? ''));
  await Promise.all([writer.drained(), writer.drained()]);
  expect(await Promise.race([given, 'not answered'])).toHaveProperty('transfer');
});

test('a card that can’t be noted as expired keeps none behind it from being', async () => {
  const { sql } = db.database;
  const { cards } = await makeActiveCards(sql, { count: 3 });
  const ids = cards.map(({ id }) => id);
  await sql`UPDATE cards SET valid_until = now(), grace_until = now(), due_at = now() WHERE id = ANY(${ids}::uuid[])`;
  const broken = ids.toSorted()[0] ?? '';
  await sql.unsafe(`
    CREATE FUNCTION break_card() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken card'; END $$;
    CREATE TRIGGER break_card BEFORE UPDATE ON cards FOR EACH ROW WHEN (NEW.id = '${broken}')
      EXECUTE FUNCTION break_card()`);
  const writer = new CommandWriter(sql, { lanes: 1 });
  await expect(noteDueCards({ sql, writer })).rejects.toThrow('broken card');
  const left = await sql`SELECT id FROM cards WHERE id = ANY(${ids}::uuid[]) AND due_at IS NOT NULL`;
  expect(left).toEqual([{ id: broken }]);
  await sql`DROP TRIGGER break_card ON cards`;
});
