ALTER TYPE "transfer_kind" ADD VALUE 'REPLACEMENT_FEE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'REPLACEMENT';--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "replacement_allowed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "replacement_fee" bigint;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaced_by_id" uuid;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaces_id" uuid;--> statement-breakpoint
CREATE INDEX "cards_stock_idx" ON "cards" ("batch_id","id") WHERE "status" = 'INACTIVE';--> statement-breakpoint
CREATE UNIQUE INDEX "cards_replaced_by_key" ON "cards" ("replaced_by_id") WHERE "replaced_by_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_replacement_fee_positive" CHECK ("replacement_fee" > 0);