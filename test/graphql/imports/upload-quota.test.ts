import { expect, test } from 'vitest';
import { CreateCardUploadDocument, CreateRateUploadDocument } from '../../../src/client/operations.ts';
import { useApi } from '../../harness/api.ts';
import { succeeded } from '../../harness/refusals.ts';

const MIB = 1024 * 1024;

const api = useApi({
  environment: { MAX_UPLOADS_PER_KEY: '3', MAX_UPLOADS: '5', MAX_UPLOAD_BYTES_PER_KEY: `${2 * MIB}` },
});

const send = (url: string, bytes: number) => fetch(url, { method: 'PUT', body: Buffer.alloc(bytes, '1') });

test('uploads that wait are bounded, in bytes and in number', async () => {
  const { administrator } = api;
  const ask = async () => succeeded((await administrator.request(CreateCardUploadDocument)).result).upload;
  const first = await ask();
  const second = await ask();

  // What is one piece too many is refused while it comes, and what had come of it is forgotten.
  expect((await send(first.url, 1.5 * MIB)).status).toBe(201);
  const tooMuch = await send(second.url, 2 * MIB);
  expect(tooMuch.status).toBe(429);
  expect(await tooMuch.json()).toMatchObject({ code: 'UPLOAD_QUOTA_EXCEEDED' });
  const { sql } = api.db.database;
  expect(await sql`SELECT count(DISTINCT link_id)::int AS kept FROM file_chunks`).toEqual([{ kept: 1 }]);

  // The second has nothing that waits any more: two places are left, for either purpose.
  await ask();
  succeeded((await administrator.request(CreateRateUploadDocument)).result);
  const refused = [
    await administrator.request(CreateCardUploadDocument),
    await administrator.request(CreateRateUploadDocument),
  ];
  for (const { result } of refused) {
    expect(result).toMatchObject({
      __typename: 'UploadQuotaExceededError',
      code: 'UPLOAD_QUOTA_EXCEEDED',
      retryable: true,
      message: expect.stringContaining('import the files already uploaded'),
    });
  }
  expect(await sql`SELECT count(*)::int AS links FROM file_links`).toEqual([{ links: 4 }]);
});
