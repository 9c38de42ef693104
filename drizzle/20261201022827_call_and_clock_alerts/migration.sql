ALTER TYPE "security_alert_kind" ADD VALUE 'CALL_ID_REUSED';--> statement-breakpoint
ALTER TYPE "security_alert_kind" ADD VALUE 'CLOCK_JUMPED';