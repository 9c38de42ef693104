-- The privileges of a server that works as a separate role and does not own the tables. The owner runs this after each
-- "cardline migrate":  psql <the owner's URL> -v ON_ERROR_STOP=1 -f docs/examples/server-role.sql
GRANT USAGE ON SCHEMA public, drizzle TO cardline_server;
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
