CREATE TABLE "key_holders" (
	"instance_id" uuid PRIMARY KEY,
	"place" text NOT NULL,
	"keys" text[] NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "voucher_secret" bytea;--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "superseded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "moved_through" uuid;--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "moved_cards" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "moved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "key_checks" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "key_checks_one_in_use" ON "key_checks" ((true)) WHERE "superseded_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "key_checks_fingerprint_key" ON "key_checks" ("fingerprint");--> statement-breakpoint
ALTER TABLE "key_checks" ADD CONSTRAINT "key_checks_retired_after_use" CHECK ("retired_at" IS NULL OR "superseded_at" IS NOT NULL);