import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { fromGlobalId } from '../../src/graphql/core/global-id.ts';

import { appendEvents, appendEventsQuery, EVENT_CHANNEL } from '../../src/store/events/event-log.ts';
import { openDatabase, type Sql } from '../../src/store/postgres/database.ts';
import { rechargedEvent } from '../harness/cards.ts';
import { cursorAt, headPosition, positionIn } from '../harness/positions.ts';
import { ask } from './api.ts';
import type { Seats } from './audience.ts';
import type { Bench } from './ground.ts';
import { loadRecharges } from './recharges.ts';
import {
  type Audience,
  type BareServer,
  clock,
  residentBytes,
  startAudience,
  startBareServer,
} from './run-audience.ts';
import { median, spread } from './statistics.ts';

const SOCKETS = 2_000;
/** So many that no key has more than its limit. */
const KEYS = 4;
const ROUNDS = 5;
const SAME_EVENTS = 50;
const OWN_EVENTS = 3;
const EVENTS_PER_SECOND = 500;
/** Two seconds, in which the sockets that were just opened are tidied away in the heap, and then twenty. */
const WARM_UP_EVENTS = 1_000;
const LATENCY_EVENTS = 10_000;
const WRITE_ROUNDS = 3;
const WRITE_SECONDS = 5;

const QUERY = `subscription ($after: Cursor, $cardIds: [ID!]) {
  cardBalanceChanged(after: $after, cardIds: $cardIds) {
    cursor at change { amount currency } balance { amount currency } held { amount currency } version serials { from }
  }
}`;

/** Both sides with their sockets, and who receives what. */
interface Stage {
  readonly bench: Bench;
  readonly sql: Sql;
  readonly keys: readonly string[];
  /** Global ids of as many cards as there are sockets. */
  readonly cardIds: readonly string[];
  readonly ours: Audience;
  readonly bare: BareServer;
  readonly theirs: Audience;
}

/**
 * What it takes to tell thousands: messages per second against bare `ws` that sends the same bytes, memory, the time
 * from the commit to the client, and what the telling costs those who write. Sides in turn; medians.
 */
export async function benchRealtime(bench: Bench): Promise<void> {
  const database = openDatabase({ url: bench.databaseUrl, maxConnections: 8 });
  const bare = await startBareServer();
  const [ours, theirs] = [startAudience(), startAudience()];
  const cardIds = bench.ground.partners.flatMap(({ cardIds }) => cardIds).slice(0, SOCKETS);
  const keys = await Promise.all(Array.from({ length: KEYS }, (_, n) => operatorKey(bench, n)));
  const stage: Stage = { bench, sql: database.sql, keys, cardIds, ours, bare, theirs };
  try {
    await benchMessages(stage);
    await benchLatency(stage);
    await benchWrites(stage);
  } finally {
    for (const each of [ours, theirs, bare]) each.stop();
    await database.close();
  }
}

async function operatorKey({ server }: Bench, n: number): Promise<string> {
  const { createApiKey } = await ask<{ createApiKey: { secret: string } }>(
    server,
    'mutation ($name: String!) { createApiKey(input: { name: $name, role: ADMINISTRATOR }) { ... on CreateApiKeyPayload { secret } } }',
    { name: `Wall ${n}` },
  );
  return createApiKey.secret;
}

const sameCard = ({ cardIds }: Stage) => cardIds.map(() => cardIds[0] ?? '');

/** One socket for each card, the whole of them told of one event so that it is known that all listen. */
async function openOurs(stage: Stage, cards: readonly string[]): Promise<void> {
  const { bench, ours, keys, sql } = stage;
  const after = cursorAt(await headPosition(sql));
  const subscriptions = cards.map((id, n) => ({
    key: keys[n % KEYS] ?? '',
    query: QUERY,
    variables: { after, cardIds: [id] },
  }));
  await ours.open({ port: bench.server.port, subscriptions } satisfies Seats);
  const told = ours.messages(cards.length);
  await append(sql, [...new Set(cards)]);
  await told;
}

function eventOf(globalId: string) {
  return rechargedEvent({ id: fromGlobalId('Card', globalId), serial: '0000000001' });
}

const append = (sql: Sql, globalIds: readonly string[]) =>
  sql.begin((tx) => appendEvents(tx, globalIds.map(eventOf)));

async function benchMessages(stage: Stage): Promise<void> {
  const { bench, ours, bare, theirs, cardIds } = stage;
  const pid = bench.server.pid;
  const bareBefore = residentBytes(bare.pid);
  await theirs.open({ port: bare.port, subscriptions: cardIds.map(() => undefined) });
  const bareBytes = (residentBytes(bare.pid) - bareBefore) / SOCKETS;
  console.log(
    `\nMessages per second to ${SOCKETS} sockets, median of ${ROUNDS} rounds (least–most), sides in turn`,
  );
  const [card = ''] = cardIds;
  // What the server's heap grows to at its first crowd is not what a subscriber costs.
  await openOurs(stage, sameCard(stage));
  await ours.close();
  for (const { name, cards, events, times } of [
    {
      name: 'the same operation',
      cards: sameCard(stage),
      events: Array(SAME_EVENTS).fill(card),
      times: SAME_EVENTS,
    },
    {
      name: 'an operation each',
      cards: cardIds,
      events: Array(OWN_EVENTS).fill(cardIds).flat(),
      times: OWN_EVENTS,
    },
  ]) {
    const before = residentBytes(pid);
    await openOurs(stage, cards);
    const bytes = (residentBytes(pid) - before) / SOCKETS;
    const rates: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    const count = times * SOCKETS;
    let sample = await oursInTurn(stage, events, count, undefined);
    for (let round = 0; round < ROUNDS; round += 1) {
      const told = theirs.messages(count);
      const began = clock();
      bare.send({ text: sample, times });
      rates.bare.push(count / (((await told).at - began) / 1_000));
      sample = await oursInTurn(stage, events, count, rates.ours);
    }
    const ratio = (median(rates.ours) / median(rates.bare)).toFixed(2);
    console.log(
      `  ${name}: ${spread(rates.ours)}; bare ws, the same bytes: ${spread(rates.bare)}; ratio ${ratio}`,
    );
    console.log(
      `    memory: ${Math.round(bytes / 1_024)} KiB for each subscriber; bare ws ${Math.round(bareBytes / 1_024)} KiB for each socket`,
    );
    await ours.close();
  }
  await theirs.close();
}

/** @returns one of the messages, for the other side */
async function oursInTurn(
  { sql, ours }: Stage,
  events: readonly string[],
  count: number,
  rates: number[] | undefined,
): Promise<string> {
  const told = ours.messages(count);
  const began = clock();
  await append(sql, events);
  const { at, sample } = await told;
  rates?.push(count / ((at - began) / 1_000));
  return sample;
}

/** From the moment that the writer knows of its commit. The baseline is a NOTIFY to a bare connection. */
async function benchLatency(stage: Stage): Promise<void> {
  const { sql, ours, cardIds, bench } = stage;
  await openOurs(stage, cardIds);
  await ours.note(true);
  const rung = new Map<string, number>();
  const listener = postgres(bench.databaseUrl, { max: 1 });
  await listener.listen(EVENT_CHANNEL, (position) => rung.set(position, clock()));
  const count = WARM_UP_EVENTS + LATENCY_EVENTS;
  const told = ours.messages(count);
  const committed = new Map<string, number>();
  const writing: Promise<void>[] = [];
  const began = clock();
  for (let n = 0; n < count; n += 1) {
    const wait = began + (n * 1_000) / EVENTS_PER_SECOND - clock();
    if (wait > 0) await delay(wait);
    const event = eventOf(cardIds[n % SOCKETS] ?? '');
    writing.push(
      appendEventsQuery(sql, [event]).then(([row]) => {
        if (n >= WARM_UP_EVENTS) committed.set(`${row?.position}`, clock());
      }),
    );
  }
  await Promise.all(writing);
  const noted = new Map((await told).noted.map(([cursor, at]) => [positionIn(cursor), at]));
  await listener.end();
  await ours.note(false);
  await ours.close();
  const since = (at: (position: string) => number | undefined) =>
    [...committed].map(([position, from]) => Math.max(0, (at(position) ?? Number.NaN) - from));
  console.log(
    `\nFrom the commit to the client at ${EVENTS_PER_SECOND} events per second, ${SOCKETS} subscribers, ${LATENCY_EVENTS} events`,
  );
  console.log(`  a subscription: ${percentiles(since((position) => noted.get(BigInt(position))))}`);
  console.log(`  NOTIFY to a bare connection: ${percentiles(since((position) => rung.get(position)))}`);
}

function percentiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** Recharges of twenty thousand cards: with two thousand of them watched, one in ten is told to somebody. */
async function benchWrites(stage: Stage): Promise<void> {
  const { bench, ours, cardIds } = stage;
  const load = async () =>
    (await loadRecharges(bench.server, bench.ground, { connections: 32, seconds: WRITE_SECONDS })).perSecond;
  const rates: { without: number[]; watched: number[] } = { without: [], watched: [] };
  await load();
  for (let round = 0; round < WRITE_ROUNDS; round += 1) {
    rates.without.push(await load());
    await openOurs(stage, cardIds);
    rates.watched.push(await load());
    await ours.close();
  }
  const less = (1 - median(rates.watched) / median(rates.without)) * 100;
  console.log(
    `\nRecharges per second, median of ${WRITE_ROUNDS} rounds of ${WRITE_SECONDS} s (least–most), sides in turn`,
  );
  console.log(`  without subscribers: ${spread(rates.without)}`);
  console.log(`  with ${SOCKETS} subscribers: ${spread(rates.watched)}; ${less.toFixed(1)} % less`);
}
