import type { ApiKey } from './api-keys.ts';
import type { Sql } from './database.ts';
import { networkOf } from './networks.ts';
import { raiseAlerts } from './security-alerts.ts';

/** Networks remembered of one key; beyond them the one that was longest not seen is forgotten. */
const NETWORKS_KEPT = 100;
/** How old the note of the last use may be. */
const NOTED_EVERY_SECONDS = 60;
/** The same key from the same new network is told once in a day. */
const ALERT_WINDOW_SECONDS = 86_400;

type Used = Pick<ApiKey, 'id' | 'name' | 'prefix' | 'partnerId'>;

/** Notes that a key was used from an address: at most once a minute for each network. A new network raises an alert. */
export async function noteUse(sql: Sql, key: Used, address: string): Promise<void> {
  const network = networkOf(address);
  const [noted] = await sql`
    SELECT 1 FROM api_key_uses
    WHERE api_key_id = ${key.id} AND network = ${network}
      AND last_used_at > now() - ${NOTED_EVERY_SECONDS} * interval '1 second'`;
  if (noted) return;
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
