import type { Sql } from './database.ts';
import { networkOf } from './networks.ts';

/** Networks remembered of one key; beyond them the one that was longest not seen is forgotten. */
const NETWORKS_KEPT = 100;
/** How old the note of the last use may be. */
const NOTED_EVERY_SECONDS = 60;

/** Notes that a key was used from an address: at most once a minute for each network. */
export async function noteUse(sql: Sql, apiKeyId: string, address: string): Promise<void> {
  const network = networkOf(address);
  const [noted] = await sql`
    SELECT 1 FROM api_key_uses
    WHERE api_key_id = ${apiKeyId} AND network = ${network}
      AND last_used_at > now() - ${NOTED_EVERY_SECONDS} * interval '1 second'`;
  if (noted) return;
  await sql`
    INSERT INTO api_key_uses (api_key_id, network, address) VALUES (${apiKeyId}, ${network}, ${address})
    ON CONFLICT (api_key_id, network) DO UPDATE SET last_used_at = now(), address = excluded.address`;
  await sql`
    DELETE FROM api_key_uses WHERE (api_key_id, network) IN (
      SELECT api_key_id, network FROM api_key_uses WHERE api_key_id = ${apiKeyId}
      ORDER BY last_used_at DESC OFFSET ${NETWORKS_KEPT})`;
}
