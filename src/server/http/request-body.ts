import type { IncomingMessage } from 'node:http';

/** An operation's body is small: a client that takes longer is holding the connection on purpose. */
const BODY_LIMIT_MS = 20_000;

/**
 * Reads a body, of a declared length or chunked. A client that does not send it in time is disconnected.
 *
 * @returns undefined when there are more than `maxBytes`; the rest is then still unread.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length']) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => request.destroy(), BODY_LIMIT_MS);
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > maxBytes) finish(undefined);
    };
    const finish = (body: Buffer | undefined) => {
      clearTimeout(timer);
      if (body === undefined) request.off('data', take).pause();
      resolve(body);
    };
    request.on('data', take);
    request.once('end', () => finish(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
