ALTER TYPE "guess_scope" ADD VALUE 'VOUCHER';--> statement-breakpoint
ALTER TYPE "guess_scope" ADD VALUE 'NUMBER_BINDING';--> statement-breakpoint
CREATE TABLE "failure_locks" (
	"lineage_id" uuid PRIMARY KEY,
	"locks" integer NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "partners_name_key";--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "exported_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "lineage_id" uuid;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "family_id" uuid;--> statement-breakpoint
WITH RECURSIVE "line" ("id", "lineage_id") AS (
	SELECT "id", "id" FROM "api_keys" WHERE "rotated_from_id" IS NULL
	UNION ALL
	SELECT "next"."id", "line"."lineage_id" FROM "api_keys" AS "next" JOIN "line" ON "next"."rotated_from_id" = "line"."id"
)
UPDATE "api_keys" SET "lineage_id" = "line"."lineage_id", "family_id" = "line"."lineage_id"
FROM "line" WHERE "line"."id" = "api_keys"."id";--> statement-breakpoint
UPDATE "api_keys" SET "lineage_id" = "id", "family_id" = "id" WHERE "lineage_id" IS NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "lineage_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "family_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD COLUMN "lineage_id" uuid;--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD COLUMN "family_id" uuid;--> statement-breakpoint
UPDATE "pin_reveals" SET
	"lineage_id" = coalesce((SELECT "lineage_id" FROM "api_keys" WHERE "api_keys"."id" = "requested_by"), "requested_by"),
	"family_id" = coalesce((SELECT "family_id" FROM "api_keys" WHERE "api_keys"."id" = "requested_by"), "requested_by");--> statement-breakpoint
ALTER TABLE "pin_reveals" ALTER COLUMN "lineage_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "pin_reveals" ALTER COLUMN "family_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "guess_budgets" ADD COLUMN "holder" text DEFAULT '' NOT NULL;--> statement-breakpoint
DELETE FROM "guess_sources";--> statement-breakpoint
DELETE FROM "serial_failures";--> statement-breakpoint
ALTER TABLE "guess_sources" ADD COLUMN "lineage_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "guess_sources" ADD COLUMN "serials" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "serial_failures" ADD COLUMN "lineage_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "guess_sources" DROP CONSTRAINT "guess_sources_pkey";--> statement-breakpoint
ALTER TABLE "guess_sources" ADD PRIMARY KEY ("kind","source","lineage_id");--> statement-breakpoint
ALTER TABLE "guess_budgets" DROP CONSTRAINT "guess_budgets_pkey";--> statement-breakpoint
ALTER TABLE "guess_budgets" ADD PRIMARY KEY ("scope","holder");--> statement-breakpoint
ALTER TABLE "serial_failures" DROP CONSTRAINT "serial_failures_pkey";--> statement-breakpoint
ALTER TABLE "serial_failures" ADD PRIMARY KEY ("serial","lineage_id");--> statement-breakpoint
ALTER TABLE "pin_reveals" ALTER COLUMN "card_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_name_key" UNIQUE NULLS NOT DISTINCT("parent_id","name");--> statement-breakpoint
CREATE INDEX "guess_budgets_since_idx" ON "guess_budgets" ("since");--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD CONSTRAINT "pin_reveals_batch_id_card_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "card_batches"("id");--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD CONSTRAINT "pin_reveals_one_subject" CHECK (num_nonnulls("card_id", "batch_id") = 1);--> statement-breakpoint
-- A batch whose print file was fetched before is not fetched for the first time again.
UPDATE "card_batches" SET "exported_at" = "first"."at"
FROM (SELECT "batch_id", min("at") AS "at" FROM "events" WHERE "type" = 'BATCH_EXPORTED' GROUP BY "batch_id") AS "first"
WHERE "first"."batch_id" = "card_batches"."id";--> statement-breakpoint
-- From now on the idempotency keys of a switch are its own: what it did before must be found there again.
ALTER TABLE "idempotency_keys" DISABLE TRIGGER "idempotency_keys_append_only";--> statement-breakpoint
UPDATE "idempotency_keys" AS "kept" SET "owner_id" = "api_keys"."lineage_id"
FROM "transfers" JOIN "api_keys" ON "api_keys"."id" = "transfers"."actor_id" AND "api_keys"."role" = 'SWITCH'
WHERE "kept"."owner_id" = '00000000-0000-0000-0000-000000000000' AND "kept"."outcome" ? 'transfer'
	AND "transfers"."id" = ("kept"."outcome"->>'transfer')::uuid AND "transfers"."kind" = 'VOUCHER';--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE TRIGGER "idempotency_keys_append_only";
