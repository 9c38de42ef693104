import { createConnection, type Socket } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { CreateRateUploadDocument } from '../../src/client/operations.ts';
import { useApi } from '../harness/api.ts';
import { succeeded } from '../harness/refusals.ts';

const MIB = 1_048_576;
const PIECE = Buffer.alloc(MIB, '1');

const api = useApi();
let key: string;
beforeAll(async () => {
  key = await api.secret('ADMINISTRATOR');
});

type Coming = 'with its length' | 'in chunks';

/** Sends a whole body before it reads anything, as a simple client does; then reads to the end of the connection. */
async function send(
  path: string,
  head: string[],
  { mebibytes, coming }: { mebibytes: number; coming: Coming },
): Promise<string> {
  const { port } = new URL(api.url);
  const socket = createConnection(Number(port), '127.0.0.1').pause();
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let failure: unknown;
  socket.on('error', (error) => {
    failure = error;
  });
  const isChunked = coming === 'in chunks';
  const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${mebibytes * MIB}`;
  socket.write(
    [
      ...head.slice(0, 1).map((method) => `${method} ${path} HTTP/1.1`),
      'Host: x',
      length,
      ...head.slice(1),
      '',
      '',
    ].join('\r\n'),
  );
  for (let sent = 0; sent < mebibytes && !socket.destroyed; sent += 1) {
    if (isChunked) socket.write(`${MIB.toString(16)}\r\n`);
    await flushed(socket, PIECE);
    if (isChunked) socket.write('\r\n');
  }
  if (isChunked) socket.write('0\r\n\r\n');
  let answer = '';
  socket.on('data', (data) => {
    answer += String(data);
  });
  socket.resume();
  await ended;
  expect(failure).toBeUndefined();
  return answer;
}

/** Resolves when it is with the system, or the connection has ended. */
function flushed(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()));
}

const WAYS: Coming[] = ['with its length', 'in chunks'];

describe.each(WAYS)('a body that is too large and comes %s', (coming) => {
  test('as an operation, is refused and its connection closed', async () => {
    const head = ['POST', 'Content-Type: application/json', `Authorization: Bearer ${key}`];
    const answer = await send('/graphql', head, { mebibytes: 20, coming });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(answer).toContain('"code":"REQUEST_ENTITY_TOO_LARGE"');
  });

  test('of nobody, is refused and its connection closed', async () => {
    const head = ['POST', 'Content-Type: application/json'];
    const answer = await send('/graphql', head, { mebibytes: 20, coming });
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(answer).toContain('"code":"UNAUTHENTICATED"');
  });

  test('as an upload, is refused and its connection closed', { timeout: 120_000 }, async () => {
    const { upload } = succeeded((await api.administrator.request(CreateRateUploadDocument)).result);
    const path = new URL(upload.url).pathname;
    const answer = await send(path, ['PUT'], { mebibytes: 130, coming });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(answer).toContain('"code":"FILE_TOO_LARGE"');
    const [{ count } = { count: -1 }] = await api.db.database.sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM file_chunks`;
    expect(count).toBe(0);
  });

  test('over a link that nobody made, is refused and its connection closed', async () => {
    const answer = await send('/files/nothing', ['PUT'], { mebibytes: 20, coming });
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  });
});
