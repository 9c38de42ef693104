import { Overloaded } from '../../domain/rejections/recharges.ts';
import type { AuditEntry } from '../../domain/security/audit-entry.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/** Entries in one statement at most. */
const GROUP = 500;
/** Entries that wait at most. */
const LIMIT = 10_000;

interface PendingEntry {
  readonly entry: AuditEntry;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Writes the entries that no command carries: what comes while a statement is under way goes together into the next.
 * An operation is answered when its entry is durable.
 */
export class AuditLog {
  readonly #sql: Sql;
  readonly #waiting: PendingEntry[] = [];
  #busy = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @throws Overloaded when too many wait: the entry is not written. */
  append(entry: AuditEntry): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= LIMIT) return reject(new Overloaded({ queued: this.#waiting.length }));
      this.#waiting.push({ entry, resolve, reject });
      if (!this.#busy) void this.#drive();
    });
  }

  async #drive(): Promise<void> {
    this.#busy = true;
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, GROUP));
    this.#busy = false;
  }

  async #write(group: readonly PendingEntry[]): Promise<void> {
    try {
      await appendAuditQuery(
        this.#sql,
        group.map(({ entry }) => entry),
      );
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/**
 * Appends entries, as a query not yet awaited. The head row stays locked from here to the commit, so that positions
 * have no hole and are in commit order; of what is locked, only the head of the events comes after it.
 */
export function appendAuditQuery(tx: Sql | Transaction, entries: readonly AuditEntry[]) {
  return tx`
    WITH head AS (
      UPDATE audit_head SET position = position + ${entries.length}::int WHERE id = 1 RETURNING position
    )
    INSERT INTO audit_entries (position, at, actor_id, role, key_prefix, operation, address, request_id, object_type,
      object_id, outcome)
    SELECT head.position - ${entries.length}::int + e.ordinality, clock_timestamp(), e.actor_id, e.role, e.key_prefix,
           e.operation, e.address, e.request_id, e.object_type, e.object_id, e.outcome
    FROM head, unnest(
      ${entries.map((e) => e.actorId)}::uuid[],
      ${entries.map((e) => e.role)}::text[],
      ${entries.map((e) => e.keyPrefix)}::text[],
      ${entries.map((e) => e.operation)}::text[],
      ${entries.map((e) => e.address)}::text[],
      ${entries.map((e) => e.requestId)}::text[],
      ${entries.map((e) => e.objectType)}::text[],
      ${entries.map((e) => e.objectId)}::uuid[],
      ${entries.map((e) => e.outcome)}::text[]
    ) WITH ORDINALITY AS e (actor_id, role, key_prefix, operation, address, request_id, object_type, object_id, outcome)`;
}

/** Makes the partitions that the next entries will need. Cheap when they are there. */
export async function ensureAuditPartitions(sql: Sql): Promise<void> {
  await sql`SELECT ensure_audit_partitions(1000000)`;
}
