import type { IncomingMessage } from 'node:http';

/** An operation's body is small: a client that takes longer is holding the connection on purpose. */
const BODY_LIMIT_MS = 20_000;

/**
 * Reads a body, of a declared length or chunked. A client that does not send it in time is disconnected.
 *
 * @returns undefined when there are more than `maxBytes`; the rest is then still unread.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const timer = setTimeout(() => request.destroy(), BODY_LIMIT_MS);
  return collect(request, maxBytes).finally(() => clearTimeout(timer));
}

function collect(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      request.off('data', take).pause();
      resolve(undefined);
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', reject);
  });
}
