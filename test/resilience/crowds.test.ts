import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeCursor } from '../../src/realtime/cursor.ts';
import type { LogPlace } from '../../src/store/events/event-log.ts';
import { appendEvents } from '../../src/store/events/event-log.ts';
import { type MadeCards, makeActiveCards, makeRateGroup, rechargedEvent } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { cursorAt, headPosition } from '../harness/positions.ts';
import type { CrowdOrder, CrowdReport } from '../harness/processes/crowd.ts';
import { type ServerProcess, startInstance } from '../harness/processes/server-process.ts';

/** `npm run test:crowds` is the long form: ten thousand. */
const SOCKETS = Number(process.env.CARDLINE_CROWD_SOCKETS ?? 200);
const PROCESSES = 2;
/** An event goes to all of them: with more of them there are fewer. */
const EVENT_EVERY_MS = Math.max(20, SOCKETS / 4);

const db = useDatabase();
let made: MadeCards;
let server: ServerProcess;
const crowd: ChildProcess[] = [];

beforeAll(async () => {
  mustHaveRoom();
  await makeRateGroup(db.database.sql);
  made = await makeActiveCards(db.database.sql, { count: 10 });
  server = await startInstance(db.url, { MAX_SOCKETS_PER_KEY: `${SOCKETS + 100}` });
  const program = fileURLToPath(new URL('../harness/processes/crowd.ts', import.meta.url));
  for (let n = 0; n < PROCESSES; n += 1) crowd.push(fork(program, { execArgv: ['--import', 'tsx'] }));
}, 60_000);
afterAll(async () => {
  for (const part of crowd) part.kill('SIGKILL');
  await server.stop('SIGTERM');
}, 60_000);

/** Each socket is an open file of the server: Node takes as many as the system's hard limit says. */
function mustHaveRoom(): void {
  if (process.platform !== 'linux') return;
  const [, limit = ''] =
    /Max open files +\d+ +(\d+|unlimited)/.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  if (limit === 'unlimited' || Number(limit) >= SOCKETS + 1_000) return;
  throw new Error(`At most ${limit} files may be open: raise it, as with "ulimit -Hn ${SOCKETS + 1_000}".`);
}

const QUERY = `subscription ($after: Cursor) {
  cardBalanceChanged(after: $after) { cursor at change { amount currency } balance { amount currency } serials { from } }
}`;

async function append(): Promise<void> {
  const { id, serial } = made.cards[0] ?? { id: '', serial: '' };
  const event = rechargedEvent({ id, serial, batchId: made.batchId });
  await db.database.sql.begin((tx) => appendEvents(tx, [event]));
}

async function order(what: (part: number) => CrowdOrder): Promise<unknown[]> {
  return Promise.all(
    crowd.map(async (child, part) => {
      const answered = once(child, 'message');
      child.send(what(part));
      return (await answered)[0];
    }),
  );
}

const reports = async () => (await order(() => ({ report: true }))) as CrowdReport[];
const fewest = async () => Math.min(...(await reports()).map((report) => report.fewest));
/** Until each of all has been told so many. */
const untilTold = (count: number) =>
  expect.poll(fewest, { timeout: 180_000, interval: 100 }).toBeGreaterThanOrEqual(count);
const secondsSince = (began: number) => ((performance.now() - began) / 1_000).toFixed(1);

/** Resident memory of the server, in MiB. */
const memory = async () => Math.round((await server.memory()) / 1_048_576);

test('a crowd of subscribers, all cut at once, reconnects without a gap', async () => {
  const { sql } = db.database;
  const start = await headPosition(sql);
  const before = await memory();
  const opening = {
    port: Number(new URL(server.url).port),
    key: server.firstKey(),
    query: QUERY,
    after: cursorAt(start),
    sockets: Math.ceil(SOCKETS / PROCESSES),
  };
  const opened = performance.now();
  await order(() => ({ open: opening }));
  const openSeconds = secondsSince(opened);

  let written = 0;
  let over = false;
  const writing = (async () => {
    for (; !over; written += 1) {
      await append();
      await delay(EVENT_EVERY_MS);
    }
  })();
  await untilTold(3);
  const atRest = await memory();
  const cut = performance.now();
  await order(() => ({ cut: true }));
  const connectedSeconds = secondsSince(cut);
  // What was written when the last had connected again.
  await untilTold(written);
  const resumedSeconds = secondsSince(cut);
  over = true;
  await writing;
  await untilTold(written);

  const logged = await sql<LogPlace[]>`
    SELECT position, at FROM events WHERE batch_id = ${made.batchId} AND position > ${start.toString()}::bigint
    ORDER BY position`;
  const all = logged.map(encodeCursor);
  for (const { told, faults, fewest: least, connected } of await reports()) {
    expect(faults).toEqual([]);
    expect(told).toEqual(all);
    expect(least).toBe(all.length);
    expect(connected).toBe(opening.sockets);
  }
  console.log(
    `${SOCKETS} sockets opened in ${openSeconds} s (the server grew from ${before} to ${atRest} MiB), were cut all ` +
      `at once, were connected again after ${connectedSeconds} s and had all they had missed after ` +
      `${resumedSeconds} s: ${all.length} events, told to each once and in order`,
  );
}, 600_000);
