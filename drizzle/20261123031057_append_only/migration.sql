-- What Drizzle's schema can't say: the one row of the event head, the partitions of the event log, and the triggers
-- that make movements and events append-only for every role, the owner's included.
INSERT INTO "event_head" ("id", "position") VALUES (1, 0);
--> statement-breakpoint
CREATE FUNCTION "ensure_event_partitions"("ahead" bigint) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  size CONSTANT bigint := 10000000;
  first bigint := (SELECT position / size FROM event_head);
  last bigint := (SELECT (position + ahead) / size FROM event_head);
  made integer := 0;
BEGIN
  FOR n IN first..last LOOP
    IF to_regclass(format('events_p%s', n)) IS NULL THEN
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF events FOR VALUES FROM (%s) TO (%s)',
        'events_p' || n, n * size, (n + 1) * size);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
SELECT "ensure_event_partitions"(10000000);
--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "transfers_append_only" BEFORE UPDATE OR DELETE ON "transfers"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "transfers_no_truncate" BEFORE TRUNCATE ON "transfers"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "events_append_only" BEFORE UPDATE OR DELETE ON "events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "events_no_truncate" BEFORE TRUNCATE ON "events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "idempotency_keys_append_only" BEFORE UPDATE OR DELETE ON "idempotency_keys"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
