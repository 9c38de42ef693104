import type { Logger } from 'pino';
import type { Authenticate } from './caller.ts';

const INTERVAL_MS = 5_000;

/** Ends connections whose credential has ended. */
export interface CredentialWatch {
  /** @returns how to stop watching, for when the connection ends by itself. */
  watch(header: string | undefined, end: () => void): () => void;
  stop(): void;
}

/**
 * Checks the credentials of open connections again and again. Each is checked once however many connections it has
 * open, so that the cost grows with the keys and not with the sockets.
 */
export function watchCredentials(
  authenticate: Authenticate,
  logger: Logger,
  intervalMs = INTERVAL_MS,
): CredentialWatch {
  const connections = new Map<string | undefined, Set<() => void>>();

  const check = async (header: string | undefined, ends: Set<() => void>) => {
    if (await authenticate(header)) return;
    for (const end of ends) end();
  };

  const round = async () => {
    for (const [header, ends] of connections) {
      // When it can't be checked now, the next round will tell: nobody is thrown out for the database's sake.
      await check(header, ends).catch((error) => logger.warn({ err: error }, 'Could not check a credential'));
    }
  };

  let timer = setTimeout(async function tick() {
    await round();
    if (!stopped) timer = setTimeout(tick, intervalMs).unref();
  }, intervalMs).unref();
  let stopped = false;

  return {
    watch: (header, end) => {
      const ends = connections.get(header) ?? new Set();
      connections.set(header, ends.add(end));
      return () => {
        ends.delete(end);
        if (ends.size === 0 && connections.get(header) === ends) connections.delete(header);
      };
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
