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

/** Told of each client that is cut off. */
export type TellSlow = (unsentBytes: number) => void;

/**
 * Closes a WebSocket whose client does not read. An operation has one message on its way and waits with the next, so
 * only what a client asks for without taking the answers, such as pongs, can pile up: it is weighed as it asks.
 */
export function closeWhenSlow(opened: WebSocket, raw: Socket, patience: Patience, tell: TellSlow): void {
  const close = () => {
    if (opened.readyState !== opened.OPEN) return;
    tell(opened.bufferedAmount);
    opened.close(TOO_SLOW, 'Too slow: connect again and go on after your last cursor');
  };
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

/**
 * Cuts a stream of events over HTTP whose client does not read: there is no code to close it with. One chunk of it is
 * on its way at a time, so nothing is written while none is taken. (The timeout of the socket, which Yoga takes off
 * when it begins to send, can't tell.)
 */
export function cutWhenSlow(response: ServerResponse, patience: Patience, tell: TellSlow): void {
  let written: number | undefined;
  const look = () => {
    if (!isStream(response) || response.writableLength === 0) return;
    const before = written;
    written = response.socket?.bytesWritten;
    if (written !== before) return;
    tell(response.writableLength);
    response.destroy();
  };
  const timer = setInterval(look, patience.slowClientSeconds * 1_000).unref();
  response.once('close', () => clearInterval(timer));
}

/** Whether an answer that is under way is a subscription's. */
export function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

/** Breaks a stream off behind what was written to it: it is not complete, and its client comes back for the rest. */
export function endStream(response: ServerResponse): void {
  response.socket?.destroySoon();
}
