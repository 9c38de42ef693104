ALTER TYPE "transfer_kind" ADD VALUE 'FORFEITURE_REVERSAL';--> statement-breakpoint
CREATE TABLE "clock_marks" (
	"id" integer PRIMARY KEY,
	"trusted_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone
);
