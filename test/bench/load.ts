/**
 * The load generator, a process of its own: slots that each run one request after another, over keep-alive HTTP
 * connections or all over one WebSocket, no client library between. Reads its orders from its standard input, prints
 * one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Exchange, httpConnections } from './load-http.ts';
import { oneSocket } from './load-socket.ts';

export interface LoadOrders {
  readonly port: number;
  readonly path: string;
  readonly transport: 'http' | 'graphql-ws';
  /** Requests in progress at once: connections over HTTP, operations over the one WebSocket. */
  readonly slots: number;
  readonly seconds: number;
  /**
   * Rounds that begin per second, however many are in progress, each over a slot that is free. Left out: each slot begins
   * its next round when the one before is answered.
   */
  readonly arrivalsPerSecond?: number;
  /** Sent one after another with the same `$key`, a fresh UUID for each round. */
  readonly steps: readonly {
    readonly query: string;
    /** What every answer must contain to count. */
    readonly expect: string;
  }[];
  /** In turn: who asks, and the variables of each step; `$key` in a value becomes the round's UUID. */
  readonly rounds: readonly { authorization: string; variables: readonly Record<string, unknown>[] }[];
}

export interface LoadReport {
  readonly answered: number;
  /** Refused as OVERLOADED or TOO_MANY_REQUESTS. */
  readonly refused: number;
  /** Rounds that did not begin, since no slot was free. */
  readonly unsent: number;
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
  readonly refusalMsP50: number;
  readonly refusalMsP99: number;
  readonly firstFailure: string | undefined;
}

const orders = JSON.parse(await text(process.stdin)) as LoadOrders;
const latencies: number[] = [];
const refusals: number[] = [];
let failed = 0;
let firstFailure: string | undefined;
let turn = Math.floor(Math.random() * orders.rounds.length);

/** Each body as the pieces between its keys: nothing is left to do but to join them. */
const prepared = orders.rounds.map(({ authorization, variables }) => ({
  authorization,
  bodies: orders.steps.map(({ query }, n) =>
    JSON.stringify({ query, variables: variables[n] }).split('$key'),
  ),
}));

async function runRound(exchange: Exchange): Promise<void> {
  turn = (turn + 1) % prepared.length;
  const round = prepared[turn];
  const key = randomUUID();
  for (const [n, pieces] of (round?.bodies ?? []).entries()) {
    const sentAt = performance.now();
    const answer = await exchange(pieces.join(key), round?.authorization ?? '');
    const ms = performance.now() - sentAt;
    if (answer.includes(orders.steps[n]?.expect ?? '')) latencies.push(ms);
    else if (/"(?:OVERLOADED|TOO_MANY_REQUESTS)"/.test(answer)) refusals.push(ms);
    else {
      failed += 1;
      firstFailure ??= answer;
    }
  }
}

/** Runs rounds until the end, and resolves when the last answer is in. */
async function drive(exchange: Exchange, until: number): Promise<void> {
  while (performance.now() < until) await runRound(exchange);
}

/** Begins rounds at a steady rate until the end. @returns how many found no free slot */
async function arrive(free: Exchange[], perSecond: number, until: number): Promise<number> {
  const started = performance.now();
  const running = new Set<Promise<void>>();
  let unsent = 0;
  for (let begun = 0; performance.now() < until; await delay(1)) {
    const due = ((performance.now() - started) / 1_000) * perSecond;
    for (; begun < due; begun += 1) {
      const exchange = free.pop();
      if (!exchange) {
        unsent += 1;
        continue;
      }
      const round = runRound(exchange).finally(() => {
        free.push(exchange);
        running.delete(round);
      });
      running.add(round);
    }
  }
  await Promise.all(running);
  return unsent;
}

const exchanges = await (orders.transport === 'http' ? httpConnections(orders) : oneSocket(orders));
const start = performance.now();
const until = start + orders.seconds * 1_000;
let unsent = 0;
if (orders.arrivalsPerSecond) unsent = await arrive(exchanges, orders.arrivalsPerSecond, until);
else await Promise.all(exchanges.map((exchange) => drive(exchange, until)));
const seconds = (performance.now() - start) / 1000;
const at = (times: readonly number[], share: number) =>
  Number((times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(2));
const report: LoadReport = {
  answered: latencies.length,
  refused: refusals.length,
  unsent,
  failed,
  seconds,
  perSecond: latencies.length / seconds,
  latencyMsP50: at(latencies, 0.5),
  latencyMsP99: at(latencies, 0.99),
  refusalMsP50: at(refusals, 0.5),
  refusalMsP99: at(refusals, 0.99),
  firstFailure,
};
process.stdout.write(JSON.stringify(report), () => process.exit(0));
