CREATE TABLE "card_list_rows" (
	"list_id" uuid,
	"number" integer,
	"card_id" uuid,
	"content" bytea NOT NULL,
	"key" text,
	CONSTRAINT "card_list_rows_pkey" PRIMARY KEY("list_id","number")
);
--> statement-breakpoint
CREATE TABLE "card_lists" (
	"id" uuid PRIMARY KEY,
	"key" text NOT NULL,
	"is_named" boolean NOT NULL,
	"content" bytea NOT NULL,
	"wording" bytea NOT NULL,
	"go" integer NOT NULL,
	"rows" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "card_list_rows_content_idx" ON "card_list_rows" ("content");--> statement-breakpoint
CREATE UNIQUE INDEX "card_lists_key" ON "card_lists" ("key");--> statement-breakpoint
CREATE INDEX "card_lists_content_idx" ON "card_lists" ("content");--> statement-breakpoint
CREATE INDEX "card_lists_wording_idx" ON "card_lists" ("wording");--> statement-breakpoint
ALTER TABLE "card_list_rows" ADD CONSTRAINT "card_list_rows_list_id_card_lists_id_fkey" FOREIGN KEY ("list_id") REFERENCES "card_lists"("id");