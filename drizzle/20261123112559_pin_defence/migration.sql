CREATE TYPE "authentication_failure" AS ENUM('UNKNOWN_PIN', 'UNKNOWN_SERIAL', 'WRONG_PIN', 'INACTIVE', 'LOCKED', 'IN_GRACE', 'EXPIRED', 'DEACTIVATED', 'CLOSED', 'NOT_FOR_THIS', 'SERIAL_BLOCKED', 'SOURCE_DELAYED', 'BREAKER_TRIPPED');--> statement-breakpoint
CREATE TYPE "guess_scope" AS ENUM('PIN', 'SERIAL_AND_PIN');--> statement-breakpoint
CREATE TYPE "guess_source_kind" AS ENUM('CALLER_NUMBER', 'ACCESS_NUMBER', 'CREDENTIAL', 'ADDRESS');--> statement-breakpoint
CREATE TYPE "keyed_operation" AS ENUM('AUTHENTICATE_CARD', 'AUTHORIZE_CALL', 'REDEEM_VOUCHER');--> statement-breakpoint
CREATE TYPE "security_alert_kind" AS ENUM('GUESSING', 'CARD_LOCKED_BY_FAILURES', 'UNUSUAL_RECHARGES', 'TOO_MANY_REPLACEMENTS', 'NEW_NETWORK');--> statement-breakpoint
CREATE TABLE "failed_authentications" (
	"id" uuid PRIMARY KEY,
	"minute" timestamp with time zone NOT NULL,
	"reason" "authentication_failure" NOT NULL,
	"operation" "keyed_operation" NOT NULL,
	"actor_id" uuid NOT NULL,
	"address" text NOT NULL,
	"caller_number" text,
	"access_number" text,
	"serial" text,
	"card_id" uuid,
	"attempts" integer NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "failed_authentications_alike_key" UNIQUE NULLS NOT DISTINCT("minute","reason","operation","actor_id","address","caller_number","access_number","serial","card_id")
);
--> statement-breakpoint
CREATE TABLE "guess_budgets" (
	"scope" "guess_scope" PRIMARY KEY,
	"since" timestamp with time zone NOT NULL,
	"drawn" integer NOT NULL,
	"failed" integer NOT NULL,
	"tripped_at" timestamp with time zone,
	CONSTRAINT "guess_budgets_not_negative" CHECK ("drawn" >= 0 AND "failed" >= 0)
);
--> statement-breakpoint
CREATE TABLE "guess_sources" (
	"kind" "guess_source_kind",
	"source" text,
	"failures" double precision NOT NULL,
	"successes" double precision NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "guess_sources_pkey" PRIMARY KEY("kind","source")
);
--> statement-breakpoint
CREATE TABLE "partner_hours" (
	"partner_id" uuid,
	"hour" timestamp with time zone,
	"recharges" integer NOT NULL,
	"amount" numeric NOT NULL,
	"replacements" integer NOT NULL,
	CONSTRAINT "partner_hours_pkey" PRIMARY KEY("partner_id","hour")
);
--> statement-breakpoint
CREATE TABLE "partner_watch" (
	"id" smallint PRIMARY KEY,
	"position" bigint NOT NULL,
	CONSTRAINT "partner_watch_one_row" CHECK ("id" = 1)
);
--> statement-breakpoint
CREATE TABLE "proven_numbers" (
	"number" text,
	"card_id" uuid,
	"proven_at" timestamp with time zone NOT NULL,
	CONSTRAINT "proven_numbers_pkey" PRIMARY KEY("number","card_id")
);
--> statement-breakpoint
CREATE TABLE "security_alerts" (
	"id" uuid PRIMARY KEY,
	"kind" "security_alert_kind" NOT NULL,
	"subject" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"message" text NOT NULL,
	"source_kind" "guess_source_kind",
	"source" text,
	"card_id" uuid,
	"partner_id" uuid,
	"actor_id" uuid
);
--> statement-breakpoint
CREATE TABLE "serial_failures" (
	"serial" text COLLATE "C" PRIMARY KEY,
	"failures" integer NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "failed_authentications_card_idx" ON "failed_authentications" ("card_id","id") WHERE "card_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "failed_authentications_number_idx" ON "failed_authentications" ("caller_number","id") WHERE "caller_number" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "guess_sources_counted_idx" ON "guess_sources" ("counted_at");--> statement-breakpoint
CREATE INDEX "partner_hours_hour_idx" ON "partner_hours" ("hour");--> statement-breakpoint
CREATE INDEX "proven_numbers_at_idx" ON "proven_numbers" ("proven_at");--> statement-breakpoint
CREATE UNIQUE INDEX "security_alerts_once_key" ON "security_alerts" ("kind","subject","window_start");--> statement-breakpoint
CREATE INDEX "security_alerts_kind_idx" ON "security_alerts" ("kind","id");--> statement-breakpoint
CREATE INDEX "serial_failures_since_idx" ON "serial_failures" ("since");--> statement-breakpoint
ALTER TABLE "proven_numbers" ADD CONSTRAINT "proven_numbers_card_id_cards_id_fkey" FOREIGN KEY ("card_id") REFERENCES "cards"("id");