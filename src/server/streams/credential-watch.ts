import type { Logger } from 'pino';
import type { Authenticate, Credential } from '../authentication/request-context.ts';

/** Credentials are cached for two seconds, so a connection outlives its credential by less than five. */
const INTERVAL_MS = 2_000;
/** Credentials checked at the same time: those of one kind share a query. */
const AT_ONCE = 500;

/** Closes connections whose credential is no longer valid. */
export interface CredentialWatch {
  /** @returns a function that stops watching, for a connection that ends by itself. */
  watch(credential: Credential, end: () => void): () => void;
  /** Checks all credentials now: one was revoked. */
  check(): void;
  stop(): void;
}

interface Watched {
  readonly credential: Credential;
  readonly ends: Set<() => void>;
}

/**
 * Checks the credentials of open connections periodically. Each is checked once however many connections use it, so that
 * the cost grows with the keys and not with the sockets.
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

  // A failed check is repeated in the next round: no client is disconnected because the database is unreachable.
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
