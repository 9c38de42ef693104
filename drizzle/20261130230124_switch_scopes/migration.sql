ALTER TABLE "calls" ADD COLUMN "call_scope" text DEFAULT 'group:default' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "switch_group" text;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "call_scope" text;--> statement-breakpoint
DROP INDEX "calls_switch_call_id_key";--> statement-breakpoint
CREATE UNIQUE INDEX "calls_switch_call_id_key" ON "calls" ("call_scope","switch_call_id");--> statement-breakpoint
CREATE INDEX "calls_switch_call_id_idx" ON "calls" ("switch_call_id");--> statement-breakpoint
-- Keys that there are go on sharing their calls, those in progress too: as one group, which their operator sees.
UPDATE "api_keys" SET "switch_group" = 'default' WHERE "role" = 'SWITCH';--> statement-breakpoint
UPDATE "api_keys" SET "call_scope" = 'group:default' WHERE "role" IN ('SWITCH', 'ADMINISTRATOR');
