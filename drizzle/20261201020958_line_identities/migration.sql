ALTER TABLE "api_keys" ADD COLUMN "caller_number_form" text;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "dialed_number_form" text;--> statement-breakpoint
CREATE INDEX "cards_serial_spelling_idx" ON "cards" (upper(replace("serial", '-', ''))) WHERE "serial" <> upper(replace("serial", '-', ''));--> statement-breakpoint
-- One identity for the two spellings of a line: see src/domain/values/line.ts.
CREATE FUNCTION pg_temp.line_of("number" text) RETURNS text LANGUAGE sql IMMUTABLE RETURN CASE
  WHEN "number" ~ '^[+]549[0-9]{10}$' THEN '+54' || substr("number", 5)
  WHEN "number" ~ '^[+]521[0-9]{10}$' THEN '+52' || substr("number", 5)
  WHEN "number" ~ '^[+]390549[89][0-9]{5}$' THEN '+378' || substr("number", 4)
  ELSE "number" END;--> statement-breakpoint
-- If both spellings were bound, the binding that was made first stays.
DELETE FROM "number_bindings" AS "line" USING "number_bindings" AS "other"
WHERE "other"."number" ~ '^[+](549|521|390549)' AND "line"."number" = pg_temp.line_of("other"."number")
  AND "line"."number" <> "other"."number" AND "line"."created_at" > "other"."created_at";--> statement-breakpoint
DELETE FROM "number_bindings" AS "other" USING "number_bindings" AS "line"
WHERE "other"."number" ~ '^[+](549|521|390549)' AND "line"."number" = pg_temp.line_of("other"."number")
  AND "line"."number" <> "other"."number";--> statement-breakpoint
UPDATE "number_bindings" SET "number" = pg_temp.line_of("number")
WHERE "number" ~ '^[+](549|521|390549)' AND "number" <> pg_temp.line_of("number");--> statement-breakpoint
INSERT INTO "trusted_numbers" ("number", "card_id", "trusted_at")
SELECT pg_temp.line_of("number"), "card_id", max("trusted_at") FROM "trusted_numbers"
WHERE "number" ~ '^[+](549|521|390549)' AND "number" <> pg_temp.line_of("number") GROUP BY 1, 2
ON CONFLICT ("number", "card_id") DO NOTHING;--> statement-breakpoint
DELETE FROM "trusted_numbers" WHERE "number" ~ '^[+](549|521|390549)' AND "number" <> pg_temp.line_of("number");--> statement-breakpoint
DROP FUNCTION pg_temp.line_of(text);
