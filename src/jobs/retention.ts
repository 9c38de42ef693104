import { SYSTEM_ACTOR } from '../domain/event.ts';
import { plainEntry } from '../domain/security/audit-entry.ts';
import { DAY_MS } from '../domain/values/calendar.ts';
import { AUDIT_PARTITION } from '../store/audit/audit-chain.ts';
import type { AuditLog } from '../store/audit/audit-log.ts';
import { forgetOldCalls } from '../store/calls/old-calls.ts';
import { openSession, type Sql } from '../store/postgres/database.ts';
import { dropOldPartitions } from '../store/postgres/partition-retention.ts';
import { readClock } from '../store/security/clock-marks.ts';

/** Retention in days; undefined: forever. */
export interface Retention {
  readonly calls?: number | undefined;
  readonly events?: number | undefined;
  readonly audit?: number | undefined;
}

const EVENT_PARTITION = 10_000_000;
/**
 * Deletes records older than their retention, in small transactions. Several instances may run it at once. Events and
 * audit entries are dropped by whole partitions, audit entries only when sealed; each drop is recorded in the trail.
 *
 * @param ownerUrl only a table's owner can drop its partitions, so this uses a short session as the owner
 */
export async function removeExpired(
  { sql, audit, ownerUrl }: { readonly sql: Sql; readonly audit: AuditLog; readonly ownerUrl: string },
  retention: Retention,
  signal?: AbortSignal,
): Promise<void> {
  // The database's clock, which the clock guard watches.
  const { now } = await readClock(sql);
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
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
