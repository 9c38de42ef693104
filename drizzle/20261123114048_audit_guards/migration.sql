-- What Drizzle's schema can't say of the audit trail: its head's one row, its partitions, and that nobody changes it.
INSERT INTO "audit_head" ("id", "position") VALUES (1, 0);
--> statement-breakpoint
-- As ensure_event_partitions makes those of the events, and for the same reasons.
CREATE FUNCTION "ensure_audit_partitions"("ahead" bigint) RETURNS integer LANGUAGE plpgsql
SET "lock_timeout" = '3s'
AS $$
DECLARE
  size CONSTANT bigint := 1000000;
  first bigint := (SELECT position / size FROM audit_head);
  last bigint := (SELECT (position + ahead) / size FROM audit_head);
  name text;
  made integer := 0;
BEGIN
  FOR n IN first..last LOOP
    name := 'audit_entries_p' || n;
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits
      WHERE inhparent = 'audit_entries'::regclass) AND relname = name);
    PERFORM pg_advisory_xact_lock(4220761304);
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits
      WHERE inhparent = 'audit_entries'::regclass) AND relname = name);
    EXECUTE format('CREATE TABLE %I (LIKE audit_entries INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT "within" CHECK (position >= %s AND position < %s)',
      name, n * size, (n + 1) * size);
    EXECUTE format('ALTER TABLE audit_entries ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
      name, n * size, (n + 1) * size);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT "within"', name);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
SELECT "ensure_audit_partitions"(1000000);
--> statement-breakpoint
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_entries_no_truncate" BEFORE TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_blocks_append_only" BEFORE UPDATE OR DELETE ON "audit_blocks"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_blocks_no_truncate" BEFORE TRUNCATE ON "audit_blocks"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entries", "audit_blocks" FROM PUBLIC;
--> statement-breakpoint
-- A telephone number that is erased is the one thing that may change in an event and in the answer of a key: where
-- there was a number there are asterisks now, and all else is as it was.
CREATE FUNCTION "refuse_all_but_erasure"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  path text[] := CASE TG_ARGV[0] WHEN 'payload' THEN '{payload,number}'::text[] ELSE '{outcome,data,reference}'::text[] END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) #- path = to_jsonb(OLD) #- path
      AND to_jsonb(OLD) #>> path ~ '^\+[0-9]+$' AND to_jsonb(NEW) #>> path ~ '^\+[0-9]{1,4}\*+$' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER "events_append_only" ON "events";
--> statement-breakpoint
CREATE TRIGGER "events_append_only" BEFORE UPDATE OR DELETE ON "events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasure"('payload');
--> statement-breakpoint
DROP TRIGGER "idempotency_keys_append_only" ON "idempotency_keys";
--> statement-breakpoint
CREATE TRIGGER "idempotency_keys_append_only" BEFORE UPDATE OR DELETE ON "idempotency_keys"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasure"('outcome');
