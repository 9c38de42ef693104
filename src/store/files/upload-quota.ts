import { UploadQuotaExceeded } from '../../domain/rejections/files.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { createFileLink, type FileLink, type NewFileLink } from './file-links.ts';

/**
 * How much may be pending at once: links that can still be used or whose file is stored, and the bytes of those files.
 */
export interface UploadQuota {
  readonly links: { readonly perOwner: number; readonly inAll: number };
  readonly bytes: { readonly perOwner: number; readonly inAll: number };
}

/** An arbitrary constant; the lock ensures that of two concurrent requests for the last slot one succeeds. */
const QUOTA_LOCK = 4_220_761_311;

interface PendingUploads {
  readonly links: number;
  readonly linksInAll: number;
  readonly bytes: number;
  readonly bytesInAll: number;
}

/**
 * Creates an upload link, unless too much is pending already, either for the actor or in total.
 *
 * @throws UploadQuotaExceeded
 */
export async function createUploadLink(
  sql: Sql,
  quota: UploadQuota,
  link: NewFileLink & { readonly purpose: 'UPLOAD_RATES' | 'UPLOAD_CARDS' },
): Promise<{ link: FileLink; secret: string }> {
  return sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${QUOTA_LOCK})`;
    const pending = await pendingUploads(tx, link.maker.actorId);
    refuse('links', pending.links + 1, quota.links.perOwner, 'yours');
    refuse('links', pending.linksInAll + 1, quota.links.inAll, 'all');
    refuseBytes(pending, quota);
    return createFileLink(tx, link);
  });
}

/**
 * Checked before each block of a file is stored, so that concurrent uploads exceed the quota by at most one block each.
 *
 * @throws UploadQuotaExceeded
 */
export async function refuseOverQuota(sql: Sql, quota: UploadQuota, actorId: string): Promise<void> {
  refuseBytes(await pendingUploads(sql, actorId), quota);
}

function refuseBytes({ bytes, bytesInAll }: PendingUploads, quota: UploadQuota): void {
  refuse('bytes', bytes, quota.bytes.perOwner, 'yours');
  refuse('bytes', bytesInAll, quota.bytes.inAll, 'all');
}

function refuse(unit: 'links' | 'bytes', pending: number, limit: number, whose: 'yours' | 'all'): void {
  if (unit === 'links' ? pending > limit : pending >= limit)
    throw new UploadQuotaExceeded({ unit, limit, whose });
}

/** The length of a block is read without reading its content. */
async function pendingUploads(sql: Sql | Transaction, actorId: string): Promise<PendingUploads> {
  const [row] = await sql<Record<keyof PendingUploads, string>[]>`
    WITH waiting AS (
      SELECT actor_id = ${actorId} AS mine,
        (SELECT sum(length(content)) FROM file_chunks WHERE link_id = l.id) AS bytes
      FROM file_links l
      WHERE purpose IN ('UPLOAD_RATES', 'UPLOAD_CARDS')
        AND (used_at IS NULL AND expires_at > now() OR EXISTS (SELECT 1 FROM file_chunks WHERE link_id = l.id))
    )
    SELECT count(*) FILTER (WHERE mine) AS links, count(*) AS "linksInAll",
      coalesce(sum(bytes) FILTER (WHERE mine), 0) AS bytes, coalesce(sum(bytes), 0) AS "bytesInAll"
    FROM waiting`;
  if (!row) throw new Error('The query for the counts returned no row.');
  return {
    links: Number(row.links),
    linksInAll: Number(row.linksInAll),
    bytes: Number(row.bytes),
    bytesInAll: Number(row.bytesInAll),
  };
}
