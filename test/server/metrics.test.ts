import { readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { RechargeCardDocument } from '../../src/client/operations.ts';
import { REQUEST_ERRORS } from '../../src/graphql/core/error-codes.ts';
import { registeredRejections } from '../../src/graphql/core/errors.ts';
import { schema } from '../../src/graphql/schema.ts';
import { freePort } from '../../src/server/embedded-postgres/postgres-cluster.ts';
import { readDatabaseStatistics } from '../../src/store/postgres/database-statistics.ts';
import { euros, newKey, nth, startApi, useApi } from '../harness/api.ts';
import { openSocket } from '../harness/network/web-socket.ts';

const TOKEN = 'a-token-of-the-test';
const metricsPort = await freePort();

const api = useApi({ environment: { METRICS_TOKEN: TOKEN, METRICS_PORT: String(metricsPort) } });
let key: string;
beforeAll(async () => {
  key = await api.secret('ADMINISTRATOR');
});

const scrape = (token = TOKEN, url = api.url) =>
  fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${token}` } });

const send = (query: string, secret = key) =>
  fetch(api.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });

/** The value of one series; undefined when there is none. */
async function value(series: string): Promise<number | undefined> {
  const text = await (await scrape()).text();
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('who may scrape', () => {
  test('nobody without the token, on either port', async () => {
    for (const url of [api.url, `http://127.0.0.1:${metricsPort}`]) {
      expect((await scrape('another-token-of-it', url)).status).toBe(401);
      expect((await fetch(new URL('/metrics', url))).status).toBe(401);
      expect((await scrape(TOKEN, url)).status).toBe(200);
    }
  });

  test('nobody at all unless it was set', async () => {
    const other = await startApi();
    try {
      expect((await scrape(TOKEN, other.url)).status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});

describe('the figures', () => {
  test('count operations by the field they ask for, whatever a client calls them', async () => {
    await send('query Mine1 { viewer { name } }');
    await send('query Mine2 { a: viewer { name } }');
    await send('query Mine3 { viewer { name } rateGroups { edges { node { id } } } }');
    expect((await send('{ viewer { name } }', 'clk_none')).status).toBe(401);
    const count = (operation: string) =>
      value(`cardline_operation_seconds_count{operation="${operation}",transport="http"}`);
    expect(await count('viewer')).toBe(2);
    expect(await count('several')).toBe(1);
    const text = await (await scrape()).text();
    expect(text).not.toContain('Mine');
    expect(await value('cardline_http_requests_total{route="/graphql",status="401"}')).toBe(1);
  });

  test('count errors by code, returned as data or not', async () => {
    await send('{ viewer { nothing } }');
    const input = {
      card: { serial: nth(api.partner.batch, 0).serial },
      amount: euros('1000'),
      idempotencyKey: newKey(),
    };
    await api.partner.client.request(RechargeCardDocument, { input });
    expect(await value('cardline_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(await value('cardline_errors_total{code="INSUFFICIENT_FUNDS"}')).toBe(1);
  });

  test('count transactions, their commands, and what was sent again', async () => {
    const committed = 'cardline_transaction_seconds_count{outcome="committed"}';
    const before = (await value(committed)) ?? 0;
    const input = {
      card: { serial: nth(api.partner.batch, 0).serial },
      amount: euros('1'),
      idempotencyKey: newKey(),
    };
    await api.partner.client.request(RechargeCardDocument, { input });
    await api.partner.client.request(RechargeCardDocument, { input });
    expect(await value(committed)).toBeGreaterThanOrEqual(before + 2);
    expect(await value('cardline_replays_total')).toBe(1);
    expect(await value('cardline_writer_queue')).toBe(0);
  });

  test('report the sockets that are open', async () => {
    const open = 'cardline_connections{transport="ws"}';
    const socket = await openSocket(api.url);
    socket.send({ type: 'connection_init', payload: { apiKey: key } });
    expect(await socket.next()).toMatchObject({ type: 'connection_ack' });
    expect(await value(open)).toBe(1);
    socket.close();
    await vi.waitFor(async () => expect(await value(open)).toBe(0));
  });

  test('are looked up in the database now and then', async () => {
    expect(await value('cardline_database_up')).toBe(1);
    expect(await value('cardline_event_head')).toBeGreaterThan(0);
    expect(await value('cardline_guesses_left{scope="PIN"}')).toBeGreaterThan(0);
    expect(await value('cardline_batches_unfinished')).toBe(0);
    expect(await value('cardline_imports_unfinished')).toBe(0);
    await vi.waitFor(async () => {
      expect(await value('cardline_job_seconds_count{task="expiry"}')).toBeGreaterThan(0);
    });
    const { instanceName } = api.settings;
    const labels = `version="0.1.0",node="${process.versions.node}",instance_name="${instanceName}"`;
    expect(await value(`cardline_build_info{${labels}}`)).toBe(1);
    expect(await value('process_cpu_seconds_total')).toBeGreaterThan(0);
  });

  test('report how long the counters of reports lack a fact', async () => {
    const hourAgo = v7({ msecs: Date.now() - 3_600_000 });
    const undone = new Error('This is undone.');
    const reading = api.db.database.sql.begin(async (tx) => {
      await tx`INSERT INTO report_facts (id, facts) VALUES (${hourAgo}, '{}')`;
      const { factsWaiting, factsBehindSeconds } = await readDatabaseStatistics(tx);
      expect(factsWaiting).toBeGreaterThan(0n);
      expect(factsBehindSeconds).toBeGreaterThan(3_590);
      throw undone;
    });
    await expect(reading).rejects.toBe(undone);
  });

  test.each([
    ['alerts.yml', 15],
    ['dashboard.json', 20],
  ])('have the names that docs/examples/%s asks for', async (file, least) => {
    const expressions = readFileSync(`docs/examples/${file}`, 'utf8');
    const asked = new Set(
      [...expressions.matchAll(/\b(cardline|nodejs|process)_\w+/g)].map(([name]) =>
        name.replace(/_(count|sum|bucket)$/, ''),
      ),
    );
    expect(asked.size).toBeGreaterThan(least);
    const given = [...(await (await scrape()).text()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name);
    expect([...asked].filter((name) => !given.includes(name))).toEqual([]);
  });

  test('have the labels and their values that the rules and the dashboard select by', async () => {
    const text = ['alerts.yml', 'dashboard.json']
      .map((file) => readFileSync(`docs/examples/${file}`, 'utf8').replaceAll('\\"', '"'))
      .join();
    const codes = [...text.matchAll(/code="(\w+)"/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(2);
    const known = new Set([...Object.keys(REQUEST_ERRORS), ...registeredRejections.map(({ code }) => code)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
    const operations = [...text.matchAll(/operation="(\w+)"/g)].map(([, name = '']) => name);
    const fields = schema.getMutationType()?.getFields() ?? {};
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.filter((name) => !(name in fields))).toEqual([]);
  });

  test('have a panel each in a dashboard that Grafana can read', () => {
    const { panels, templating } = JSON.parse(readFileSync('docs/examples/dashboard.json', 'utf8'));
    expect(templating.list[0]).toMatchObject({ name: 'source', type: 'datasource', query: 'prometheus' });
    const ids = panels.map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, targets, gridPos } of panels) {
      expect([title, targets.length > 0, gridPos.x + gridPos.w <= 24]).toEqual([title, true, true]);
    }
  });
});
