import { FileLinkEnded } from '../../domain/rejections/files.ts';
import { networkList } from '../access/ip-networks.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** The creator of a link, with what decides whether the link is still valid. */
export interface LinkMaker {
  /** An API key, a person at the identity provider, or the command line. */
  readonly actorId: string;
  readonly partnerId: string | null;
  /** The partners it could access; null: all. */
  readonly reach: readonly string[] | null;
}

/**
 * A link is valid only while its creator could create it again: the API key is active and the link is used from the
 * key's IP networks, its partner is not suspended, and all partners it could access are still below it. The expiry of a
 * person's token is included in the expiry of the link.
 *
 * @param address the address the link is used from; null: this machine
 * @throws FileLinkEnded
 */
export async function refuseEndedMaker(
  sql: Sql | Transaction,
  { actorId, partnerId, reach }: LinkMaker,
  address: string | null,
): Promise<void> {
  const [key] = await sql<{ ended: boolean; networks: string[] | null }[]>`
    SELECT revoked_at IS NOT NULL OR coalesce(expires_at <= now(), false) AS ended, networks
    FROM api_keys WHERE id = ${actorId}`;
  if (key?.ended) throw new FileLinkEnded();
  if (key?.networks && !networkList(key.networks)(address ?? '')) throw new FileLinkEnded();
  if (partnerId === null) return;
  const [above] = await sql`
    WITH RECURSIVE above AS (
      SELECT id, parent_id, suspended_at FROM partners WHERE id = ${partnerId}
      UNION ALL SELECT p.id, p.parent_id, p.suspended_at FROM partners p JOIN above a ON p.id = a.parent_id
    )
    SELECT FROM above WHERE suspended_at IS NOT NULL LIMIT 1`;
  if (above) throw new FileLinkEnded();
  if (reach === null) return;
  const [lost] = await sql`
    WITH RECURSIVE below AS (
      SELECT id FROM partners WHERE id = ${partnerId}
      UNION ALL SELECT p.id FROM partners p JOIN below b ON p.parent_id = b.id
    )
    SELECT FROM unnest(${[...reach]}::uuid[]) AS reached(id)
    WHERE reached.id NOT IN (SELECT id FROM below) LIMIT 1`;
  if (lost) throw new FileLinkEnded();
}
