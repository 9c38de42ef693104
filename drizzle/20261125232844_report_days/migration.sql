DROP INDEX "usage_counters_partner_idx";--> statement-breakpoint
CREATE INDEX "usage_counters_partner_idx" ON "usage_counters" ("partner_id","day","destination","rate_group_id") WHERE "quarter" = 95;--> statement-breakpoint
CREATE INDEX "recharge_counters_day_idx" ON "recharge_counters" ("day","partner_id","currency") WHERE "quarter" = 95;--> statement-breakpoint
CREATE INDEX "usage_counters_day_idx" ON "usage_counters" ("day","destination","rate_group_id","partner_id") WHERE "quarter" = 95;