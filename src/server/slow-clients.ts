import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** Close code: what was sent to this client is not taken. One of graphql-ws connects again after it. */
const TOO_SLOW = 4413;

/** What may wait for a client. Events that it has not read are counted where they are (realtime/event-stream.ts). */
export interface Patience {
  /** How long nothing of what was sent is taken. */
  readonly slowClientSeconds: number;
  /** What was written to a socket and is not yet taken. */
  readonly maxUnsentBytes: number;
}

/**
 * Closes a WebSocket whose client does not read. An operation has one message on its way and waits with the next, so
 * only what a client asks for without taking the answers, such as pongs, can pile up: it is weighed as it asks.
 */
export function closeWhenSlow(opened: WebSocket, raw: Socket, patience: Patience): void {
  const close = () => opened.close(TOO_SLOW, 'Too slow: connect again and go on after your last cursor');
  const weigh = () => {
    if (opened.bufferedAmount > patience.maxUnsentBytes) close();
  };
  opened.on('message', weigh);
  opened.on('ping', weigh);
  // Node looks whether a write gets on before it says that nothing moves.
  raw.setTimeout(patience.slowClientSeconds * 1_000);
  raw.on('timeout', () => {
    if (raw.writableLength > 0) close();
  });
}

/** The same for an answer over HTTP, which has no code to close with. */
export function cutWhenSlow(response: ServerResponse, { slowClientSeconds }: Patience): void {
  response.setTimeout(slowClientSeconds * 1_000, () => {
    if (response.writableLength > 0) response.destroy();
  });
}
