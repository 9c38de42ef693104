import { hash, randomBytes } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallOutcome } from '../../../src/domain/calls/call-authorization.ts';
import type { BatchTerms } from '../../../src/domain/cards/card.ts';
import { Calls } from '../../../src/store/calls/calls.ts';
import { CardTokens } from '../../../src/store/keys/card-token.ts';
import { RateBook } from '../../../src/store/rates/rate-book.ts';
import { verify } from '../../../src/store/verification.ts';
import { CommandWriter } from '../../../src/store/writer/command-writer.ts';
import { makeActiveCards, makeRateGroup, OPERATOR, plainDigester } from '../../harness/cards.ts';
import { useDatabase } from '../../harness/database.ts';
import { attemptLike, defenseOf } from '../../harness/defense.ts';

const db = useDatabase({ maxConnections: 12 });
/** Two on one database: two server processes. */
let instances: [Calls, Calls];
let rateGroupId: string;
const tokenKey = randomBytes(32);
const tokens = new CardTokens({ signing: tokenKey, accepted: [tokenKey] });

beforeAll(async () => {
  const { sql } = db.database;
  const instance = () =>
    new Calls({
      sql,
      writer: new CommandWriter(sql, { lanes: 2 }),
      defense: defenseOf(sql),
      tokens,
      digester: { ...plainDigester, callerReference: (text) => hash('md5', text, 'hex') },
      rateBook: new RateBook({ sql }),
    });
  instances = [instance(), instance()];
  rateGroupId = await makeRateGroup(sql, [
    { prefix: '39', pricePer1e8Minute: 120_000_000n },
    { prefix: '41', pricePer1e8Minute: 1_000_000n },
    { prefix: '44', pricePer1e8Minute: 6_000_000n, initial: 30, increment: 6 },
  ]);
});
afterAll(async () => {
  const { discrepancies } = await verify(db.database.sql);
  expect(discrepancies).toEqual([]);
});

const EURO = 1_000_000n;
/** 1.20 a minute: a slice of five minutes costs 6.00. */
const DEAR = '+390612345678';
/** A cent a minute, the first one whole. */
const CENT = '+41441234567';
/** 0.06 a minute, at 30/6. */
const FINE = '+442071234567';

const either = (n: number) => instances[n % 2 === 0 ? 0 : 1];

const authorize = (n: number, cardId: string, number: string, switchCallId = uuidV7()) =>
  either(n).authorize(OPERATOR, {
    switchCallId,
    by: { token: tokens.issue(cardId) },
    attempt: attemptLike(),
    number,
    accessNumber: null,
    requestedSeconds: null,
  });

const complete = (n: number, { switchCallId }: Call, totalSeconds: number) =>
  either(n).complete(OPERATOR, switchCallId, {
    totalSeconds,
    hangupCause: null,
    answeredAt: null,
    endedAt: null,
  });

async function makeCards(count: number, terms: Partial<BatchTerms>): Promise<string[]> {
  const { cards } = await makeActiveCards(db.database.sql, { count, rateGroupId, ...terms });
  return cards.map(({ id }) => id);
}

interface Money {
  readonly id: string;
  readonly balance: bigint;
  readonly held: bigint;
  readonly callsInProgress: number;
}

async function moneyOf(cardIds: readonly string[]): Promise<Map<string, Money>> {
  const rows = await db.database.sql<Money[]>`
    SELECT id, balance, held, calls_in_progress AS "callsInProgress" FROM cards
    WHERE id = ANY(${[...cardIds]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const authorized = (outcomes: readonly CallOutcome[]) =>
  outcomes.map(({ call }) => call).filter(({ state }) => state === 'AUTHORIZED');

describe('calls at once on one card', () => {
  test.each([2, 4])('%i of them on 10.00 are never granted more than that between them', async (lines) => {
    const cards = await makeCards(20, { faceValue: 10n * EURO, maxConcurrentCalls: lines });
    for (const cardId of cards) {
      const outcomes = await Promise.all(Array.from({ length: lines }, (_, n) => authorize(n, cardId, DEAR)));
      const calls = authorized(outcomes);
      // Five minutes for the first, three for the second, and forty cents buy nothing.
      expect(calls.map(({ granted }) => granted.seconds).toSorted()).toEqual([180, 300]);
      for (const { call } of outcomes) {
        if (call.state === 'REFUSED') expect(call.refusal).toBe('INSUFFICIENT_BALANCE');
      }
      const granted = (await moneyOf([cardId])).get(cardId);
      expect(granted).toMatchObject({ held: sum(calls.map(({ held }) => held)), balance: 10n * EURO });
      expect(granted?.held).toBe(9_600_000n);

      // Both run past what they were granted: each is charged at most what no other call holds.
      await Promise.all(calls.map((call, n) => complete(n + 1, call, 3_600)));
      const after = (await moneyOf([cardId])).get(cardId);
      expect(after).toMatchObject({ held: 0n, callsInProgress: 0 });
      expect(after?.balance).toBe(0n);
    }
  });

  test('a hundred for the last cent: one gets it', async () => {
    for (const cardId of await makeCards(5, { faceValue: 10_000n, maxConcurrentCalls: 100 })) {
      const outcomes = await Promise.all(Array.from({ length: 100 }, (_, n) => authorize(n, cardId, CENT)));
      const [call, ...others] = authorized(outcomes);
      expect(call).toMatchObject({ held: 10_000n, granted: { seconds: 60, limit: 'BALANCE' } });
      expect(others).toEqual([]);
      const reasons = outcomes.flatMap(({ call: { refusal } }) => refusal ?? []);
      expect(reasons).toEqual(Array.from({ length: 99 }, () => 'INSUFFICIENT_BALANCE'));
      expect((await moneyOf([cardId])).get(cardId)).toMatchObject({ balance: 10_000n, held: 10_000n });
      if (call) await complete(1, call, 60);
      expect((await moneyOf([cardId])).get(cardId)).toMatchObject({ balance: 0n, held: 0n });
    }
  });
});

describe('two calls of one card that overlap', () => {
  const fallSilent = ({ switchCallId }: Call) => db.database.sql`
    UPDATE calls SET expires_at = now() - interval '1 second' WHERE switch_call_id = ${switchCallId}`;

  test('the late end of a disposable card’s first call leaves the second its money', async () => {
    const [cardId = ''] = await makeCards(1, { type: 'DISPOSABLE', faceValue: EURO });
    const { call: first } = await authorize(0, cardId, FINE);
    await fallSilent(first);
    await either(1).abandon(OPERATOR, first);
    const { call: second } = await authorize(1, cardId, FINE);
    expect((await complete(0, first, 30)).call).toMatchObject({ state: 'COMPLETED', charge: 30_000n });
    const between = (await moneyOf([cardId])).get(cardId);
    expect(between).toMatchObject({ balance: EURO - 30_000n, held: second.held });
    expect((await authorize(0, cardId, FINE)).call.refusal).toBe('CARD_EXPIRED');
    expect((await complete(1, second, 60)).call.charge).toBe(60_000n);
    expect((await moneyOf([cardId])).get(cardId)).toMatchObject({ balance: 0n, held: 0n });
  });

  test('a call past midnight counts on the day that its card has come to', async () => {
    const { sql } = db.database;
    const [cardId = ''] = await makeCards(1, {
      type: 'UNLIMITED',
      fairUseDaySeconds: 900,
      maxConcurrentCalls: 2,
    });
    const { call: first } = await authorize(0, cardId, FINE);
    await sql`UPDATE cards SET usage_day = '2026-01-01' WHERE id = ${cardId}`;
    await sql`UPDATE calls SET usage_day = '2026-01-01' WHERE id = ${first.id}`;
    const { card } = await authorize(1, cardId, FINE);
    const request = { requestNumber: 1, usedSeconds: 200, requestedSeconds: 600 };
    const { call } = await either(0).extend(OPERATOR, first.switchCallId, request);
    // 900 of the new day less the 300 of the other call: 600 on top of the 200 of the day before.
    expect(call.granted).toEqual({ seconds: 800, limit: 'FAIR_USE' });
    expect((await complete(1, first, 500)).card).toMatchObject({
      usageDay: card.usageDay,
      usageDaySeconds: 600,
    });
  });
});

describe('the ends of one call at once', () => {
  test('a hundred: one settlement, and a hundred equal answers', async () => {
    for (const cardId of await makeCards(5, {})) {
      const { call } = await authorize(0, cardId, FINE);
      // They disagree about how long it lasted: all are told what the first was charged.
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, n) => complete(n, call, 30 + 6 * (n % 5))),
      );
      const [first] = answers;
      for (const answer of answers) expect(answer).toEqual(first);
      const posted = await db.database.sql<{ amount: bigint; kind: string }[]>`
        SELECT amount, kind FROM transfers WHERE call_id = ${call.id}`;
      expect(posted).toEqual([{ amount: first?.call.charge, kind: 'CALL' }]);
      const events = await db.database.sql`
        SELECT 1 FROM events WHERE card_id = ${cardId} AND type = 'CALL_COMPLETED'`;
      expect(events).toHaveLength(1);
    }
  });

  test('two that wait for the card at the same time: the second sees what the first has settled', async () => {
    const { sql } = db.database;
    const [cardId = ''] = await makeCards(1, { maxConcurrentCalls: 2 });
    const { call } = await authorize(0, cardId, FINE);
    // Without another call's hold the database's own checks would stop a second settlement.
    const { call: other } = await authorize(1, cardId, FINE);
    const ends = await sql.begin(async (tx) => {
      await tx`SELECT 1 FROM cards WHERE id = ${cardId} FOR UPDATE`;
      const both = Promise.all([complete(0, call, 30), complete(1, call, 60)]);
      await waitingForLocks(2);
      return { both };
    });
    const [one, two] = await ends.both;
    expect(one).toEqual(two);
    expect((await moneyOf([cardId])).get(cardId)).toMatchObject({
      balance: 5n * EURO - one.call.charge,
      held: other.held,
      callsInProgress: 1,
    });
  });

  /** Seconds that a switch reports before it falls silent, and ends with all the same. */
  const [REPORTED, TOTAL] = [24, 54];
  /** Since an end always comes, what was abandoned is completed in the end. */
  const PRICES = { COMPLETED: 54_000n, CANCELLED: 0n };

  test('end, cancellation and expiry, a thousand times: each has one winner, and posted plus released is what was held', async () => {
    const { sql } = db.database;
    const cards = await makeCards(100, { faceValue: EURO });
    const won: Record<string, number> = { CALL_COMPLETED: 0, CALL_CANCELLED: 0, CALL_ABANDONED: 0 };
    for (let round = 0; round < 10; round += 1) {
      const calls = (await Promise.all(cards.map((id, n) => authorize(n, id, FINE)))).map(({ call }) => call);
      // Every other switch has fallen silent, some after a report.
      await Promise.all(calls.map((call, n) => n % 4 === 1 && report(n, call)));
      const silent = calls.filter((_, n) => n % 2 === 1);
      await sql`
        UPDATE calls SET expires_at = now() - interval '1 second'
        WHERE switch_call_id = ANY(${silent.map(({ switchCallId }) => switchCallId)}::text[])`;
      const before = await moneyOf(cards);

      // One instance is often faster than the other: they change places with each round.
      const results = await Promise.all(
        calls.map((call, n) =>
          Promise.allSettled(
            shuffled([
              () => complete(n + round, call, TOTAL),
              () => either(n + round + 1).cancel(OPERATOR, call.switchCallId),
              () => either(n).abandon(OPERATOR, call),
            ]).map((end) => end()),
          ),
        ),
      );

      const after = await moneyOf(cards);
      for (const [n, call] of calls.entries()) {
        const [row] = await sql<
          { state: keyof typeof PRICES; charge: bigint; posted: bigint; ends: string[] }[]
        >`
          SELECT state, charge,
            (SELECT coalesce(sum(amount), 0)::bigint FROM transfers WHERE call_id = ${call.id}) AS posted,
            (SELECT array_agg(type::text ORDER BY position) FROM events
              WHERE card_id = ${call.cardId} AND payload->'call'->>'id' = ${call.id}
                AND type IN ('CALL_COMPLETED', 'CALL_CANCELLED', 'CALL_ABANDONED')) AS ends
          FROM calls WHERE id = ${call.id}`;
        if (!row) throw new Error('The call is gone.');
        const [winner = ''] = row.ends;
        won[winner] = (won[winner] ?? 0) + 1;
        // What a silent switch reported is charged, even when its cancellation comes before the job.
        if (n % 4 === 1) expect(row.state).not.toBe('CANCELLED');
        expect(row).toMatchObject({ charge: PRICES[row.state], posted: PRICES[row.state] });
        // One end; but what was abandoned may be completed late.
        const late = row.ends.length === 2;
        expect(row.ends).toEqual(late ? ['CALL_ABANDONED', 'CALL_COMPLETED'] : [`CALL_${row.state}`]);
        for (const result of results[n] ?? []) {
          if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'CALL_ENDED' });
        }
        const [had, has] = [before.get(call.cardId), after.get(call.cardId)];
        if (!had || !has) throw new Error('The card is gone.');
        expect(has).toMatchObject({ held: 0n, callsInProgress: 0 });
        const released = has.balance - has.held - (had.balance - had.held);
        expect(row.posted + released).toBe(had.held);
      }
    }
    // A race that one of them always wins would show nothing.
    for (const times of Object.values(won)) expect(times).toBeGreaterThan(20);
  }, 120_000);

  const report = (n: number, { switchCallId }: Call) =>
    either(n).extend(OPERATOR, switchCallId, {
      requestNumber: 1,
      usedSeconds: REPORTED,
      requestedSeconds: null,
    });
});

test('one call id for two cards at once: one wins, the other is refused by name', async () => {
  const cards = await makeCards(100, {});
  for (let n = 0; n < cards.length; n += 2) {
    const switchCallId = uuidV7();
    const results = await Promise.allSettled(
      [0, 1].map((which) => authorize(n / 2 + which, cards[n + which] ?? '', FINE, switchCallId)),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'CALL_ID_REUSED' });
    const stored = await db.database.sql`SELECT 1 FROM calls WHERE switch_call_id = ${switchCallId}`;
    expect(stored).toHaveLength(1);
  }
  const money = await moneyOf(cards);
  expect([...money.values()].filter(({ callsInProgress }) => callsInProgress === 1)).toHaveLength(50);
});

const authorizeByNumber = (n: number, ani: string, switchCallId: string) =>
  either(n).authorize(OPERATOR, {
    switchCallId,
    by: { ani },
    attempt: attemptLike(),
    number: FINE,
    accessNumber: null,
    requestedSeconds: null,
  });

/** At any moment of the first request and of its repetitions the number may be unbound, or moved to another card. */
test('a request and its repetitions get one answer, however soon the number is unbound or moved', async () => {
  const { sql } = db.database;
  const [other = '', ...cards] = await makeCards(61, {});
  for (const [n, card] of cards.entries()) {
    const [ani, switchCallId] = [`+39062${String(n).padStart(6, '0')}`, uuidV7()];
    await sql`INSERT INTO number_bindings (number, card_id, created_at) VALUES (${ani}, ${card}, now())`;
    const first = authorizeByNumber(n, ani, switchCallId);
    const repeated = [n, n + 1].map((instance) => authorizeByNumber(instance, ani, switchCallId));
    if (n % 4 < 2) await first;
    if (n % 2 === 0) await sql`DELETE FROM number_bindings WHERE number = ${ani}`;
    else await sql`UPDATE number_bindings SET card_id = ${other} WHERE number = ${ani}`;
    const later = [n, n + 1].map((instance) => authorizeByNumber(instance, ani, switchCallId));
    const results = await Promise.allSettled([first, ...repeated, ...later]);
    const calls = results.map((result) => (result.status === 'fulfilled' ? result.value.call : undefined));
    const begun = calls.find((call) => call !== undefined);
    // Unbound before any of them was authenticated: none began a call. Otherwise whoever came in time or later has it.
    if (n % 4 < 2) expect(new Set(calls.map((call) => call?.id)).size).toBe(1);
    for (const call of calls) {
      if (call) expect([call.id, call.granted.seconds]).toEqual([begun?.id, begun?.granted.seconds]);
    }
    const stored = await sql`SELECT 1 FROM calls WHERE switch_call_id = ${switchCallId}`;
    expect(stored).toHaveLength(begun ? 1 : 0);
  }
});

test('a repetition is answered after its token has expired; an expired token begins no call', async () => {
  const [cardId = '', another = ''] = await makeCards(2, {});
  const order = (of: string, issuedAt: number) => ({
    switchCallId: `expiring ${cardId}`,
    by: { token: tokens.issue(of, issuedAt) },
    attempt: attemptLike(),
    number: FINE,
    accessNumber: null,
    requestedSeconds: null,
  });
  const longAgo = Date.now() - 11 * 60_000;
  const refused = { code: 'AUTHENTICATION_REFUSED' };
  await expect(instances[0].authorize(OPERATOR, order(cardId, longAgo))).rejects.toMatchObject(refused);
  const { call } = await instances[0].authorize(OPERATOR, order(cardId, Date.now()));
  expect(await instances[1].authorize(OPERATOR, order(cardId, longAgo))).toMatchObject({
    call: { id: call.id },
  });
  await expect(instances[1].authorize(OPERATOR, order(another, longAgo))).rejects.toMatchObject(refused);
  const own = tokens.issue(cardId);
  const forged = { ...order(cardId, longAgo), by: { token: `${own.slice(0, -9)}AAAAAAAAA` } };
  await expect(instances[1].authorize(OPERATOR, forged)).rejects.toMatchObject(refused);
});

/** Asks again and again until so many statements wait for a lock in the test's database. */
async function waitingForLocks(count: number): Promise<void> {
  for (;;) {
    const waiting = await db.database.sql`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (waiting.length >= count) return;
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
