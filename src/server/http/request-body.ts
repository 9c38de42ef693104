import type { IncomingMessage } from 'node:http';

/** An operation's body is small: a client that takes longer is holding the connection on purpose. */
const BODY_LIMIT_MS = 20_000;

interface BodyLimits {
  readonly maxBytes: number;
  /** Bodies of so many bytes wait for their turn, whether their length is declared or not. */
  readonly largeBytes: number;
  /** Resolves when a large body may be read; false: it may not. */
  largeTurn(): Promise<boolean>;
}

/**
 * Reads a body, of a declared length or chunked. A client that does not send it in time is disconnected.
 *
 * @returns why not, if it is not read; the rest is then still unread.
 */
export async function readBody(
  request: IncomingMessage,
  { maxBytes, largeBytes, largeTurn }: BodyLimits,
): Promise<Buffer | 'TOO_LARGE' | 'TOO_MANY'> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) return 'TOO_LARGE';
  const reader = new BodyReader(request);
  if (declared < largeBytes && (await reader.read(largeBytes))) return reader.body;
  if (!(await largeTurn())) return 'TOO_MANY';
  return (await reader.read(maxBytes)) ? reader.body : 'TOO_LARGE';
}

class BodyReader {
  readonly #request: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get body(): Buffer {
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
  }

  /** Reads on until the end, or until there are more bytes than these. @returns whether it came to the end */
  read(most: number): Promise<boolean> {
    const request = this.#request;
    // The client went away while the body waited: no event would come.
    if (request.destroyed) return Promise.reject(new Error('The request ended before its body was read.'));
    const timer = setTimeout(() => request.destroy(), BODY_LIMIT_MS);
    return new Promise<boolean>((resolve, reject) => {
      const settle = (isWhole: boolean) => {
        clearTimeout(timer);
        resolve(isWhole);
      };
      const take = (chunk: Buffer) => {
        this.#size += chunk.length;
        this.#chunks.push(chunk);
        if (this.#size <= most) return;
        request.off('data', take).off('end', end).off('error', fail).pause();
        settle(false);
      };
      const end = () => settle(true);
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      request.on('data', take).once('end', end).once('error', fail).resume();
    });
  }
}
