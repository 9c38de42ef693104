import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { authorization, startTestHttpServer } from '../harness/http-server.ts';

const QUERY = '{"query":"{ __typename }"}';
const CONNECTIONS = 24;

test('a shutdown reports not ready while it still responds, and only then refuses connections', async () => {
  const http = await startTestHttpServer({ environment: { DRAIN_NOTICE_SECONDS: '1' } });
  const readiness = async () => (await http.fetch({}, '/readyz')).status;
  const query = { method: 'POST', headers: { 'content-type': 'application/json' }, body: QUERY };
  expect(await readiness()).toBe(200);
  const drained = http.drain();
  expect(await readiness()).toBe(503);
  expect((await http.fetch({}, '/healthz')).status).toBe(200);
  expect((await http.fetch(query)).status).toBe(200);
  await drained;
  await expect(http.fetch(query)).rejects.toThrow('fetch failed');
});

test('without notice the port closes at once', async () => {
  const http = await startTestHttpServer({ environment: { DRAIN_NOTICE_SECONDS: '600' } });
  await http.drain({ notice: false });
  await expect(http.fetch({}, '/healthz')).rejects.toThrow('fetch failed');
});

test('under load, responses end their connections and no request that was begun is cut', async () => {
  const http = await startTestHttpServer({ environment: { DRAIN_NOTICE_SECONDS: '1', DRAIN_SECONDS: '60' } });
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let draining = false;
  let answeredBefore = 0;
  let answeredWhile = 0;
  const faults: string[] = [];
  const client = async () => {
    for (;;) {
      const begun = draining;
      const outcome = await post(http.url, agent);
      if (outcome instanceof Error) {
        // A refused connection carried no request. Anything else was begun and lost.
        if (outcome.code !== 'ECONNREFUSED') faults.push(`${outcome.code} ${outcome.message}`);
        return;
      }
      if (outcome.status !== 200) faults.push(`status ${outcome.status}`);
      if (begun && outcome.connection !== 'close') faults.push(`Connection: ${outcome.connection}`);
      if (begun) answeredWhile += 1;
      else answeredBefore += 1;
    }
  };
  const clients = Array.from({ length: CONNECTIONS }, client);
  await delay(300);
  const drained = http.drain();
  draining = true;
  await Promise.all([...clients, drained]);
  agent.destroy();
  expect(faults).toEqual([]);
  expect(answeredBefore).toBeGreaterThan(CONNECTIONS);
  expect(answeredWhile).toBeGreaterThan(CONNECTIONS);
});

interface Outcome {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

function post(url: string, agent: Agent): Promise<Outcome | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const sent = request(url, { method: 'POST', agent, headers }, (response: IncomingMessage) => {
      response.on('error', resolve).on('end', () => {
        resolve({ status: response.statusCode, connection: response.headers.connection });
      });
      response.resume();
    });
    sent.on('error', resolve).end(QUERY);
  });
}
