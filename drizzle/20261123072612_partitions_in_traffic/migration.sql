-- CREATE TABLE ... PARTITION OF locks the whole log (ACCESS EXCLUSIVE): behind it every reader and writer waits, and it
-- itself behind the longest reader. A table of its own, made alike and attached, asks for SHARE UPDATE EXCLUSIVE, which
-- lets both go on (PostgreSQL manual, "Partition Maintenance"). Its CHECK says what ATTACH would look through it for.
CREATE OR REPLACE FUNCTION "ensure_event_partitions"("ahead" bigint) RETURNS integer LANGUAGE plpgsql
-- Whatever holds the log up, upkeep is not to queue before its users: it comes again.
SET "lock_timeout" = '3s'
AS $$
DECLARE
  size CONSTANT bigint := 10000000;
  first bigint := (SELECT position / size FROM event_head);
  last bigint := (SELECT (position + ahead) / size FROM event_head);
  name text;
  made integer := 0;
BEGIN
  FOR n IN first..last LOOP
    name := 'events_p' || n;
    -- Asked of the catalogue itself: a name that was looked up in vain may be remembered over the wait for a lock.
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits
      WHERE inhparent = 'events'::regclass) AND relname = name);
    -- Of several instances one makes it; the others wait here, and find it.
    PERFORM pg_advisory_xact_lock(4220761303);
    CONTINUE WHEN EXISTS (SELECT FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits
      WHERE inhparent = 'events'::regclass) AND relname = name);
    EXECUTE format('CREATE TABLE %I (LIKE events INCLUDING ALL)', name);
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT "within" CHECK (position >= %s AND position < %s)',
      name, n * size, (n + 1) * size);
    EXECUTE format('ALTER TABLE events ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
      name, n * size, (n + 1) * size);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT "within"', name);
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
CREATE TRIGGER "idempotency_keys_no_truncate" BEFORE TRUNCATE ON "idempotency_keys"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
