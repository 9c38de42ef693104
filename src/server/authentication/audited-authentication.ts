import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import type { Viewer } from '../../graphql/core/context.ts';
import type { AuditLog } from '../../store/audit/audit-log.ts';
import { bearerToken } from './bearer-token.ts';
import type { Authenticate, Credential } from './request-context.ts';

/** The same failure from the same place is one entry a minute: nobody fills the trail by knocking. */
const FAILURE_EVERY_MS = 60_000;
/** Entries of failures of one instance a minute at most, from wherever: more addresses than this are an attack. */
const FAILURES_REMEMBERED = 1_000;
/** Tokens that were seen; what is older than the longest session is told again. */
const SIGN_INS = { max: 10_000, ttl: 24 * 3_600_000 };

interface Options {
  readonly audit: AuditLog;
  readonly logger: Logger;
}

/**
 * Notes in the audit trail who failed to show who they are, and when a person first comes with a token of the identity
 * provider. The answer waits for neither: a refusal changes nothing, and what a person then does has its own entries.
 */
export function auditedAuthentication(authenticate: Authenticate, { audit, logger }: Options): Authenticate {
  const failures = new FailureGate();
  const signedIn = new LRUCache<string, true>(SIGN_INS);
  const append = (entry: Parameters<typeof plainEntry>[0]) =>
    void audit
      .append(plainEntry(entry))
      .catch((error) => logger.error({ err: error }, 'Could not write to the audit trail'));

  return async (credential) => {
    const viewer = await authenticate(credential);
    const { address } = credential;
    if (!viewer) {
      const keyPrefix = prefixIn(credential);
      if (credential.header !== undefined && failures.lets(`${address} ${keyPrefix}`))
        append({ operation: 'authenticate', address, keyPrefix, outcome: 'UNAUTHENTICATED' });
      return undefined;
    }
    if (isPerson(viewer)) {
      const { actorId, role } = viewer;
      const token = createHash('sha256')
        .update(credential.header ?? '')
        .digest('base64');
      if (!signedIn.has(token)) append({ operation: 'signIn', address, actorId, role });
      signedIn.set(token, true);
    }
    return viewer;
  };
}

/** Somebody whom the identity provider vouches for. A cardholder's sign-in is `authenticateCard`. */
function isPerson({ apiKeyId, cardId }: Viewer): boolean {
  return apiKeyId === null && cardId === null;
}

/** The first characters of what looks like a key: as many as a key's own prefix has. */
function prefixIn({ header }: Credential): string | null {
  return /^clk_[\w-]{8}/.exec(bearerToken(header) ?? '')?.[0] ?? null;
}

/** Lets each failure by once a minute, and of all no more than the trail is to hold. */
class FailureGate {
  readonly #noted = new Set<string>();
  #since = 0;

  lets(failure: string): boolean {
    const now = performance.now();
    if (now - this.#since > FAILURE_EVERY_MS) {
      this.#noted.clear();
      this.#since = now;
    }
    if (this.#noted.has(failure) || this.#noted.size >= FAILURES_REMEMBERED) return false;
    this.#noted.add(failure);
    return true;
  }
}
