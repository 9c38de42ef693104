import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../src/client/client.ts';
import { RechargeCardDocument } from '../../src/client/operations.ts';
import { toGlobalId } from '../../src/graphql/core/global-id.ts';
import { freePort } from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { verify } from '../../src/store/verification.ts';
import { euros, newKey } from '../harness/api.ts';
import { makeActiveCards, makeRateGroup } from '../harness/cards.ts';
import { useDatabase } from '../harness/database.ts';
import { haProxy, startBalancer } from '../harness/processes/haproxy.ts';
import { startInstance } from '../harness/processes/server-process.ts';

/** More by `npm run test:restarts`. */
const RESTARTS = Number(process.env.CARDLINE_RESTARTS ?? 2);
const CLIENTS = 16;
const CARDS = 50;

if (!haProxy) console.log('HAProxy is not installed (Debian: apt install haproxy): its test is left out.');

const db = useDatabase();

const processes: { stop(signal: NodeJS.Signals): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(processes.splice(0).map((each) => each.stop('SIGKILL')));
});

test.runIf(haProxy)(
  'two instances behind HAProxy are restarted in turn under load, and no request fails',
  { timeout: 60_000 + RESTARTS * 30_000 },
  async () => {
    const { sql } = db.database;
    await makeRateGroup(sql);
    const { cards } = await makeActiveCards(sql, { count: CARDS });
    const ports = [await freePort(), await freePort()];
    const start = async (port: number | undefined) => {
      const instance = await startInstance(db.url, { PORT: `${port}`, DRAIN_SECONDS: '10' });
      processes.push(instance);
      return instance;
    };
    const instances = [await start(ports[0]), await start(ports[1])];
    const balancer = await startBalancer(ports);
    processes.push(balancer);
    const load = rechargeLoad(balancer.url, instances[0]?.firstKey() ?? '', cards);
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const which = restart % 2;
      expect(await instances[which]?.stop('SIGTERM')).toBe(0);
      instances[which] = await start(ports[which]);
      // Until the balancer has seen it: a check every half second.
      await delay(1_500);
    }
    const { recharged, failures } = await load.stop();

    expect(failures.slice(0, 5)).toEqual([]);
    expect(recharged).toBeGreaterThan(RESTARTS * CLIENTS);
    expect((await verify(sql)).discrepancies).toEqual([]);
  },
);

/** Clients that recharge without pause. */
function rechargeLoad(url: string, key: string, cards: readonly { readonly id: string }[]) {
  const client = createClient({ url, key });
  let stopped = false;
  let recharged = 0;
  const failures: string[] = [];
  const run = async (at: number) => {
    for (let round = at; !stopped; round += CLIENTS) {
      const card = { id: toGlobalId('Card', cards[round % CARDS]?.id ?? '') };
      const input = { card, amount: euros('1'), idempotencyKey: newKey() };
      const answer = await client.request(RechargeCardDocument, { input }).catch((error) => `${error}`);
      if (typeof answer !== 'string' && answer.result.__typename === 'RechargeCardPayload') recharged += 1;
      else failures.push(JSON.stringify(answer));
    }
  };
  const clients = Array.from({ length: CLIENTS }, (_, at) => run(at));
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(clients);
      await client.close();
      return { recharged, failures };
    },
  };
}
