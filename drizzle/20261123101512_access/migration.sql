ALTER TYPE "api_key_role" ADD VALUE 'SUPPORT' BEFORE 'PARTNER';--> statement-breakpoint
ALTER TYPE "api_key_role" ADD VALUE 'AUDITOR' BEFORE 'PARTNER';--> statement-breakpoint
CREATE TABLE "api_key_uses" (
	"api_key_id" uuid,
	"network" text,
	"address" text NOT NULL,
	"first_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_key_uses_pkey" PRIMARY KEY("api_key_id","network")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "scopes" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "networks" text[];--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "rotated_from_id" uuid;--> statement-breakpoint
ALTER TABLE "api_key_uses" ADD CONSTRAINT "api_key_uses_api_key_id_api_keys_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id");