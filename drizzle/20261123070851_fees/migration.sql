ALTER TYPE "transfer_kind" ADD VALUE 'FIRST_USE_FEE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'MAINTENANCE_FEE';--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "first_use_fee" bigint;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "maintenance_fee" bigint;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "maintenance_every_days" integer;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "next_fee_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_fees_positive" CHECK ("first_use_fee" > 0 AND "maintenance_fee" > 0);--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_maintenance_has_period" CHECK (("maintenance_fee" IS NULL) = ("maintenance_every_days" IS NULL));