import { type IncomingMessage, request } from 'node:http';

export interface StreamRequest {
  readonly url: string;
  readonly authorization: string;
  /** Undefined: no such header, as fetch can't leave it out. */
  readonly accept: string | undefined;
  /** Undefined: all is in the address. */
  readonly body?: unknown;
}

export interface StreamAnswer {
  readonly response: IncomingMessage;
  /** The first of what was sent, which may be all of it. */
  readonly text: string;
  /** Resolves when the server, or `cut`, has ended it. */
  readonly closed: Promise<void>;
  cut(): void;
}

/**
 * Asks on a connection of its own and resolves with the answer's first bytes; no more is read until `response.resume`.
 */
export function askForStream({ url, authorization, accept, body }: StreamRequest): Promise<StreamAnswer> {
  const headers = {
    authorization,
    ...(accept !== undefined && { accept }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    const asking = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false });
    asking.on('error', reject);
    asking.on('response', (response) => {
      // A stream that is cut says so as an error; 'close' follows.
      response.on('error', () => {});
      const closed = new Promise<void>((done) => response.once('close', done));
      const cut = () => asking.destroy();
      response.once('data', (chunk) => {
        response.pause();
        resolve({ response, text: String(chunk), closed, cut });
      });
    });
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Headers that admit a stream. */
export const STREAM_ACCEPTS: readonly (string | undefined)[] = [
  'text/event-stream',
  'text/*',
  '*/*',
  undefined,
  'application/json, */*',
  'application/json, text/event-stream;q=0.1',
  'multipart/mixed, */*;q=0.5',
  'application/graphql-response+json, application/json;q=0.9, */*;q=0.1',
];
