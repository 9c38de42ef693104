import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { v5 as uuidV5 } from 'uuid';
import { z } from 'zod';
import { CREDENTIAL_ROLES, type CredentialRole } from '../../domain/access/role.ts';
import { fromGlobalId } from '../../graphql/core/global-id.ts';
import { digestOf } from '../../store/access/api-keys.ts';
import type { Sql } from '../../store/postgres/database.ts';
import type { Settings } from '../settings/settings.ts';
import type { Principal } from './request-context.ts';

/** Asymmetric signatures only: a key that verifies tokens must not be able to sign them. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const BELIEVED_MS = 2_000;
const FETCH_LIMIT_MS = 5_000;
/** How long fetched keys are cached, and so how long a withdrawn key is still accepted. */
const KEYS_KEPT_MS = 600_000;
/** Minimum interval between fetches, whatever keys tokens name. */
const FETCH_EVERY_MS = 30_000;
/** Minimum interval between attempts while the provider does not respond. */
const ASK_AGAIN_MS = 1_000;
const CLOCK_TOLERANCE_SECONDS = 5;

export type IdentityProviderSettings = NonNullable<Settings['identityProvider']>;

/**
 * Authenticates people by a JWT of the operator's identity provider (RFC 7519, OpenID Connect): issued by it, for us,
 * and signed with one of its published keys. The keys are fetched on first use, cached for ten minutes, and fetched again
 * when a token names an unknown key, at most twice a minute: anybody can make up key names.
 */
export class IdentityProvider {
  readonly #settings: IdentityProviderSettings;
  readonly #sql: Sql;
  readonly #known = new LRUCache<string, Promise<Principal | undefined>>({ max: 10_000, ttl: BELIEVED_MS });
  readonly #backoff = new RetryBackoff(ASK_AGAIN_MS);
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(settings: IdentityProviderSettings, sql: Sql) {
    this.#settings = settings;
    this.#sql = sql;
  }

  /**
   * @param token a JWT
   * @returns undefined when the token is not valid
   * @throws Error when it can't be checked because the provider or the database is unavailable
   */
  async authenticate(token: string): Promise<Principal | undefined> {
    const digest = digestOf(token).toString('base64');
    const known = this.#known.get(digest);
    if (known) return known;
    const found = this.#check(token);
    this.#known.set(digest, found);
    found.catch(() => this.#known.delete(digest));
    return found;
  }

  async #check(token: string): Promise<Principal | undefined> {
    const claims = await this.#verify(token);
    const role = claims && roleIn(claimAt(claims, this.#settings.roleClaim));
    if (!claims?.sub || !role) return undefined;
    const partnerId = role === 'PARTNER' ? await this.#partnerIn(claims) : null;
    if (partnerId === undefined) return undefined;
    const personId = uuidV5(`${claims.iss} ${claims.sub}`, uuidV5.URL);
    return {
      actorId: personId,
      lineageId: personId,
      familyId: personId,
      apiKeyId: null,
      keyPrefix: null,
      role,
      scopes: null,
      networks: null,
      expiresAt: null,
      sessionEndsAt: new Date((claims.exp ?? 0) * 1_000),
      partnerId,
      cardId: null,
      name: nameIn(claims),
    };
  }

  async #verify(token: string): Promise<JWTPayload | undefined> {
    const { issuer, audience } = this.#settings;
    try {
      const { payload } = await jwtVerify(token, await this.#publishedKeys(), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (isAway(error)) throw error;
      return undefined;
    }
  }

  #publishedKeys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#findKeys().catch((error) => {
      this.#keys = undefined;
      throw error;
    });
    return this.#keys;
  }

  async #findKeys(): Promise<JWTVerifyGetKey> {
    const { issuer, jwksUrl } = this.#settings;
    const url = jwksUrl ?? (await this.#backoff.of(() => discoverKeys(issuer)));
    return createRemoteJWKSet(new URL(url), {
      timeoutDuration: FETCH_LIMIT_MS,
      cacheMaxAge: KEYS_KEPT_MS,
      cooldownDuration: FETCH_EVERY_MS,
      [customFetch]: (keysUrl, options) => this.#backoff.of(() => answerOf(keysUrl, options)),
    });
  }

  /** The partner of a PARTNER, by its global id or UUID; undefined when there is no such partner. */
  async #partnerIn(claims: JWTPayload): Promise<string | undefined> {
    const claim = claimAt(claims, this.#settings.partnerClaim);
    const id = partnerId(claim);
    if (id === undefined) return undefined;
    const [partner] = await this.#sql<{ id: string }[]>`SELECT id FROM partners WHERE id = ${id}`;
    return partner?.id;
  }
}

/** Pauses after a failed call: until the pause ends, further calls fail with the same error. */
class RetryBackoff {
  readonly #pauseMs: number;
  #failure: unknown;
  #until = 0;

  constructor(pauseMs: number) {
    this.#pauseMs = pauseMs;
  }

  async of<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (Date.now() < this.#until) throw this.#failure;
    try {
      return await ask();
    } catch (error) {
      this.#failure = error;
      this.#until = Date.now() + this.#pauseMs;
      throw error;
    }
  }
}

/** @throws Error when the provider does not respond, or with an error status. */
async function answerOf(url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`The identity provider answers ${answer.status} at ${url}.`);
  return answer;
}

/** jose's codes for a published key set that could not be fetched or is not valid. */
const NO_KEYS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

/** Whether the error is not the token's fault. */
function isAway(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || NO_KEYS.includes(error.code);
}

const Discovery = z.object({ jwks_uri: z.url() });

/** OpenID Connect Discovery 1.0, section 4. @throws Error when the provider does not respond as that specifies. */
async function discoverKeys(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await answerOf(url, { signal: AbortSignal.timeout(FETCH_LIMIT_MS), redirect: 'error' });
  return Discovery.parse(await answer.json()).jwks_uri;
}

/** The claim of that name, or else the value at a path such as `realm_access.roles`. */
function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** The first of our roles, in the order of their rights, that the claim names, ignoring case. */
function roleIn(claim: unknown): CredentialRole | undefined {
  const named = [claim].flat().filter((name) => typeof name === 'string');
  const names = new Set(named.map((name) => name.toUpperCase()));
  return CREDENTIAL_ROLES.find((role) => names.has(role));
}

function partnerId(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  if (z.uuid().safeParse(claim).success) return claim;
  try {
    return fromGlobalId('Partner', claim);
  } catch {
    return undefined;
  }
}

function nameIn({ name, email, sub }: JWTPayload): string {
  const known = [name, email, sub].find((text) => typeof text === 'string' && text !== '');
  return String(known).slice(0, 200);
}
