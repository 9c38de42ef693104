import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { AuthenticateCardDocument, RechargeCardDocument } from '../../src/client/operations.ts';
import { euros, newKey, nth, useApi } from '../harness/api.ts';
import { useFixture } from '../harness/fixture.ts';

interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly links?: readonly { readonly spanId: string }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PIN = '98765432109876';

/** A collector of OpenTelemetry, as far as it listens: OTLP over HTTP as JSON. */
const bodies: string[] = [];
useFixture({
  start: async () => {
    const collector = createServer(async (request, response) => {
      bodies.push(await text(request));
      response.setHeader('content-type', 'application/json').end('{}');
    });
    await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
    const { port } = collector.address() as AddressInfo;
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
    vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '50');
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment.name=test');
    return collector;
  },
  stop: async (collector) => {
    vi.unstubAllEnvs();
    collector.closeAllConnections();
    await new Promise((closed) => collector.close(closed));
  },
});
const api = useApi();

const spans = (): ReceivedSpan[] =>
  bodies.flatMap((body) =>
    JSON.parse(body).resourceSpans.flatMap((resource: { scopeSpans: { spans: ReceivedSpan[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

describe('traces', () => {
  test('lead from the request to the transaction, within the trace of the caller', async () => {
    const key = await api.secret('ADMINISTRATOR');
    const serial = nth(api.partner.batch, 0).serial;
    const query = `mutation { rechargeCard(input: {card: {serial: "${serial}"}, amount: {amount: "1", currency: "EUR"}, idempotencyKey: "${newKey()}"}) { __typename } }`;
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
    };
    await fetch(api.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const mine = await vi.waitFor(() => {
      const found = spans().filter(({ traceId }) => traceId === TRACE);
      expect(found.map(({ name }) => name)).toContain('POST /graphql');
      expect(found.map(({ name }) => name)).toContain('transaction');
      return found;
    });
    const named = (name: string) => mine.find((span) => span.name === name);
    expect(named('POST /graphql')?.parentSpanId).toBe('00f067aa0ba902b7');
    const operation = mine.find(({ name }) => name.startsWith('graphql '));
    expect(mine.some(({ spanId }) => spanId === operation?.parentSpanId)).toBe(true);
    const command = mine.find(({ name }) => name === 'command');
    expect(mine.some(({ spanId }) => spanId === command?.parentSpanId)).toBe(true);
    expect(named('transaction')?.parentSpanId).toBe(command?.spanId);
  });

  test('link the commands that share a transaction', async () => {
    const { client, batch } = api.partner;
    await Promise.all(
      batch.cards.map(({ serial }) =>
        client.request(RechargeCardDocument, {
          input: { card: { serial }, amount: euros('1'), idempotencyKey: newKey() },
        }),
      ),
    );
    await vi.waitFor(() => {
      const linked = spans().filter(({ name, links }) => name === 'transaction' && links?.length);
      expect(linked.length).toBeGreaterThan(0);
    });
  });

  test('hold neither PINs nor keys nor numbers nor serials', async () => {
    await api.ivr.request(AuthenticateCardDocument, {
      input: { by: { pin: PIN }, callerNumber: '+390612345678' },
    });
    await vi.waitFor(() => expect(spans().map(({ name }) => name)).toContain('graphql authenticateCard'));
    const all = bodies.join('\n');
    for (const secret of [PIN, 'clk_', '390612345678', nth(api.partner.batch, 0).serial]) {
      expect(all).not.toContain(secret);
    }
    expect(all).toContain('deployment.environment.name');
    expect(all).toContain('cardline');
  });
});
