ALTER TYPE "file_link_purpose" ADD VALUE 'EXPORT_AUDIT';--> statement-breakpoint
CREATE TABLE "audit_blocks" (
	"number" bigint PRIMARY KEY,
	"from_position" bigint NOT NULL,
	"to_position" bigint NOT NULL,
	"count" integer NOT NULL,
	"digests" bytea NOT NULL,
	"previous_hash" bytea NOT NULL,
	"hash" bytea NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_blocks_whole" CHECK ("count" = "to_position" - "from_position" + 1)
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"position" bigint PRIMARY KEY,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"role" text,
	"key_prefix" text,
	"operation" text NOT NULL,
	"address" text,
	"request_id" text,
	"object_type" text,
	"object_id" uuid,
	"outcome" text NOT NULL
) PARTITION BY RANGE ("position");
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" smallint PRIMARY KEY,
	"position" bigint NOT NULL,
	CONSTRAINT "audit_head_one_row" CHECK ("id" = 1)
);
--> statement-breakpoint
CREATE TABLE "retention_marks" (
	"subject" text PRIMARY KEY,
	"up_to" uuid NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_entries_actor_idx" ON "audit_entries" ("actor_id","position");--> statement-breakpoint
CREATE INDEX "audit_entries_object_idx" ON "audit_entries" ("object_id","position") WHERE "object_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_entries_failures_idx" ON "audit_entries" ("outcome","position") WHERE "outcome" <> 'OK';--> statement-breakpoint
CREATE INDEX "audit_entries_at_idx" ON "audit_entries" USING brin ("at");--> statement-breakpoint
CREATE INDEX "calls_number_idx" ON "calls" ("number");--> statement-breakpoint
CREATE INDEX "events_number_idx" ON "events" (("payload"->>'number')) WHERE "payload" ? 'number';--> statement-breakpoint
CREATE INDEX "idempotency_keys_reference_idx" ON "idempotency_keys" (("outcome"->'data'->>'reference')) WHERE "outcome"->'data' ? 'reference';