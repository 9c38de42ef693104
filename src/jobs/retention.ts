import { SYSTEM_ACTOR } from '../domain/event.ts';
import { plainEntry } from '../domain/security/audit-entry.ts';
import { AUDIT_PARTITION } from '../store/audit/audit-chain.ts';
import type { AuditLog } from '../store/audit/audit-log.ts';
import { forgetOldCalls } from '../store/calls/old-calls.ts';
import { openSession, type Sql } from '../store/postgres/database.ts';
import { dropOldPartitions } from '../store/postgres/partition-retention.ts';

/** How many days are kept; undefined: for ever. */
export interface Retention {
  readonly calls: number | undefined;
  readonly events: number | undefined;
  readonly audit: number | undefined;
}

const EVENT_PARTITION = 10_000_000;
const DAY_MS = 86_400_000;

/**
 * Lets go of what is older than it is to be kept, in small transactions. Several instances may run it at once. Of the
 * events and of the audit trail whole partitions go, of the trail only sealed ones; each is noted in the trail.
 *
 * @param ownerUrl only the owner of a table can drop its partitions: a session of its own, for as long as that takes
 */
export async function removeExpired(
  { sql, audit, ownerUrl }: { readonly sql: Sql; readonly audit: AuditLog; readonly ownerUrl: string },
  retention: Retention,
  signal?: AbortSignal,
): Promise<void> {
  const before = (days: number) => new Date(Date.now() - days * DAY_MS);
  const dropped = async (name: string, days: number, size: number, last: string) => {
    const owner = openSession(ownerUrl, 'cardline retention');
    try {
      for (const partition of await dropOldPartitions(owner, { name, size, last, before: before(days) })) {
        await audit.append(plainEntry({ actorId: SYSTEM_ACTOR, operation: `drop ${partition}` }));
      }
    } finally {
      await owner.end({ timeout: 5 });
    }
  };
  if (retention.calls !== undefined) await forgetOldCalls(sql, before(retention.calls), signal);
  if (retention.events !== undefined) {
    await dropped('events', retention.events, EVENT_PARTITION, 'SELECT position FROM event_head');
  }
  if (retention.audit !== undefined) {
    const lastSealed = 'SELECT coalesce(max(to_position), 0) AS position FROM audit_blocks';
    await dropped('audit_entries', retention.audit, AUDIT_PARTITION, lastSealed);
  }
}
