import { v7 as uuidV7 } from 'uuid';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PostedTransfer } from '../../../src/domain/transfer.ts';
import { verify } from '../../../src/store/verification.ts';
import { OPERATOR_OWNER } from '../../../src/store/writer/command.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { bindCommand } from '../../../src/store/writer/commands/bindings.ts';
import { adjustmentCommand, firstUseCommand } from '../../../src/store/writer/commands/cards.ts';
import { rechargeCommand, reversalCommand } from '../../../src/store/writer/commands/recharges.ts';
import { makeActiveCards, makePartner, OPERATOR } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase({ maxConnections: 12 });
/** Two writers on one database: two server processes. */
let writers: [CommandWriter, CommandWriter];

beforeAll(async () => {
  const { sql } = db.database;
  writers = [new CommandWriter(sql, { lanes: 2 }), new CommandWriter(sql, { lanes: 2 })];
});

const EURO = 1_000_000n;

function recharge(cardId: string, amount: bigint, idempotencyKey: string, partnerId: string | null = null) {
  return rechargeCommand(
    { ...OPERATOR, partnerId },
    { card: { id: cardId, reference: cardId }, amount, currency: 'EUR', idempotencyKey },
  );
}

async function counts() {
  const [row] = await db.database.sql`
    SELECT (SELECT count(*) FROM transfers) AS transfers, (SELECT count(*) FROM idempotency_keys) AS keys,
           (SELECT position FROM event_head) AS head`;
  return row;
}

describe('once means once', () => {
  test('fifty of the same at once, on two instances, have one effect and fifty equal answers; 20 times', async () => {
    const partnerId = await makePartner(db.database.sql, 1000n * EURO);
    const { cards } = await makeActiveCards(db.database.sql, { count: 20, partnerId });
    for (const { id } of cards) {
      const key = uuidV7();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          writers[n % 2 === 0 ? 0 : 1].run(recharge(id, EURO, key, partnerId)),
        ),
      );
      expect(new Set(answers.map((answer) => answer.transfer.id)).size).toBe(1);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      const transfers = await db.database
        .sql`SELECT 1 FROM transfers WHERE card_id = ${id} AND kind = 'RECHARGE'`;
      expect(transfers).toHaveLength(1);
    }
  });

  test('the same key for another amount, or another card, at once on two instances: one wins, one is refused by name', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 40 });
    for (let n = 0; n < 40; n += 2) {
      const key = uuidV7();
      const results = await Promise.allSettled([
        writers[0].run(recharge(cards[n]?.id ?? '', EURO, key)),
        writers[1].run(recharge(cards[n + 1]?.id ?? '', EURO, key)),
      ]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = results.find((result) => result.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
  });

  test('keys are taken in one order, so that two instances with the same keys never wait for each other', async () => {
    const { sql } = db.database;
    const { cards } = await makeActiveCards(sql, { count: 2 });
    const [first, second] = ['ordered 1', 'ordered 2'];
    const done = await sql.begin(async (tx) => {
      const take = (key: string) => tx`
        INSERT INTO idempotency_keys (owner_id, key, fingerprint, outcome, created_at)
        VALUES (${OPERATOR_OWNER}, ${key}, '', '{}', now())`;
      await take(first);
      const both = [second, first].map((key, n) => writers[0].run(recharge(cards[n]?.id ?? '', EURO, key)));
      await expect
        .poll(() => sql`SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`)
        .toHaveLength(1);
      // Were the second taken already, this would be a deadlock: it has to fail before one is found and broken.
      await tx`SET LOCAL lock_timeout = '500ms'`;
      await take(second);
      const settled = Promise.allSettled(both);
      await tx`ROLLBACK`;
      return { settled };
    });
    expect(await done.settled).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  });

  test('a key refused for lack of funds stays refused when there are funds', async () => {
    const partnerId = await makePartner(db.database.sql, 0n);
    const { cards } = await makeActiveCards(db.database.sql, { count: 1, partnerId });
    const id = cards[0]?.id ?? '';
    const first = await writers[0].run(recharge(id, EURO, 'poor', partnerId)).catch((error) => error);
    expect(first).toMatchObject({ code: 'INSUFFICIENT_FUNDS', data: { available: '0.00' } });
    await db.database.sql.begin(async (tx) => {
      await tx`UPDATE partners SET balance = 5000000 WHERE id = ${partnerId}`;
    });
    const before = await counts();
    const again = await writers[1].run(recharge(id, EURO, 'poor', partnerId)).catch((error) => error);
    expect(again).toMatchObject({ code: 'INSUFFICIENT_FUNDS', data: { available: '0.00' } });
    expect(await counts()).toEqual(before);
    await db.database.sql`UPDATE partners SET balance = 0 WHERE id = ${partnerId}`;
  });
});

describe('one command’s fault is its own', () => {
  test('a command that throws leaves its neighbours in the same transaction alone', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 3 });
    const broken = {
      ...recharge(cards[1]?.id ?? '', EURO, uuidV7()),
      decide: () => {
        throw new Error('broken rule');
      },
    };
    const results = await Promise.allSettled([
      writers[0].run(recharge(cards[0]?.id ?? '', EURO, uuidV7())),
      writers[0].run(broken),
      writers[0].run(recharge(cards[2]?.id ?? '', EURO, uuidV7())),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('nor does one whose answer can’t be repeated', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
    const [first, second] = cards.map(({ id }) => recharge(id, EURO, uuidV7()));
    if (!first?.once || !second) throw new Error('There are two.');
    await writers[0].run(first);
    const replay = () => {
      throw new Error('broken replay');
    };
    const results = await Promise.allSettled([
      writers[0].run({ ...first, once: { ...first.once, replay } }),
      writers[0].run(second),
    ]);
    expect(results).toMatchObject([{ reason: { message: 'broken replay' } }, { status: 'fulfilled' }]);
  });

  test('two instances binding one number at once: one wins, the other is refused by name', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 2 });
    for (let n = 0; n < 20; n += 1) {
      const number = `+39061234${1000 + n}`;
      const results = await Promise.allSettled(
        cards.map(({ id }, index) =>
          writers[index === 0 ? 0 : 1].run(bindCommand(OPERATOR, { cardId: id, number })),
        ),
      );
      const won = results.filter(({ status }) => status === 'fulfilled').length;
      // Two cards take five numbers each: while there is room on one of them, one of the two wins.
      expect(won).toBe(n < 10 ? 1 : 0);
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(['NUMBER_ALREADY_BOUND', 'TOO_MANY_BINDINGS']).toContain(result.reason.code);
        }
      }
    }
    const bound = await db.database.sql`
      SELECT card_id, count(*)::int AS count FROM number_bindings WHERE card_id = ANY(${cards.map((c) => c.id)}::uuid[])
      GROUP BY card_id`;
    expect(bound.map(({ count }) => count)).toEqual([5, 5]);
  });

  test('a call waits for few commands of others, however many one partner has waiting', async () => {
    const { sql } = db.database;
    const partnerId = await makePartner(sql, 10_000n * EURO);
    const { cards } = await makeActiveCards(sql, { count: 100, partnerId });
    const callers = await makeActiveCards(sql, { count: 1 });
    let done = 0;
    const writer = new CommandWriter(sql, {
      lanes: 1,
      groupSize: 64,
      // All of them are awaited at the end, however slow the machine.
      timeoutMs: 120_000,
      onTransaction: ({ commands }) => {
        done += commands;
      },
    });
    const greedy = Array.from({ length: 600 }, (_, n) => {
      const command = recharge(cards[n % 100]?.id ?? '', 1n, uuidV7(), partnerId);
      return writer.run<unknown>(n % 2 ? { ...command, class: 'BULK' } : command);
    });
    const call = firstUseCommand(OPERATOR, { cardId: callers.cards[0]?.id ?? '', known: false });
    const single = recharge(callers.cards[0]?.id ?? '', EURO, uuidV7());
    await writer.run(call);
    expect(done).toBeLessThanOrEqual(64);
    done = 0;
    await writer.run(single);
    expect(done).toBeLessThanOrEqual(64);
    await Promise.all(greedy);
  });

  test('while there are calls, other commands have one small transaction at a time', async () => {
    const { sql } = db.database;
    const { cards } = await makeActiveCards(sql, { count: 101 });
    const [caller, ...others] = cards.map(({ id }) => id);
    const sizes: number[] = [];
    const writer = new CommandWriter(sql, {
      lanes: 2,
      onTransaction: ({ commands }) => sizes.push(commands),
    });
    await writer.run(firstUseCommand(OPERATOR, { cardId: caller ?? '', known: false }));
    await Promise.all(others.map((id) => writer.run(recharge(id, EURO, uuidV7()))));
    expect(sizes.reduce((sum, each) => sum + each)).toBe(101);
    expect(sizes).toEqual([1, ...Array(16).fill(6), 4]);
  });

  test('beyond the queue’s limit a command is refused at once, and nothing was done', async () => {
    const { cards } = await makeActiveCards(db.database.sql, { count: 1 });
    const small = new CommandWriter(db.database.sql, { lanes: 1, queueLimit: 3, groupSize: 1 });
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => small.run(recharge(cards[0]?.id ?? '', EURO, uuidV7()))),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'OVERLOADED', retryable: true });
    const done = await db.database.sql`SELECT 1 FROM transfers WHERE card_id = ${cards[0]?.id ?? ''}`;
    expect(done).toHaveLength(1 + results.length - refused.length);
  });
});

test('200 cards of 20 partners under random recharges, reversals and adjustments on two instances: every sum agrees', async () => {
  const { sql } = db.database;
  const partners = await Promise.all(Array.from({ length: 20 }, () => makePartner(sql, 50n * EURO)));
  const batches = await Promise.all(
    partners.map((partnerId) => makeActiveCards(sql, { count: 10, partnerId, faceValue: EURO })),
  );
  const random = (below: number) => Math.floor(Math.random() * below);
  const made: PostedTransfer[] = [];
  const codes = new Set<string>();

  const one = async (writer: CommandWriter) => {
    const which = random(20);
    const partnerId = partners[which] ?? '';
    const cardId = batches[which]?.cards[random(10)]?.id ?? '';
    const amount = BigInt(1 + random(3_000_000));
    const idempotencyKey = uuidV7();
    const kind = random(10);
    try {
      if (kind < 5) {
        made.push((await writer.run(recharge(cardId, amount, idempotencyKey, partnerId))).transfer);
      } else if (kind < 8) {
        const { cardId: of, ...posted } = made[random(made.length)] ?? {};
        if (!of) return;
        const request = {
          recharge: { ...posted, cardId: of } as never,
          amount: null,
          maxAgeDays: 30,
          reason: 'test',
          idempotencyKey,
        };
        await writer.run(reversalCommand(OPERATOR, request));
      } else {
        const signed = random(2) === 0 ? amount : -amount;
        const request = {
          card: { id: cardId, reference: cardId },
          amount: signed,
          currency: 'EUR',
          reason: 'test',
          idempotencyKey,
        };
        await writer.run(adjustmentCommand(OPERATOR, request));
      }
    } catch (error) {
      codes.add((error as { code: string }).code);
    }
  };
  await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      for (let turn = 0; turn < 50; turn += 1) await one(writers[n % 2 === 0 ? 0 : 1]);
    }),
  );
  // Nothing but the refusals that the rules name.
  for (const code of codes) {
    expect([
      'INSUFFICIENT_FUNDS',
      'INSUFFICIENT_BALANCE',
      'ALREADY_REVERSED',
      'NOTHING_TO_REVERSE',
    ]).toContain(code);
  }
  const { clean, discrepancies } = await verify(sql);
  expect(discrepancies).toEqual([]);
  expect(clean).toBe(true);
});
