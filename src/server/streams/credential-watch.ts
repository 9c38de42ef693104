import type { Logger } from 'pino';
import type { Authenticate, Credential } from '../authentication/request-context.ts';

/** With the two seconds for which a credential is believed, what has ended is open for less than five. */
const INTERVAL_MS = 2_000;
/** Credentials that are checked at once: those of one kind share a look-up. */
const AT_ONCE = 500;

/** Ends connections whose credential has ended. */
export interface CredentialWatch {
  /** @returns how to stop watching, for when the connection ends by itself. */
  watch(credential: Credential, end: () => void): () => void;
  /** Checks all now: something was revoked. */
  check(): void;
  stop(): void;
}

interface Watched {
  readonly credential: Credential;
  readonly ends: Set<() => void>;
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
  const connections = new Map<string, Watched>();

  const check = async ({ credential, ends }: Watched) => {
    if (await authenticate(credential)) return;
    for (const end of ends) end();
  };

  // When it can't be checked now, the next round will tell: nobody is thrown out for the database's sake.
  const complain = (error: unknown) => logger.warn({ err: error }, 'Could not check a credential');

  const round = async () => {
    const all = [...connections.values()];
    while (all.length > 0) {
      await Promise.all(all.splice(0, AT_ONCE).map((watched) => check(watched).catch(complain)));
    }
  };

  let timer = setTimeout(async function tick() {
    await round();
    if (!stopped) timer = setTimeout(tick, intervalMs).unref();
  }, intervalMs).unref();
  let stopped = false;

  return {
    watch: (credential, end) => {
      const key = `${credential.address} ${credential.header}`;
      const watched = connections.get(key) ?? { credential, ends: new Set() };
      connections.set(key, watched);
      watched.ends.add(end);
      return () => {
        watched.ends.delete(end);
        if (watched.ends.size === 0 && connections.get(key) === watched) connections.delete(key);
      };
    },
    check: () => void round(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
