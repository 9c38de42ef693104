CREATE TYPE "card_import_state" AS ENUM('PENDING', 'CHECKING', 'WRITING', 'DONE', 'REFUSED', 'FAILED');--> statement-breakpoint
ALTER TYPE "file_link_purpose" ADD VALUE 'UPLOAD_CARDS';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'OPENING';--> statement-breakpoint
CREATE TABLE "imported_pin_formats" (
	"batch_id" uuid,
	"length" integer,
	"alphabet" text,
	"cards" integer NOT NULL,
	CONSTRAINT "imported_pin_formats_pkey" PRIMARY KEY("batch_id","length","alphabet")
);
--> statement-breakpoint
CREATE TABLE "card_import_problems" (
	"import_id" uuid,
	"number" integer,
	"line" integer NOT NULL,
	"column_name" text,
	"code" text NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "card_import_problems_pkey" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE TABLE "card_imports" (
	"id" uuid PRIMARY KEY,
	"idempotency_key" text NOT NULL,
	"fingerprint" bytea NOT NULL,
	"state" "card_import_state" DEFAULT 'PENDING'::"card_import_state" NOT NULL,
	"upload_id" uuid,
	"order" jsonb NOT NULL,
	"size" bigint NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"problem_count" integer DEFAULT 0 NOT NULL,
	"batch_id" uuid,
	"failure" text,
	"claimed_by" uuid,
	"claimed_until" timestamp with time zone,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "card_batches" ADD COLUMN "is_imported" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "place" integer;--> statement-breakpoint
ALTER TABLE "cards" ADD COLUMN "face_value" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "cards_place_key" ON "cards" ("batch_id","place") WHERE "place" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "card_imports_key" ON "card_imports" ("idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "card_imports_upload_key" ON "card_imports" ("upload_id") WHERE "upload_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "card_imports_unfinished_idx" ON "card_imports" ("id") WHERE "state" IN ('PENDING', 'CHECKING', 'WRITING');--> statement-breakpoint
ALTER TABLE "imported_pin_formats" ADD CONSTRAINT "imported_pin_formats_batch_id_card_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "card_batches"("id");--> statement-breakpoint
ALTER TABLE "card_import_problems" ADD CONSTRAINT "card_import_problems_import_id_card_imports_id_fkey" FOREIGN KEY ("import_id") REFERENCES "card_imports"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "card_imports" ADD CONSTRAINT "card_imports_batch_id_card_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "card_batches"("id");--> statement-breakpoint
ALTER TABLE "cards" ADD CONSTRAINT "cards_face_value_not_negative" CHECK ("face_value" >= 0);