import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { runningEmbedded } from '../../src/server/embedded-postgres/embedded-postgres.ts';
import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { verify } from '../../src/store/verification.ts';
import { makeKey } from '../harness/api-keys.ts';
import { makeActiveCards, makePartner } from '../harness/cards.ts';
import {
  createDataFolder,
  type ServerProcess,
  startServerProcess,
} from '../harness/processes/server-process.ts';

/** Partners, each with one card. */
const PARTNERS = 200;
const CLIENTS = 40;
const PORT = 41_307;

let folder: Awaited<ReturnType<typeof createDataFolder>>;
let server: ServerProcess;
let administrator: string;

const start = () => startServerProcess({ PORT: `${PORT}`, CARDLINE_DATA_DIR: folder.path });

beforeAll(async () => {
  folder = await createDataFolder();
  server = await start();
  administrator = server.firstKey();
}, 60_000);
afterAll(async () => {
  await server.stop('SIGTERM');
  await folder.remove();
});

async function withDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const url = (await runningEmbedded(folder.path))?.ownerUrl ?? '';
  const database = openDatabase({ url, maxConnections: 4 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

interface Answer {
  readonly __typename: string;
  readonly transfer?: { readonly id: string };
}

/** Asks until there is an answer, with the same key each time: what a careful portal does. */
async function untilAnswered(query: string, variables: object, key: string, until: number): Promise<Answer> {
  for (;;) {
    try {
      const response = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(10_000),
      });
      const { data } = (await response.json()) as { data?: Record<string, Answer> };
      const answer = data && Object.values(data)[0];
      if (answer && answer.__typename !== 'OverloadedError') return answer;
    } catch {
      // The server is down, or went down before it answered.
    }
    if (Date.now() > until) throw new Error('No answer came in time.');
    await delay(50);
  }
}

const VICTIMS = ['server', 'server', 'postgres', 'server'] as const;

const RECHARGE = `mutation ($input: RechargeCardInput!) { rechargeCard(input: $input) { __typename ... on RechargeCardPayload { transfer { id } } } }`;
const ADJUST = `mutation ($input: AdjustCardBalanceInput!) { adjustCardBalance(input: $input) { __typename ... on AdjustCardBalancePayload { transfer { id } } } }`;
const REVERSE = `mutation ($input: ReverseRechargeInput!) { reverseRecharge(input: $input) { __typename ... on ReverseRechargePayload { transfer { id } } } }`;

test('kill -9 of the server and of PostgreSQL during recharges, reversals and adjustments loses and doubles nothing', async () => {
  const seats = await withDatabase(async ({ sql }) =>
    Promise.all(
      Array.from({ length: PARTNERS }, async () => {
        const partnerId = await makePartner(sql, 50_000_000n);
        const { cards } = await makeActiveCards(sql, { count: 1, partnerId });
        const secret = await makeKey(sql, 'PARTNER', partnerId);
        return { secret, cardId: toGlobalId('Card', cards[0]?.id ?? '') };
      }),
    ),
  );

  const acknowledged: { key: string; transferId: string | undefined }[] = [];
  const reversible: string[] = [];
  const end = Date.now() + 14_000;
  const until = Date.now() + 180_000;
  const random = (below: number) => Math.floor(Math.random() * below);
  const one = async () => {
    const seat = seats[random(PARTNERS)];
    const idempotencyKey = uuidV7();
    const amount = { amount: `${1 + random(3)}.00`, currency: 'EUR' };
    const kind = random(10);
    const recharge = reversible[random(reversible.length)];
    let answer: Answer;
    if (kind >= 7 && recharge !== undefined) {
      const input = { rechargeId: recharge, reason: 'test', idempotencyKey };
      answer = await untilAnswered(REVERSE, { input }, administrator, until);
    } else if (kind >= 5) {
      const signed = { ...amount, amount: `${random(2) === 0 ? '' : '-'}${amount.amount}` };
      const input = { card: { id: seat?.cardId }, amount: signed, reason: 'test', idempotencyKey };
      answer = await untilAnswered(ADJUST, { input }, administrator, until);
    } else {
      const input = { card: { id: seat?.cardId }, amount, idempotencyKey };
      answer = await untilAnswered(RECHARGE, { input }, seat?.secret ?? '', until);
      if (answer.transfer) reversible.push(answer.transfer.id);
    }
    acknowledged.push({ key: idempotencyKey, transferId: answer.transfer?.id });
  };
  let kills = 0;
  // However slow the machine: the kills fall among them, and each kind is among what was done.
  const enough = () => Date.now() > end && kills === VICTIMS.length && acknowledged.length >= 200;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!enough()) await one();
  });

  const killer = (async () => {
    for (const victim of VICTIMS) {
      await delay(1_500 + random(1_000));
      kills += 1;
      if (victim === 'postgres') {
        const pid = (await folder.postgresPid()) ?? 0;
        process.kill(pid, 'SIGKILL');
        continue;
      }
      await server.stop('SIGKILL');
      server = await start();
    }
  })();
  await Promise.all([killer, ...clients]);

  await withDatabase(async ({ sql }) => {
    const { discrepancies } = await verify(sql);
    expect(discrepancies).toEqual([]);
    const stored = await sql<{ key: string; transfer: string | null; posted: bigint }[]>`
      SELECT key, outcome->>'transfer' AS transfer,
        (SELECT count(*) FROM transfers t WHERE t.id::text = outcome->>'transfer') AS posted
      FROM idempotency_keys WHERE key = ANY(${acknowledged.map(({ key }) => key)}::text[])`;
    const unaudited = await sql`
      SELECT t.kind, count(*)::int AS moved, (
        SELECT count(*)::int FROM audit_entries e WHERE e.outcome = 'OK' AND e.operation = CASE t.kind
          WHEN 'RECHARGE' THEN 'rechargeCard' WHEN 'REVERSAL' THEN 'reverseRecharge' ELSE 'adjustCardBalance' END
      ) AS noted
      FROM transfers t WHERE t.kind IN ('RECHARGE', 'REVERSAL', 'ADJUSTMENT') GROUP BY t.kind`;
    for (const { kind, moved, noted } of unaudited) expect(noted, kind).toBeGreaterThanOrEqual(moved);
    expect(unaudited).toHaveLength(3);
    const byKey = new Map(stored.map((row) => [row.key, row]));
    for (const { key, transferId } of acknowledged) {
      const row = byKey.get(key);
      expect(row, `key ${key} was acknowledged`).toBeDefined();
      const expected = transferId && Buffer.from(transferId, 'base64').toString().slice('Transfer:'.length);
      expect(row?.transfer ?? undefined).toBe(expected);
      if (expected) expect(row?.posted).toBe(1n);
    }
  });
  const moved = acknowledged.filter(({ transferId }) => transferId).length;
  console.log(`${acknowledged.length} keys acknowledged, ${moved} with a transfer, across ${kills} kills`);
  expect(moved).toBeGreaterThan(20);
}, 300_000);
