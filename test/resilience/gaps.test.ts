import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';

import { type Database, openDatabase } from '../../src/store/postgres/database.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { verify } from '../../src/store/verification.ts';
import { type MadeCards, makeActiveCards, makeRateGroup } from '../harness/cards.ts';
import { ResumingSubscriber } from '../harness/network/resuming-subscriber.ts';
import { headPosition } from '../harness/positions.ts';
import { type OwnCluster, startOwnCluster } from '../harness/processes/own-cluster.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';

/** `npm run test:gaps` is the long form: minutes, and two hundred subscribers. */
const SECONDS = Number(process.env.CARDLINE_GAPS_SECONDS ?? 8);
const SUBSCRIBERS = Number(process.env.CARDLINE_GAPS_SUBSCRIBERS ?? 20);
const WRITERS = 6;
const BATCHES = 10;
/** Each subscriber is cut about as often. */
const CUT_EVERY_MS = 3_000;
/** Between the end of one kill's recovery and the next kill. */
const PEACE_MS = 1_500;

let cluster: OwnCluster;
let database: Database;
let batches: MadeCards[];
/** Undefined while it is down. */
const instances: (ServerProcess | undefined)[] = [];
let key: string;

beforeAll(async () => {
  cluster = await startOwnCluster();
  await migrate(cluster.url);
  database = openDatabase({ url: cluster.url, maxConnections: 4 });
  await makeRateGroup(database.sql);
  batches = [];
  for (let n = 0; n < BATCHES; n += 1) batches.push(await makeActiveCards(database.sql, { count: 5 }));
  const first = await startInstance(cluster.url);
  key = first.firstKey();
  instances.push(first, await startInstance(cluster.url));
}, 60_000);
afterAll(async () => {
  await Promise.all(instances.map((instance) => instance?.stop('SIGTERM')));
  await database.close();
  await cluster.remove();
});

const random = (below: number) => Math.floor(Math.random() * below);
const oneOf = <Item>(items: readonly Item[]) => items[random(items.length)] as Item;
/** Any instance that is up. One of them always is. */
const anyUrl = () => oneOf(instances.filter((instance) => instance !== undefined)).url;

const WATCH = `subscription ($after: Cursor, $batchId: ID) {
  cardBalanceChanged(after: $after, batchId: $batchId) { cursor change { amount } balance { amount } version }
}`;
const RECHARGE = `mutation ($input: RechargeCardInput!) { rechargeCard(input: $input) { __typename } }`;

/** Recharges one card, again with the same key until there is an answer. */
async function recharge(): Promise<void> {
  const { id } = oneOf(oneOf(batches).cards);
  const amount = { amount: '1', currency: 'EUR' };
  const input = { card: { id: toGlobalId('Card', id) }, amount, idempotencyKey: uuidV7() };
  for (;;) {
    const answer = await fetch(anyUrl(), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: RECHARGE, variables: { input } }),
      signal: AbortSignal.timeout(10_000),
    })
      .then((response) => response.json() as Promise<{ data?: { rechargeCard: { __typename: string } } }>)
      .catch(() => undefined);
    if (answer?.data?.rechargeCard.__typename === 'RechargeCardPayload') return;
    await delay(50);
  }
}

/** A kill at a time, of one instance or of PostgreSQL, with peace in between, so that all come back and catch up. */
async function killUntil(end: number): Promise<{ instances: number; postgres: number }> {
  const killed = { instances: 0, postgres: 0 };
  await delay(PEACE_MS);
  // Each of them once at the least, however slow the machine is.
  for (let n = 0; n < 3 || Date.now() < end; n += 1) {
    if (n % 3 === 1) {
      killed.postgres += 1;
      await cluster.killAndStart();
    } else {
      killed.instances += 1;
      const place = n % 2;
      const victim = instances[place];
      instances[place] = undefined;
      await victim?.stop('SIGKILL');
      instances[place] = await startInstance(cluster.url);
    }
    await delay(PEACE_MS);
  }
  return killed;
}

/** What the log has for a subscriber. */
async function logged(batchId: string | undefined, from: bigint): Promise<bigint[]> {
  const { sql } = database;
  const rows = await sql<{ position: bigint }[]>`
    SELECT position FROM events
    WHERE type = 'CARD_RECHARGED' AND position > ${from.toString()}::bigint
      AND (${batchId ?? null}::uuid IS NULL OR batch_id = ${batchId ?? null}::uuid)
    ORDER BY position`;
  return rows.map(({ position }) => position);
}

test(
  'whatever is cut and killed, each subscriber receives what the event log has, in order, nothing missing and nothing twice',
  async () => {
    const from = await headPosition(database.sql);
    // One in ten watches everything, the others a batch.
    const subscribers = Array.from({ length: SUBSCRIBERS }, (_, n) => {
      const batchId = n % 10 === 0 ? undefined : batches[n % BATCHES]?.batchId;
      const subscriber = new ResumingSubscriber({
        transport: n % 2 === 0 ? 'WebSocket' : 'SSE',
        url: anyUrl,
        key,
        query: WATCH,
        variables: batchId === undefined ? {} : { batchId: toGlobalId('CardBatch', batchId) },
        from,
      });
      return { batchId, subscriber };
    });
    const began = Date.now();
    let over = false;
    let cuts = 0;
    const cutting = (async () => {
      for (; !over; cuts += 1) {
        await delay(CUT_EVERY_MS / SUBSCRIBERS);
        oneOf(subscribers).subscriber.cut();
      }
    })();
    const writing = Array.from({ length: WRITERS }, async () => {
      while (!over) await recharge();
    });
    const killed = await killUntil(began + SECONDS * 1_000);
    over = true;
    await Promise.all([cutting, ...writing]);
    const seconds = Math.round((Date.now() - began) / 1_000);

    const all = await logged(undefined, from);
    let told = 0;
    for (const { batchId, subscriber } of subscribers) {
      const expected = await logged(batchId, from);
      await expect.poll(() => subscriber.last, { timeout: 60_000 }).toBe(expected.at(-1) ?? from);
      expect(subscriber.positions).toEqual(expected);
      told += expected.length;
    }
    for (const { subscriber } of subscribers) await subscriber.stop();
    console.log(
      `${all.length} events, told ${told} times to ${SUBSCRIBERS} subscribers across ${cuts} cuts, ` +
        `${killed.instances} kills of an instance and ${killed.postgres} of PostgreSQL in ${seconds} s`,
    );
    expect(all.length).toBeGreaterThan(100);
    expect(cuts).toBeGreaterThan(SUBSCRIBERS);
    expect((await verify(database.sql)).discrepancies).toEqual([]);
  },
  SECONDS * 1_000 + 180_000,
);
