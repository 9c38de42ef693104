CREATE TABLE "rate_imports" (
	"id" uuid PRIMARY KEY,
	"rate_group_id" uuid NOT NULL,
	"idempotency_key" text,
	"fingerprint" bytea NOT NULL,
	"result" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "card_imports" ADD COLUMN "content" bytea;--> statement-breakpoint
CREATE INDEX "card_imports_content_idx" ON "card_imports" ("content");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_imports_key" ON "rate_imports" ("idempotency_key");--> statement-breakpoint
CREATE INDEX "rate_imports_group_idx" ON "rate_imports" ("rate_group_id","id");--> statement-breakpoint
ALTER TABLE "rate_imports" ADD CONSTRAINT "rate_imports_rate_group_id_rate_groups_id_fkey" FOREIGN KEY ("rate_group_id") REFERENCES "rate_groups"("id");