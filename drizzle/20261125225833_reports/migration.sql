ALTER TYPE "file_link_purpose" ADD VALUE 'EXPORT_REPORT';--> statement-breakpoint
CREATE TABLE "batch_counters" (
	"batch_id" uuid PRIMARY KEY,
	"active" bigint DEFAULT 0 NOT NULL,
	"locked" bigint DEFAULT 0 NOT NULL,
	"in_grace" bigint DEFAULT 0 NOT NULL,
	"deactivated" bigint DEFAULT 0 NOT NULL,
	"closed" bigint DEFAULT 0 NOT NULL,
	"activated" bigint DEFAULT 0 NOT NULL,
	"first_used" bigint DEFAULT 0 NOT NULL,
	"expired" bigint DEFAULT 0 NOT NULL,
	"exhausted" bigint DEFAULT 0 NOT NULL,
	"replaced" bigint DEFAULT 0 NOT NULL,
	"used_after_activation" bigint DEFAULT 0 NOT NULL,
	"seconds_to_first_use" bigint DEFAULT 0 NOT NULL,
	"used_within_day" bigint DEFAULT 0 NOT NULL,
	"used_within_week" bigint DEFAULT 0 NOT NULL,
	"used_within_month" bigint DEFAULT 0 NOT NULL,
	"used_within_quarter" bigint DEFAULT 0 NOT NULL,
	"issued" bigint DEFAULT 0 NOT NULL,
	"recharged" bigint DEFAULT 0 NOT NULL,
	"adjusted" bigint DEFAULT 0 NOT NULL,
	"moved" bigint DEFAULT 0 NOT NULL,
	"used" bigint DEFAULT 0 NOT NULL,
	"fees" bigint DEFAULT 0 NOT NULL,
	"forfeited" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_counters" (
	"currency" text,
	"quarter" timestamp with time zone,
	"owed" bigint DEFAULT 0 NOT NULL,
	"usage" bigint DEFAULT 0 NOT NULL,
	"fees" bigint DEFAULT 0 NOT NULL,
	"forfeited" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "ledger_counters_pkey" PRIMARY KEY("currency","quarter")
);
--> statement-breakpoint
CREATE TABLE "recharge_counters" (
	"day" date,
	"partner_id" uuid,
	"currency" text,
	"quarter" smallint,
	"recharges" bigint DEFAULT 0 NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	"discount" bigint DEFAULT 0 NOT NULL,
	"reversals" bigint DEFAULT 0 NOT NULL,
	"reversed" bigint DEFAULT 0 NOT NULL,
	"discount_returned" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "recharge_counters_pkey" PRIMARY KEY("day","partner_id","currency","quarter")
);
--> statement-breakpoint
CREATE TABLE "report_counting" (
	"id" smallint PRIMARY KEY,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "report_counting_one_row" CHECK ("id" = 1)
);
--> statement-breakpoint
CREATE TABLE "report_facts" (
	"id" uuid PRIMARY KEY,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_counters" (
	"day" date,
	"destination" text COLLATE "C",
	"rate_group_id" uuid,
	"partner_id" uuid,
	"quarter" smallint,
	"calls" bigint DEFAULT 0 NOT NULL,
	"answered" bigint DEFAULT 0 NOT NULL,
	"seconds" bigint DEFAULT 0 NOT NULL,
	"charge" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_counters_pkey" PRIMARY KEY("day","destination","rate_group_id","partner_id","quarter")
);
--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "cards_expiring_idx" ON "cards" ("valid_until","id") WHERE "status" = 'ACTIVE' AND "valid_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "cards_partner_expiring_idx" ON "cards" ("partner_id","valid_until","id") WHERE "status" = 'ACTIVE' AND "valid_until" IS NOT NULL AND "partner_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "usage_counters_partner_idx" ON "usage_counters" ("partner_id","day","destination","rate_group_id");