import type { AuditEntry } from '../../domain/security/audit-entry.ts';
import { BatchWriter } from '../batching/batch-writer.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { TableRows } from '../postgres/table-rows.ts';
import { auditEntries } from '../schema/audit.ts';

/** The most entries that may be waiting. */
const LIMIT = 10_000;

const entryRows: TableRows<AuditEntry> = TableRows.of(auditEntries).omit('position', 'at');

/** Writes the entries that are not part of a command. An operation is answered once its entry is durable. */
export class AuditLog {
  readonly #writes: BatchWriter<AuditEntry, void>;

  constructor(sql: Sql) {
    this.#writes = new BatchWriter(async (entries) => {
      await appendAuditQuery(sql, entries);
      return [];
    }, LIMIT);
  }

  /** @throws Overloaded when too many are waiting: the entry is not written. */
  append(entry: AuditEntry): Promise<void> {
    return this.#writes.add(entry);
  }
}

/**
 * Appends entries, as a query not yet awaited. The head row stays locked until the commit, so that positions have no
 * gaps and are in commit order. In the lock order only the head of the events comes later.
 */
export function appendAuditQuery(tx: Sql | Transaction, entries: readonly AuditEntry[]) {
  return tx`
    WITH head AS (
      UPDATE audit_head SET position = position + ${entries.length}::int WHERE id = 1 RETURNING position
    )
    INSERT INTO audit_entries (${entryRows.names(tx)}, position, at)
    SELECT ${entryRows.values(tx)}, head.position - ${entries.length}::int + n.ordinality, clock_timestamp()
    FROM head, ${entryRows.unnest(tx, entries)} WITH ORDINALITY AS n (${entryRows.names(tx)})`;
}

/** Creates the partitions that the next entries need. Cheap when they exist. */
export async function ensureAuditPartitions(sql: Sql): Promise<void> {
  await sql`SELECT ensure_audit_partitions(1000000)`;
}
