import { expect, test } from 'vitest';
import { startTestHttpServer } from '../harness/http-server.ts';

test('a shutdown reports not ready while it still responds, and only then refuses connections', async () => {
  const http = await startTestHttpServer({ environment: { DRAIN_NOTICE_SECONDS: '1' } });
  const readiness = async () => (await http.fetch({}, '/readyz')).status;
  const query = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  };
  expect(await readiness()).toBe(200);
  const drained = http.drain();
  expect(await readiness()).toBe(503);
  expect((await http.fetch({}, '/healthz')).status).toBe(200);
  expect((await http.fetch(query)).status).toBe(200);
  await drained;
  await expect(http.fetch(query)).rejects.toThrow('fetch failed');
});
