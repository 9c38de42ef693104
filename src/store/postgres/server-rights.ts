import postgres from 'postgres';
import { isCurrent, MIGRATION_LOCK } from './migrate.ts';

/** The role of a server that does not own the tables. */
export const SERVER_ROLE = 'cardline_server';

/** The role's rights. docs/examples/server-role.sql has the same statements, for databases that others set up. */
export const SERVER_RIGHTS = `GRANT USAGE ON SCHEMA public, drizzle TO cardline_server;
GRANT SELECT ON drizzle.__drizzle_migrations TO cardline_server;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cardline_server;
-- The function creates the next partitions on behalf of the owner.
GRANT EXECUTE ON FUNCTION ensure_event_partitions(bigint), ensure_audit_partitions(bigint) TO cardline_server;

-- Transfers, events, answers and the audit trail are append-only. The exception is eraseNumber, which blanks a number in
-- events and answers; a trigger allows no other change.
REVOKE UPDATE, DELETE ON transfers, events, idempotency_keys, audit_entries, audit_blocks FROM cardline_server;
GRANT UPDATE (payload) ON events TO cardline_server;
GRANT UPDATE (outcome) ON idempotency_keys TO cardline_server;
-- Partitions are accessible only through their parent table.
DO $$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT inhrelid FROM pg_inherits
    WHERE inhparent IN ('events'::regclass, 'audit_entries'::regclass) LOOP
    EXECUTE format('REVOKE ALL ON %s FROM cardline_server', part);
  END LOOP;
END $$;
`;

/**
 * Grants the server's role its rights, as the owner of the tables. Tables of another version are left unchanged: their
 * migration grants the rights on what it creates.
 */
export async function grantServerRights(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    if (!(await isCurrent(owner))) return;
    await owner.begin(async (tx) => {
      await tx`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`;
      await tx.unsafe(SERVER_RIGHTS);
    });
  } finally {
    await owner.end({ timeout: 5 });
  }
}
