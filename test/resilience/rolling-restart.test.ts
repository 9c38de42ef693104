import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
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
const RESTARTS = Number(process.env.CARDLINE_RESTARTS ?? 4);
const CLIENTS = 16;
const CARDS = 50;

if (!haProxy) console.log('HAProxy is not installed (Debian: apt install haproxy): its test is left out.');

const db = useDatabase();

test.runIf(haProxy)(
  'two instances behind HAProxy are restarted in turn under load, and no request fails',
  { timeout: 60_000 + RESTARTS * 20_000 },
  async () => {
    const { sql } = db.database;
    await makeRateGroup(sql);
    const { cards } = await makeActiveCards(sql, { count: CARDS });
    const ports = [await freePort(), await freePort()];
    // Two of the balancer's checks, and half a second.
    const start = (port: number | undefined) =>
      startInstance(db.url, { PORT: `${port}`, DRAIN_SECONDS: '10', DRAIN_NOTICE_SECONDS: '2' });
    const instances = [await start(ports[0]), await start(ports[1])];
    const key = instances[0]?.firstKey() ?? '';
    const balancer = await startBalancer(ports);
    const client = createClient({ url: balancer.url, key });

    let stopped = false;
    let recharged = 0;
    const failures: unknown[] = [];
    const recharge = async (at: number) => {
      for (let round = at; !stopped; round += CLIENTS) {
        const card = { id: toGlobalId('Card', cards[round % CARDS]?.id ?? '') };
        const input = { card, amount: euros('1'), idempotencyKey: newKey() };
        const answer = await client.request(RechargeCardDocument, { input }).catch((error) => error);
        if (answer?.rechargeCard?.__typename === 'RechargeCardPayload') recharged += 1;
        else failures.push(answer);
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, at) => recharge(at));
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const which = restart % 2;
      expect(await instances[which]?.stop('SIGTERM')).toBe(0);
      instances[which] = await start(ports[which]);
      // Until the balancer has seen it: a check every half second.
      await delay(1_500);
    }
    stopped = true;
    await Promise.all(clients);
    await client.close();
    await Promise.all(instances.map((instance) => instance.stop('SIGTERM')));
    await balancer.stop();

    expect(failures).toEqual([]);
    expect(recharged).toBeGreaterThan(RESTARTS * CLIENTS);
    expect((await verify(sql)).discrepancies).toEqual([]);
  },
);
