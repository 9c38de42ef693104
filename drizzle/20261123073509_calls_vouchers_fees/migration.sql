CREATE TYPE "call_state" AS ENUM('REFUSED', 'AUTHORIZED', 'COMPLETED', 'CANCELLED', 'ABANDONED');--> statement-breakpoint
ALTER TYPE "card_type" ADD VALUE 'VOUCHER';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'CALL';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'CALL_SURCHARGE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'CALL_REFUND';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'VOUCHER';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'FIRST_USE_FEE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'MAINTENANCE_FEE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'REPLACEMENT_FEE';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'REPLACEMENT';--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY,
	"switch_call_id" text NOT NULL,
	"fingerprint" bytea NOT NULL,
	"card_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"partner_id" uuid,
	"currency" text NOT NULL,
	"number" text NOT NULL,
	"access_number" text,
	"state" "call_state" NOT NULL,
	"refusal" text,
	"destination" text,
	"rating" jsonb,
	"request_number" integer NOT NULL,
	"answers" jsonb NOT NULL,
	"used_seconds" integer NOT NULL,
	"granted_seconds" integer NOT NULL,
	"granted_limit" text NOT NULL,
	"held" bigint NOT NULL,
	"charge" bigint NOT NULL,
	"surcharge_posted" bigint NOT NULL,
	"uncollected" bigint NOT NULL,
	"terminating" boolean NOT NULL,
	"usage_day" text,
	"expires_at" timestamp with time zone,
	"authorized_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"settled_at" timestamp with time zone,
	"hangup_cause" text,
	CONSTRAINT "calls_held_in_progress_only" CHECK ("held" >= 0 AND ("state" = 'AUTHORIZED' OR "held" = 0)),
	CONSTRAINT "calls_expire_in_progress_only" CHECK (("state" = 'AUTHORIZED') = ("expires_at" IS NOT NULL)),
	CONSTRAINT "calls_charge_not_negative" CHECK ("charge" >= 0 AND "surcharge_posted" >= 0),
	CONSTRAINT "calls_refused_has_reason" CHECK (("state" = 'REFUSED') = ("refusal" IS NOT NULL))
);
--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "call_surcharge" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "max_call_seconds" integer;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "fair_use_day_seconds" integer;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "fair_use_month_seconds" integer;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "overflow_rate_group_id" uuid;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "first_use_fee" bigint;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "maintenance_fee" bigint;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "maintenance_every_days" integer;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "replacement_allowed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "replacement_fee" bigint;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "calls_in_progress" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "usage_day" text;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "usage_day_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "usage_month_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "next_fee_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaced_by_id" uuid;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "replaces_id" uuid;--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "call_id" uuid;--> statement-breakpoint
ALTER TABLE "rate_groups" ADD COLUMN "call_terms" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "calls_switch_call_id_key" ON "calls" ("switch_call_id");--> statement-breakpoint
CREATE INDEX "calls_card_idx" ON "calls" ("card_id","id");--> statement-breakpoint
CREATE INDEX "calls_partner_idx" ON "calls" ("partner_id","id") WHERE "partner_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "calls_in_progress_idx" ON "calls" ("id") WHERE "state" = 'AUTHORIZED';--> statement-breakpoint
CREATE INDEX "calls_expiry_idx" ON "calls" ("expires_at") WHERE "state" = 'AUTHORIZED';--> statement-breakpoint
CREATE INDEX "cards_stock_idx" ON "cards" ("batch_id","id") WHERE "status" = 'INACTIVE';--> statement-breakpoint
CREATE UNIQUE INDEX "cards_replaced_by_key" ON "cards" ("replaced_by_id") WHERE "replaced_by_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "transfers_call_idx" ON "transfers" ("call_id") WHERE "call_id" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_overflow_rate_group_id_rate_groups_id_fkey" FOREIGN KEY ("overflow_rate_group_id") REFERENCES "rate_groups"("id");--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_card_id_cards_id_fkey" FOREIGN KEY ("card_id") REFERENCES "cards"("id");--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_fees_positive" CHECK ("first_use_fee" > 0 AND "maintenance_fee" > 0);--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_replacement_fee_positive" CHECK ("replacement_fee" > 0);--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_maintenance_has_period" CHECK (("maintenance_fee" IS NULL) = ("maintenance_every_days" IS NULL));--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_calls_in_progress_not_negative" CHECK ("calls_in_progress" >= 0);