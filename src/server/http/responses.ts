import type { IncomingMessage, ServerResponse } from 'node:http';
import { negotiate } from './media-types.ts';

const MAX_UNREAD_BYTES = 65_536;

/** Something that ends a request before any operation. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

/** Answers in GraphQL's form, so that every client finds the error where it looks for errors. */
export function refuse(response: ServerResponse, { status, code, message, headers }: Refusal): void {
  const type = negotiate(response.req.headers.accept) ?? 'application/json';
  answer(response, status, JSON.stringify({ errors: [{ message, extensions: { code } }] }), type, headers);
}

export function answerText(response: ServerResponse, status: number, text: string): void {
  answer(response, status, `${text}\n`, 'text/plain');
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  type: string,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    // Half of something went out already: the only honest end is a broken connection.
    response.destroy();
    return;
  }
  if (hasMuchToSend(response.req)) response.setHeader('Connection', 'close');
  response
    .writeHead(status, {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Length': Buffer.byteLength(body),
      ...headers,
    })
    .end(body);
}

/** Node reads the rest of a body away to use the connection again; a long one is not worth it. */
function hasMuchToSend({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_UNREAD_BYTES
  );
}
