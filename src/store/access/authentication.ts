import { LRUCache } from 'lru-cache';
import { BatchReader } from '../batching/batch-reader.ts';
import type { Sql } from '../postgres/database.ts';
import { ApiKeyUses } from './api-key-uses.ts';
import { type ApiKey, digestOf, type FoundApiKey, findApiKeys } from './api-keys.ts';
import { networkList } from './ip-networks.ts';

/** How long a verified key is cached, unless an event invalidates it first. */
const CACHED_MS = 2_000;

/**
 * Finds the API key for a secret; while the key is in use this costs one hash. Concurrent lookups share one query: ten
 * thousand screens with a key each are a few queries. Stores digests, never secrets.
 */
export class ApiKeyAuthenticator {
  readonly #lookups: BatchReader<FoundApiKey>;
  readonly #uses: ApiKeyUses;
  readonly #known = new LRUCache<string, Promise<ApiKey | undefined>>({ max: 10_000, ttl: CACHED_MS });

  constructor(sql: Sql) {
    this.#lookups = new BatchReader((digests) => findApiKeys(sql, digests));
    this.#uses = new ApiKeyUses(sql);
  }

  /**
   * @param secret what follows `Bearer `
   * @param address the client's IP address: a key may be restricted to some networks
   */
  async authenticate(secret: string, address: string): Promise<ApiKey | undefined> {
    if (!/^clk_[\w-]{43}$/.test(secret)) return undefined;
    const digest = digestOf(secret).toString('hex');
    const cacheKey = `${digest} ${address}`;
    const known = this.#known.get(cacheKey);
    if (known) return unlessExpired(await known);
    const found = this.#find(digest, address);
    this.#known.set(cacheKey, found);
    found.then(
      (apiKey) => apiKey ?? this.#known.delete(cacheKey),
      () => this.#known.delete(cacheKey),
    );
    return found;
  }

  /** Clears the cache: some key has changed. */
  forget(): void {
    this.#known.clear();
  }

  async #find(digest: string, address: string): Promise<ApiKey | undefined> {
    const apiKey = (await this.#lookups.find(digest))?.apiKey;
    if (!apiKey) return undefined;
    if (apiKey.networks && !networkList(apiKey.networks)(address)) return undefined;
    await this.#uses.note(apiKey, address);
    return apiKey;
  }
}

/** A cached key must not outlive its expiry. */
function unlessExpired(apiKey: ApiKey | undefined): ApiKey | undefined {
  const isOver = apiKey?.expiresAt != null && apiKey.expiresAt.getTime() <= Date.now();
  return isOver ? undefined : apiKey;
}
