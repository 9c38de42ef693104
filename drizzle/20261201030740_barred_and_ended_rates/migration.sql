ALTER TABLE "rates" ADD COLUMN "effective_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "rates" ADD COLUMN "barred" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rates" ADD CONSTRAINT "rates_ends_later" CHECK ("effective_to" > "effective_from");