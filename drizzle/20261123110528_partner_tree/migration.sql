ALTER TYPE "transfer_kind" ADD VALUE 'DISCOUNT';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'DISCOUNT_REVERSAL';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'WALLET_TRANSFER';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'WITHDRAWAL';--> statement-breakpoint
ALTER TABLE "partners" DROP CONSTRAINT "partners_balance_not_negative";--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "recharged_on" text;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "recharged_today" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "discount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "suspended_by_id" uuid;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "credit_limit" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "discount_basis_points" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "daily_limit" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "daily_card_limit" bigint;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "allowed_batch_ids" uuid[];--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "allowed_rate_group_ids" uuid[];--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "recharged_on" text;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "recharged_today" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "partners_parent_idx" ON "partners" ("parent_id","id");--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_parent_id_partners_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "partners"("id");--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_balance_within_credit" CHECK ("balance" >= -"credit_limit" AND "credit_limit" >= 0);--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_discount" CHECK ("discount_basis_points" BETWEEN 0 AND 10000);--> statement-breakpoint
ALTER TABLE "partners" ADD CONSTRAINT "partners_not_below_itself" CHECK ("parent_id" <> "id");