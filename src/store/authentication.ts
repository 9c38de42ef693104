import { LRUCache } from 'lru-cache';
import { noteUse } from './api-key-uses.ts';
import { type ApiKey, digestOf, findApiKey } from './api-keys.ts';
import type { Sql } from './database.ts';
import { networkList } from './networks.ts';

/** How long a key that was found good is believed without another look, unless an event says otherwise first. */
const BELIEVED_MS = 2_000;

/** Finds who a key belongs to, at the cost of a hash while the key is in use. Keeps digests, never keys. */
export class ApiKeyAuthenticator {
  readonly #sql: Sql;
  readonly #known = new LRUCache<string, Promise<ApiKey | undefined>>({ max: 10_000, ttl: BELIEVED_MS });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * @param secret what follows `Bearer `
   * @param address the IP address it came from: a key may be good in some networks only
   */
  async authenticate(secret: string, address: string): Promise<ApiKey | undefined> {
    if (!/^clk_[\w-]{43}$/.test(secret)) return undefined;
    const believed = `${digestOf(secret).toString('base64')} ${address}`;
    const known = this.#known.get(believed);
    if (known) return unlessOver(await known);
    const found = this.#find(secret, address);
    this.#known.set(believed, found);
    found.then(
      (apiKey) => apiKey ?? this.#known.delete(believed),
      () => this.#known.delete(believed),
    );
    return found;
  }

  /** Forgets all that is believed: some key has changed. */
  forget(): void {
    this.#known.clear();
  }

  async #find(secret: string, address: string): Promise<ApiKey | undefined> {
    const apiKey = await findApiKey(this.#sql, secret);
    if (!apiKey) return undefined;
    if (apiKey.networks && !networkList(apiKey.networks)(address)) return undefined;
    await noteUse(this.#sql, apiKey, address);
    return apiKey;
  }
}

/** What is believed for a while is not believed beyond its end. */
function unlessOver(apiKey: ApiKey | undefined): ApiKey | undefined {
  const isOver = apiKey?.expiresAt != null && apiKey.expiresAt.getTime() <= Date.now();
  return isOver ? undefined : apiKey;
}
