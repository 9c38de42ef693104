import { randomInt } from 'node:crypto';
import { makeCallers, switchKey } from './callers.ts';
import type { Bench } from './ground.ts';
import type { LoadOrders, LoadReport } from './load.ts';
import { loadRecharges } from './recharges.ts';
import { runLoad } from './run-load.ts';
import type { BenchServer } from './server.ts';
import { median, spread } from './statistics.ts';

const CARDS = 200_000;
/** Each activated in one request, which may name a hundred thousand cards. */
const BATCHES = 2;
const CALLERS = 20_000;
const SECONDS = 6;
const ROUNDS = 3;
const WARM_UP_SECONDS = 8;
const CONNECTIONS = 128;
/** Operations at once over the one WebSocket: within what a socket may carry. */
const OPERATIONS = 64;

const AUTHORIZE = `mutation Authorize($input: AuthorizeCallInput!) {
  authorizeCall(input: $input) {
    __typename
    ... on AuthorizeCallPayload { grant { seconds limit final } balance { amount currency } call { destination } }
    ... on Error { code message }
  }
}`;
const COMPLETE = `mutation Complete($input: CompleteCallInput!) {
  completeCall(input: $input) {
    __typename
    ... on CompleteCallPayload { call { state charge { amount } } balance { amount currency } }
    ... on Error { code message }
  }
}`;

/**
 * Calls on the real price list: authorized by PIN, rated and held for, and then settled, each a request of its own,
 * durable before the answer; beside recharges on the same server. The sides take turns; medians of the rounds.
 */
export async function benchCalls({ server, ground }: Bench): Promise<void> {
  const key = await switchKey(server);
  const batch = { rateGroupId: ground.rateGroupId, cards: CARDS / BATCHES, callers: CALLERS / BATCHES };
  const pins: string[] = [];
  for (let n = 0; n < BATCHES; n += 1) {
    pins.push(...(await makeCallers(server, batch)).map(({ pin }) => pin));
  }
  const recharges: LoadReport[] = [];
  const overHttp: LoadReport[] = [];
  const overSocket: LoadReport[] = [];
  const warmUp = { connections: CONNECTIONS, seconds: WARM_UP_SECONDS };
  await loadRecharges(server, ground, warmUp);
  await loadCalls(server, { key, pins, transport: 'http', slots: CONNECTIONS, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < ROUNDS; round += 1) {
    recharges.push(await loadRecharges(server, ground, { connections: CONNECTIONS, seconds: SECONDS }));
    const asked = { key, pins, seconds: SECONDS };
    overHttp.push(await loadCalls(server, { ...asked, transport: 'http', slots: CONNECTIONS }));
    overSocket.push(await loadCalls(server, { ...asked, transport: 'graphql-ws', slots: OPERATIONS }));
  }

  console.log(
    `\nCall requests per second (authorize by PIN with rating and hold; settle), ${CARDS.toLocaleString('en')} cards, median of ${ROUNDS} rounds of ${SECONDS} s (least–most), sides in turn`,
  );
  const baseline = median(recharges.map(({ perSecond }) => perSecond));
  const line = (what: string, reports: readonly LoadReport[]) => {
    const rates = reports.map(({ perSecond }) => perSecond);
    const p50 = median(reports.map(({ latencyMsP50 }) => latencyMsP50)).toFixed(1);
    const p99 = median(reports.map(({ latencyMsP99 }) => latencyMsP99)).toFixed(1);
    const ratio = (median(rates) / baseline).toFixed(2);
    console.log(`  ${what}: ${spread(rates)}, ${ratio} × recharges; p50 ${p50} ms, p99 ${p99} ms`);
  };
  line(`recharges over HTTP, ${CONNECTIONS} connections`, recharges);
  line(`calls over HTTP, ${CONNECTIONS} connections`, overHttp);
  line(`calls over one graphql-ws connection, ${OPERATIONS} at once`, overSocket);
}

interface CallLoad extends Pick<LoadOrders, 'transport' | 'slots' | 'seconds'> {
  readonly key: string;
  readonly pins: readonly string[];
}

/** Calls under load for some seconds, of all cards in turn. */
export function loadCalls({ port }: BenchServer, { key, pins, ...load }: CallLoad): Promise<LoadReport> {
  return runLoad({
    port,
    path: '/graphql',
    ...load,
    steps: [
      { query: AUTHORIZE, expect: '"AuthorizeCallPayload"' },
      { query: COMPLETE, expect: '"COMPLETED"' },
    ],
    rounds: pins.map((pin) => ({
      authorization: `Bearer ${key}`,
      variables: [
        { input: { switchCallId: '$key', by: { pin }, number: `+1212555${randomInt(1_000, 10_000)}` } },
        { input: { switchCallId: '$key', totalSeconds: randomInt(1, 200) } },
      ],
    })),
  });
}
