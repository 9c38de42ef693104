import { type AuditEntry, plainEntry } from '../../domain/security/audit-entry.ts';
import { appendAuditQuery } from '../audit/audit-log.ts';
import { exportCards, openBatch } from '../batches/batch-export.ts';
import { takeFileLink } from '../files/file-links.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Sql } from '../postgres/database.ts';
import { exportAudit, type StoredAuditFilter } from './audit-export.ts';
import { exportReport, type StoredReportRequest } from './report-export.ts';

/** A file to be sent. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly lines: AsyncGenerator<string>;
}

/** The client that fetches it. */
type Fetcher = Pick<AuditEntry, 'address' | 'requestId'>;

/**
 * Uses a link up and records who fetched what, in one transaction, before the first line is read.
 *
 * @throws FileLinkUsed, FileLinkExpired, FileLinkEnded, NotFound, BatchNotFinished
 */
export async function openDownload(
  { sql, pinKeys }: { readonly sql: Sql; readonly pinKeys: KeyRing },
  secret: string,
  fetcher: Fetcher,
): Promise<Download> {
  return sql.begin(async (tx) => {
    const link = await takeFileLink(tx, secret, {
      purposes: ['EXPORT_BATCH', 'EXPORT_AUDIT', 'EXPORT_REPORT'],
      address: fetcher.address,
    });
    const { actorId } = link;
    if (link.purpose === 'EXPORT_AUDIT') {
      await appendAuditQuery(tx, [plainEntry({ ...fetcher, actorId, operation: 'downloadAuditLog' })]);
      const lines = exportAudit(sql, link.subject as StoredAuditFilter);
      return { name: 'audit.ndjson', type: 'application/x-ndjson', lines };
    }
    if (link.purpose === 'EXPORT_REPORT') {
      await appendAuditQuery(tx, [plainEntry({ ...fetcher, actorId, operation: 'downloadReport' })]);
      const kept = link.subject as unknown as StoredReportRequest;
      return { name: `${kept.report}.csv`, type: 'text/csv', lines: exportReport(sql, kept) };
    }
    const objectId = String(link.subject.batchId);
    const noted = { ...fetcher, actorId, objectType: 'CardBatch', objectId };
    await appendAuditQuery(tx, [plainEntry({ ...noted, operation: 'downloadCardBatch' })]);
    const batch = await openBatch(tx, link);
    return { name: `batch-${batch.id}.csv`, type: 'text/csv', lines: exportCards(sql, pinKeys, batch) };
  });
}
