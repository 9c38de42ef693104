import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import type { Viewer } from '../../graphql/core/context.ts';
import type { AuditLog } from '../../store/audit/audit-log.ts';
import { bearerToken } from './bearer-token.ts';
import type { Authenticate, Credential } from './request-context.ts';

/** Repeated failures from one address make one entry a minute, so that nobody can flood the audit trail. */
const FAILURE_EVERY_MS = 60_000;
/** Failure entries per instance and minute, from all addresses: more addresses than this are an attack. */
const FAILURES_REMEMBERED = 1_000;
/** Tokens already recorded; one last seen before the longest session is recorded again. */
const SIGN_INS = { max: 10_000, ttl: 24 * 3_600_000 };

interface Options {
  readonly audit: AuditLog;
  readonly logger: Logger;
}

/**
 * Records failed authentications in the audit trail, and the first use of each token of the identity provider. The
 * response waits for neither: a refusal changes nothing, and what a person then does has its own entries.
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

/** A person authenticated by the identity provider. A cardholder's sign-in is `authenticateCard`. */
function isPerson({ apiKeyId, cardId }: Viewer): boolean {
  return apiKeyId === null && cardId === null;
}

/** The first characters of what looks like a key: as many as a key's prefix has. */
function prefixIn({ header }: Credential): string | null {
  return /^clk_[\w-]{8}/.exec(bearerToken(header) ?? '')?.[0] ?? null;
}

/** Passes each failure once a minute, up to the limit for all failures. */
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
