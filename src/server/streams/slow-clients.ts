import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What may wait for a client. Events that it has not read are counted where they are (realtime/event-stream.ts). */
export interface Patience {
  /** How long nothing of what was sent is taken. */
  readonly slowClientSeconds: number;
  /** What was written to a client and is not yet taken. */
  readonly maxUnsentBytes: number;
}

/**
 * Tells when a client does not read: once, after it has taken nothing for some seconds of what waits for it, or when too
 * much waits. A subscription has one message on its way and waits with the next, so only what a client asks for
 * without taking the answers, such as pongs, can pile up: that is weighed when it asks, with the function returned.
 */
export function cutWhenSlow(
  output: ServerResponse | Socket,
  { slowClientSeconds, maxUnsentBytes }: Patience,
  cut: (unsentBytes: number) => void,
): () => void {
  let isCut = false;
  const cutBeyond = (bytes: number) => {
    if (isCut || output.writableLength <= bytes) return;
    isCut = true;
    cut(output.writableLength);
  };
  // Node looks whether a write gets on before it says that nothing moves.
  output.setTimeout(slowClientSeconds * 1_000);
  output.on('timeout', () => cutBeyond(0));
  return () => cutBeyond(maxUnsentBytes);
}
