import { LRUCache } from 'lru-cache';
import { type ApiKey, digestOf, findApiKey } from './api-keys.ts';
import type { Sql } from './database.ts';

/** How long a key that was found good is believed without another look, unless an event says otherwise first. */
const BELIEVED_MS = 2_000;

/** Finds who a key belongs to, at the cost of a hash while the key is in use. Keeps digests, never keys. */
export class ApiKeyAuthenticator {
  readonly #sql: Sql;
  readonly #known = new LRUCache<string, Promise<ApiKey | undefined>>({ max: 10_000, ttl: BELIEVED_MS });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @param header the value of an Authorization header, or of `authorization` in connection_init */
  async authenticate(header: string | undefined): Promise<ApiKey | undefined> {
    const secret = /^Bearer (clk_[\w-]{43})$/.exec(header ?? '')?.[1];
    if (secret === undefined) return undefined;
    const digest = digestOf(secret).toString('base64');
    const known = this.#known.get(digest);
    if (known) return known;
    const found = findApiKey(this.#sql, secret);
    this.#known.set(digest, found);
    found.then(
      (apiKey) => apiKey ?? this.#known.delete(digest),
      () => this.#known.delete(digest),
    );
    return found;
  }

  /** Forgets all that is believed: some key has changed. */
  forget(): void {
    this.#known.clear();
  }
}
