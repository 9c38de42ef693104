import { FileLinkEnded } from '../../domain/rejections/files.ts';
import { networkList } from '../access/ip-networks.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** Whoever made a link, as far as it decides whether the link is still good. */
export interface LinkMaker {
  /** An API key, a person at the identity provider, or the command line. */
  readonly actorId: string;
  readonly partnerId: string | null;
  /** The partners whose things it could reach; null: everybody's. */
  readonly reach: readonly string[] | null;
}

/**
 * A link is good for as long as whoever made it could make it again: its key is alive and used from its own IP networks,
 * its partner is not suspended, and all whose things it could reach are still below it. That a person's token ends is in
 * the link's own end.
 *
 * @param address where the link is used from; null: on this machine
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
