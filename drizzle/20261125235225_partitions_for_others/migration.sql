-- A server may work as a role that does not own the tables, so that movements and the audit trail are append-only for it
-- by rights too. The next partition is made in the owner's name then, by whoever was granted the function, and with no
-- table of the caller's own in the owner's way.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ensure_event_partitions', 'ensure_audit_partitions'] LOOP
    EXECUTE format('ALTER FUNCTION %I(bigint) SECURITY DEFINER SET search_path = %I, pg_temp', name, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %I(bigint) FROM PUBLIC', name);
  END LOOP;
END $$;
