import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  errorExtensions,
  headersOf,
  REQUEST_ERRORS,
  type RequestErrorCode,
} from '../../graphql/core/error-codes.ts';
import { accepted } from './media-types.ts';

const MAX_UNREAD_BYTES = 65_536;
/** How long the rest of a body is read after its response was sent, as in nginx (`lingering_time`). */
const LINGER_MS = 30_000;

/** A refusal of a request before any operation runs. */
export interface Refusal {
  code: RequestErrorCode;
  message: string;
  headers?: Record<string, string>;
}

/** Responds in GraphQL's format, so that clients find the error where they look for errors. */
export function refuse(response: ServerResponse, { message, headers, code }: Refusal): void {
  const { http: _status, ...extensions } = errorExtensions(code);
  const { result: type = 'application/json' } = accepted(response.req.headers.accept);
  const body = JSON.stringify({ errors: [{ message, extensions }] });
  answer(response, REQUEST_ERRORS[code].status, body, type, { ...headersOf(code), ...headers });
}

export function answerText(response: ServerResponse, status: number, text: string): void {
  answer(response, status, `${text}\n`, 'text/plain');
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, JSON.stringify(body), 'application/json');
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  type: string,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    // Part of a response was already sent: only a broken connection shows that it is incomplete.
    response.destroy();
    return;
  }
  const isEarly = hasMuchToSend(response.req);
  if (isEarly) response.setHeader('Connection', 'close');
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  if (isEarly) endBehindBody(response, body);
  else response.end(body);
}

/** Node discards the rest of a body to reuse the connection, which does not pay for a long one. */
function hasMuchToSend({ headers, complete }: IncomingMessage): boolean {
  if (complete) return false;
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_UNREAD_BYTES
  );
}

/**
 * Sends a response while the client is still sending, and closes the connection when the client has finished. Closing a
 * connection with unread bytes resets it, and the client never sees the response (RFC 9112, 9.6).
 */
function endBehindBody(response: ServerResponse, body: string): void {
  const { req: request } = response;
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER_MS).unref();
  request.once('end', end).once('close', end).resume();
}
