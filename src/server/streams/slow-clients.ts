import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Limits on unsent data per client. Unread events have their own limit (realtime/event-stream.ts). */
export interface SlowClientLimits {
  /** How long a client may accept nothing of what was sent. */
  readonly slowClientSeconds: number;
  /** Bytes written to a client that it has not yet accepted. */
  readonly maxUnsentBytes: number;
}

/**
 * Calls `cut` once when a client does not read: after it has accepted nothing for some seconds while data waits, or when
 * too much data waits. A subscription sends one message at a time, so only responses to a client's own requests, such as
 * pongs, can pile up: the function returned checks for that and is called for each request.
 */
export function cutWhenSlow(
  output: ServerResponse | Socket,
  { slowClientSeconds, maxUnsentBytes }: SlowClientLimits,
  cut: (unsentBytes: number) => void,
): () => void {
  let isCut = false;
  const cutBeyond = (bytes: number) => {
    if (isCut || output.writableLength <= bytes) return;
    isCut = true;
    cut(output.writableLength);
  };
  // Before it emits `timeout`, Node checks whether a pending write has made progress.
  output.setTimeout(slowClientSeconds * 1_000);
  output.on('timeout', () => cutBeyond(0));
  return () => cutBeyond(maxUnsentBytes);
}
