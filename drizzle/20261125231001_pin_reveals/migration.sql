ALTER TYPE "security_alert_kind" ADD VALUE 'PIN_REVEAL';--> statement-breakpoint
CREATE TABLE "pin_reveals" (
	"id" uuid PRIMARY KEY,
	"card_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"revealed_at" timestamp with time zone,
	CONSTRAINT "pin_reveals_two_people" CHECK ("approved_by" <> "requested_by")
);
--> statement-breakpoint
CREATE INDEX "pin_reveals_requested_idx" ON "pin_reveals" ("requested_at");--> statement-breakpoint
ALTER TABLE "pin_reveals" ADD CONSTRAINT "pin_reveals_card_id_cards_id_fkey" FOREIGN KEY ("card_id") REFERENCES "cards"("id");