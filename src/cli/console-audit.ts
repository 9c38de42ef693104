import { SYSTEM_ACTOR } from '../domain/event.ts';
import { type AuditEntry, plainEntry } from '../domain/security/audit-entry.ts';
import { AuditLog } from '../store/audit/audit-log.ts';
import type { Sql } from '../store/postgres/database.ts';

type Noted = Pick<AuditEntry, 'operation'> & Partial<AuditEntry>;

/** Records an action of the console, which has direct access to the database, in the audit trail: no role, no address. */
export async function noteAtConsole(sql: Sql, entry: Noted): Promise<void> {
  await new AuditLog(sql).append(plainEntry({ actorId: SYSTEM_ACTOR, ...entry }));
}
