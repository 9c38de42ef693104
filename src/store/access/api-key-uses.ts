import { setTimeout as delay } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Sql } from '../postgres/database.ts';
import { isUnavailable } from '../postgres/database-errors.ts';
import { raiseAlerts } from '../security/security-alerts.ts';
import type { ApiKey } from './api-keys.ts';
import { networkOf } from './ip-networks.ts';

/** Networks remembered per key; beyond this number, the network that was seen least recently is forgotten. */
const NETWORKS_KEPT = 100;
/** The recorded time of last use may be this old. */
const NOTED_EVERY_SECONDS = 60;
/** The same key from the same new network raises at most one alert a day. */
const ALERT_WINDOW_SECONDS = 86_400;
/** A request waits this long for the note. */
const TIMEOUT_MS = 1_000;

type Used = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'partnerId'>;

/**
 * Records that keys were used, and from where: at most once a minute for each network. A new network raises an alert.
 */
export class ApiKeyUses {
  readonly #sql: Sql;
  readonly #noted = new LRUCache<string, true>({ max: 10_000, ttl: NOTED_EVERY_SECONDS * 1_000 });

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async note(key: Used, address: string): Promise<void> {
    const noted = `${key.id} ${networkOf(address)}`;
    if (this.#noted.has(noted)) return;
    this.#noted.set(noted, true);
    const noting = noteUse(this.#sql, key, address).catch((error) => {
      this.#noted.delete(noted);
      // A database that takes no writes for a while still answers queries; the next use is noted.
      if (!isUnavailable(error)) throw error;
    });
    await Promise.race([noting, delay(TIMEOUT_MS, undefined, { ref: false })]);
  }
}

async function noteUse(sql: Sql, key: Used, address: string): Promise<void> {
  const network = networkOf(address);
  const [use] = await sql<{ isNew: boolean; isFirst: boolean }[]>`
    INSERT INTO api_key_uses (api_key_id, network, address) VALUES (${key.id}, ${network}, ${address})
    ON CONFLICT (api_key_id, network) DO UPDATE SET last_used_at = now(), address = excluded.address
    RETURNING first_used_at = last_used_at AS "isNew",
      NOT EXISTS (SELECT FROM api_key_uses WHERE api_key_id = ${key.id}) AS "isFirst"`;
  if (!use?.isNew) return;
  if (!use.isFirst) await alert(sql, key, { address, network });
  await sql`
    DELETE FROM api_key_uses WHERE (api_key_id, network) IN (
      SELECT api_key_id, network FROM api_key_uses WHERE api_key_id = ${key.id}
      ORDER BY last_used_at DESC OFFSET ${NETWORKS_KEPT})`;
}

function alert(sql: Sql, key: Used, { address, network }: { address: string; network: string }) {
  const { id, name, prefix, partnerId } = key;
  return sql.begin((tx) =>
    raiseAlerts(tx, [
      {
        kind: 'NEW_NETWORK',
        subject: `${id} ${network}`,
        windowSeconds: ALERT_WINDOW_SECONDS,
        message: `The key "${name}" (${prefix}…) was used from ${address}, where it has not been used before.`,
        actorId: id,
        ...(partnerId !== null && { partnerId }),
      },
    ]),
  );
}
