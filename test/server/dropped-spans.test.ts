import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { startTracing } from '../../src/server/observability/tracing.ts';
import { inSpan } from '../../src/store/postgres/spans.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['takes spans', 200, 5],
  ['refuses spans', 400, 25],
])(
  'spans beyond the queue are counted, and those of a collector that %s',
  async (_case, status, expected) => {
    const collector = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
    vi.stubEnv('OTEL_BSP_MAX_QUEUE_SIZE', '10');
    vi.stubEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '10');
    let dropped = 0;
    const stop = await startTracing(process.env, (spans) => {
      dropped += spans;
    });
    for (let n = 0; n < 25; n += 1) inSpan('work', {}, () => n);
    // Ten are on their way, and ten wait.
    expect(dropped).toBe(5);
    await stop?.();
    expect(dropped).toBe(expected);
    collector.closeAllConnections();
    collector.close();
  },
);
