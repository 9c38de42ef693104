CREATE TABLE "key_checks" (
	"key_id" smallint PRIMARY KEY,
	"fingerprint" bytea NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "pin_format" text NOT NULL;--> statement-breakpoint
CREATE INDEX "events_card_idx" ON "events" ("card_id","position") WHERE "card_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "events_range_idx" ON "events" ("batch_id","position") WHERE "from_number" IS NOT NULL;