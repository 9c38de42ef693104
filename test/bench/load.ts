/**
 * The load generator, a process of its own: slots that each run one request after another, over keep-alive HTTP
 * connections or all over one WebSocket, no client library between. Reads its orders from its standard input, prints
 * one line of JSON.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type Exchange, httpConnections } from './load-http.ts';
import { oneSocket } from './load-socket.ts';

export interface LoadOrders {
  readonly port: number;
  readonly path: string;
  readonly transport: 'http' | 'graphql-ws';
  /** Requests in progress at once: connections over HTTP, operations over the one WebSocket. */
  readonly slots: number;
  readonly seconds: number;
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
  readonly failed: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly latencyMsP50: number;
  readonly latencyMsP99: number;
  readonly firstFailure: string | undefined;
}

const orders = JSON.parse(await text(process.stdin)) as LoadOrders;
const latencies: number[] = [];
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

/** Runs rounds until the end, and resolves when the last answer is in. */
async function drive(exchange: Exchange, until: number): Promise<void> {
  while (performance.now() < until) {
    turn = (turn + 1) % prepared.length;
    const round = prepared[turn];
    const key = randomUUID();
    for (const [n, pieces] of (round?.bodies ?? []).entries()) {
      const sentAt = performance.now();
      const answer = await exchange(pieces.join(key), round?.authorization ?? '');
      if (answer.includes(orders.steps[n]?.expect ?? '')) latencies.push(performance.now() - sentAt);
      else {
        failed += 1;
        firstFailure ??= answer;
      }
    }
  }
}

const exchanges = await (orders.transport === 'http' ? httpConnections(orders) : oneSocket(orders));
const start = performance.now();
await Promise.all(exchanges.map((exchange) => drive(exchange, start + orders.seconds * 1000)));
const seconds = (performance.now() - start) / 1000;
latencies.sort((a, b) => a - b);
const at = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2));
const report: LoadReport = {
  answered: latencies.length,
  failed,
  seconds,
  perSecond: latencies.length / seconds,
  latencyMsP50: at(0.5),
  latencyMsP99: at(0.99),
  firstFailure,
};
process.stdout.write(JSON.stringify(report), () => process.exit(0));
