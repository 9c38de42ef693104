import type { Sql } from '../postgres/database.ts';

/** Selects entries. A field that is left out or null does not filter. */
export interface AuditFilter {
  readonly actorId?: string | null;
  readonly operation?: string | null;
  readonly objectId?: string | null;
  readonly outcome?: string | null;
  readonly address?: string | null;
  readonly from?: Date | null;
  /** Exclusive. */
  readonly to?: Date | null;
}

/** An entry as read and exported. */
interface StoredAuditEntry {
  readonly position: bigint;
  readonly at: Date;
  readonly actorId: string | null;
  readonly role: string | null;
  readonly keyPrefix: string | null;
  readonly operation: string;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly outcome: string;
}

/** A page of the trail, oldest first. */
export async function readAuditPage(
  sql: Sql,
  filter: AuditFilter,
  { after, limit }: { after: bigint; limit: number },
): Promise<StoredAuditEntry[]> {
  const { actorId, operation, objectId, outcome, address, from, to } = filter;
  return sql<StoredAuditEntry[]>`
    SELECT position, at, actor_id AS "actorId", role, key_prefix AS "keyPrefix", operation, address,
      request_id AS "requestId", object_type AS "objectType", object_id AS "objectId", outcome
    FROM audit_entries
    WHERE position > ${`${after}`}::text::bigint
      ${actorId ? sql`AND actor_id = ${actorId}` : sql``}
      ${operation ? sql`AND operation = ${operation}` : sql``}
      ${objectId ? sql`AND object_id = ${objectId}` : sql``}
      ${outcome ? sql`AND outcome = ${outcome}` : sql``}
      ${address ? sql`AND address = ${address}` : sql``}
      ${from ? sql`AND at >= ${from}` : sql``}
      ${to ? sql`AND at < ${to}` : sql``}
    ORDER BY position LIMIT ${limit}`;
}
