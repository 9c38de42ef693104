ALTER TYPE "card_import_state" ADD VALUE 'CHECKED' BEFORE 'REFUSED';--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "own_validity_days" integer;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "own_grace_days" integer;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "own_max_bound_numbers" integer;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "own_max_concurrent_calls" integer;--> statement-breakpoint
ALTER TABLE "card_import_problems" ADD COLUMN "is_note" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "card_imports" ADD COLUMN "is_check" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "card_imports" ADD COLUMN "totals" jsonb;--> statement-breakpoint
DROP INDEX "card_imports_upload_key";--> statement-breakpoint
CREATE UNIQUE INDEX "card_imports_upload_key" ON "card_imports" ("upload_id") WHERE "upload_id" IS NOT NULL AND NOT "is_check";--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_own_terms_not_negative" CHECK ("own_validity_days" >= 0 AND "own_grace_days" >= 0 AND "own_max_bound_numbers" >= 0 AND "own_max_concurrent_calls" > 0);