CREATE TYPE "batch_state" AS ENUM('PENDING', 'GENERATING', 'READY', 'CANCELLED', 'FAILED');--> statement-breakpoint
CREATE TYPE "card_type" AS ENUM('STANDARD', 'RECHARGEABLE', 'UNLIMITED', 'DISPOSABLE');--> statement-breakpoint
CREATE TYPE "card_status" AS ENUM('INACTIVE', 'ACTIVE', 'IN_GRACE', 'DEACTIVATED', 'CLOSED');--> statement-breakpoint
CREATE TYPE "lock_reason" AS ENUM('OPERATOR', 'SUSPECTED_FRAUD', 'REPORTED_LOST', 'FAILED_ATTEMPTS');--> statement-breakpoint
CREATE TYPE "file_link_purpose" AS ENUM('UPLOAD_RATES', 'EXPORT_BATCH');--> statement-breakpoint
CREATE TYPE "transfer_kind" AS ENUM('ISSUE', 'RECHARGE', 'REVERSAL', 'ADJUSTMENT', 'TOP_UP', 'FORFEITURE');--> statement-breakpoint
CREATE TYPE "api_key_role" AS ENUM('ADMINISTRATOR', 'PARTNER', 'SWITCH');--> statement-breakpoint
CREATE TABLE "card_batches" (
	"id" uuid PRIMARY KEY,
	"name" text NOT NULL,
	"type" "card_type" NOT NULL,
	"state" "batch_state" DEFAULT 'PENDING'::"batch_state" NOT NULL,
	"quantity" integer NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"currency" text NOT NULL,
	"face_value" bigint NOT NULL,
	"validity_days" integer,
	"grace_days" integer DEFAULT 0 NOT NULL,
	"first_use_by" timestamp with time zone,
	"max_concurrent_calls" integer DEFAULT 1 NOT NULL,
	"max_bound_numbers" integer DEFAULT 5 NOT NULL,
	"language" text DEFAULT 'en' NOT NULL,
	"rate_group_id" uuid NOT NULL,
	"partner_id" uuid,
	"recharge_min" bigint,
	"recharge_max" bigint,
	"recharge_extends_days" integer,
	"pin_length" integer NOT NULL,
	"pin_alphabet" text NOT NULL,
	"pin_prefix" text NOT NULL,
	"pin_suffix" text NOT NULL,
	"pin_check_digit" boolean NOT NULL,
	"serial_prefix" text NOT NULL,
	"serial_start" bigint NOT NULL,
	"failure" text,
	"claimed_by" uuid,
	"claimed_until" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "card_batches_made_within_quantity" CHECK ("made" BETWEEN 0 AND "quantity"),
	CONSTRAINT "card_batches_face_value_not_negative" CHECK ("face_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "pin_formats" (
	"format" text PRIMARY KEY,
	"issued" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "serial_counters" (
	"prefix" text PRIMARY KEY,
	"next" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" uuid PRIMARY KEY,
	"batch_id" uuid NOT NULL,
	"partner_id" uuid,
	"serial" text COLLATE "C" NOT NULL,
	"pin_digest" bytea NOT NULL,
	"pin_cipher" bytea NOT NULL,
	"pin_key_id" smallint NOT NULL,
	"currency" text NOT NULL,
	"status" "card_status" NOT NULL,
	"balance" bigint NOT NULL,
	"held" bigint NOT NULL,
	"version" integer NOT NULL,
	"activated_at" timestamp with time zone,
	"first_used_at" timestamp with time zone,
	"valid_until" timestamp with time zone,
	"grace_until" timestamp with time zone,
	"locked_at" timestamp with time zone,
	"lock_reason" "lock_reason",
	"unlock_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cards_balance_not_negative" CHECK ("balance" >= 0),
	CONSTRAINT "cards_held_within_balance" CHECK ("held" >= 0 AND "held" <= "balance"),
	CONSTRAINT "cards_lock_has_reason" CHECK (("locked_at" IS NULL) = ("lock_reason" IS NULL)),
	CONSTRAINT "cards_closed_is_empty" CHECK ("status" <> 'CLOSED' OR ("balance" = 0 AND "due_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "number_bindings" (
	"number" text PRIMARY KEY,
	"card_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "number_bindings_e164" CHECK ("number" ~ '^\+[1-9][0-9]{4,14}$')
);
--> statement-breakpoint
CREATE TABLE "event_head" (
	"id" smallint PRIMARY KEY,
	"position" bigint NOT NULL,
	CONSTRAINT "event_head_one_row" CHECK ("id" = 1)
);
--> statement-breakpoint
CREATE TABLE "events" (
	"position" bigint PRIMARY KEY,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid NOT NULL,
	"card_id" uuid,
	"batch_id" uuid,
	"partner_id" uuid,
	"from_number" integer,
	"to_number" integer,
	"payload" jsonb NOT NULL
) PARTITION BY RANGE ("position");
--> statement-breakpoint
CREATE TABLE "file_chunks" (
	"link_id" uuid,
	"sequence" integer,
	"content" bytea NOT NULL,
	CONSTRAINT "file_chunks_pkey" PRIMARY KEY("link_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "file_links" (
	"id" uuid PRIMARY KEY,
	"purpose" "file_link_purpose" NOT NULL,
	"digest" bytea NOT NULL,
	"subject" jsonb NOT NULL,
	"actor_id" uuid NOT NULL,
	"partner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"owner_id" uuid,
	"key" text,
	"fingerprint" bytea NOT NULL,
	"outcome" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("owner_id","key")
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"currency" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY,
	"kind" "transfer_kind" NOT NULL,
	"debit_account" uuid NOT NULL,
	"credit_account" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"card_id" uuid,
	"card_version" integer,
	"card_balance_after" bigint,
	"partner_id" uuid,
	"partner_version" integer,
	"wallet_balance_after" bigint,
	"reverses_id" uuid,
	"valid_until_before" timestamp with time zone,
	"valid_until_after" timestamp with time zone,
	"reason" text,
	"actor_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transfers_amount_positive" CHECK ("amount" > 0),
	CONSTRAINT "transfers_two_accounts" CHECK ("debit_account" <> "credit_account")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY,
	"prefix" text NOT NULL,
	"digest" bytea NOT NULL,
	"name" text NOT NULL,
	"role" "api_key_role" NOT NULL,
	"partner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_partner_owner" CHECK (("role" = 'PARTNER') = ("partner_id" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" uuid PRIMARY KEY,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"balance" bigint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partners_balance_not_negative" CHECK ("balance" >= 0),
	CONSTRAINT "partners_currency_code" CHECK ("currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "rate_groups" (
	"id" uuid PRIMARY KEY,
	"name" text NOT NULL,
	"currency" text NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"rate_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rate_groups_currency_code" CHECK ("currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "rates" (
	"id" uuid PRIMARY KEY,
	"rate_group_id" uuid NOT NULL,
	"prefix" text COLLATE "C" NOT NULL,
	"destination" text NOT NULL,
	"rate_per_1e8_minute" bigint NOT NULL,
	"connection_fee" bigint DEFAULT 0 NOT NULL,
	"initial_increment_seconds" integer NOT NULL,
	"increment_seconds" integer NOT NULL,
	"effective_from" timestamp with time zone NOT NULL,
	CONSTRAINT "rates_prefix_digits" CHECK ("prefix" ~ '^[0-9]{1,15}$'),
	CONSTRAINT "rates_price_not_negative" CHECK ("rate_per_1e8_minute" >= 0 AND "connection_fee" >= 0),
	CONSTRAINT "rates_increments_positive" CHECK ("initial_increment_seconds" > 0 AND "increment_seconds" > 0)
);
--> statement-breakpoint
CREATE INDEX "card_batches_partner_idx" ON "card_batches" ("partner_id","id");--> statement-breakpoint
CREATE INDEX "card_batches_unfinished_idx" ON "card_batches" ("id") WHERE "state" IN ('PENDING', 'GENERATING');--> statement-breakpoint
CREATE UNIQUE INDEX "cards_serial_key" ON "cards" ("serial");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_pin_digest_key" ON "cards" ("pin_digest");--> statement-breakpoint
CREATE INDEX "cards_batch_idx" ON "cards" ("batch_id","id");--> statement-breakpoint
CREATE INDEX "cards_partner_idx" ON "cards" ("partner_id","id") WHERE "partner_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "cards_due_idx" ON "cards" ("due_at") WHERE "due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "number_bindings_card_idx" ON "number_bindings" ("card_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "file_links_digest_key" ON "file_links" ("digest");--> statement-breakpoint
CREATE INDEX "file_links_expires_idx" ON "file_links" ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_kind_currency_key" ON "ledger_accounts" ("kind","currency");--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_card_version_key" ON "transfers" ("card_id","card_version") WHERE "card_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_partner_version_key" ON "transfers" ("partner_id","partner_version") WHERE "partner_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_reverses_key" ON "transfers" ("reverses_id") WHERE "reverses_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "transfers_recharges_idx" ON "transfers" ("id") WHERE "kind" = 'RECHARGE';--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_digest_key" ON "api_keys" ("digest");--> statement-breakpoint
CREATE INDEX "api_keys_partner_idx" ON "api_keys" ("partner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "partners_name_key" ON "partners" ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_groups_name_key" ON "rate_groups" ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "rates_group_prefix_key" ON "rates" ("rate_group_id","prefix","effective_from");--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_rate_group_id_rate_groups_id_fkey" FOREIGN KEY ("rate_group_id") REFERENCES "rate_groups"("id");--> statement-breakpoint
ALTER TABLE "card_batches" ADD CONSTRAINT "card_batches_partner_id_partners_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id");--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_batch_id_card_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "card_batches"("id");--> statement-breakpoint
ALTER TABLE "number_bindings" ADD CONSTRAINT "number_bindings_card_id_cards_id_fkey" FOREIGN KEY ("card_id") REFERENCES "cards"("id");--> statement-breakpoint
ALTER TABLE "file_chunks" ADD CONSTRAINT "file_chunks_link_id_file_links_id_fkey" FOREIGN KEY ("link_id") REFERENCES "file_links"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_partner_id_partners_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partners"("id");--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_rate_group_id_rate_groups_id_fkey" FOREIGN KEY ("rate_group_id") REFERENCES "rate_groups"("id");