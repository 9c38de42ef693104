-- What was counted by the quarter of an hour becomes what there was by its end: of revenue since the first movement, of
-- recharges and usage since the day began, and each day gets a row of its last quarter, its total. Counted again it can't
-- be, since old calls may be gone.
UPDATE "ledger_counters" AS c SET "usage" = s."usage", "fees" = s."fees", "forfeited" = s."forfeited"
FROM (
  SELECT "currency", "quarter", sum("usage") OVER so_far AS "usage", sum("fees") OVER so_far AS "fees",
         sum("forfeited") OVER so_far AS "forfeited"
  FROM "ledger_counters" WINDOW so_far AS (PARTITION BY "currency" ORDER BY "quarter")
) AS s
WHERE (c."currency", c."quarter") = (s."currency", s."quarter");--> statement-breakpoint
INSERT INTO "recharge_counters" ("day", "partner_id", "currency", "quarter")
SELECT DISTINCT "day", "partner_id", "currency", 95 FROM "recharge_counters" ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "recharge_counters" AS c SET "recharges" = s."recharges", "amount" = s."amount", "discount" = s."discount",
  "reversals" = s."reversals", "reversed" = s."reversed", "discount_returned" = s."discount_returned"
FROM (
  SELECT "day", "partner_id", "currency", "quarter", sum("recharges") OVER so_far AS "recharges",
         sum("amount") OVER so_far AS "amount", sum("discount") OVER so_far AS "discount",
         sum("reversals") OVER so_far AS "reversals", sum("reversed") OVER so_far AS "reversed",
         sum("discount_returned") OVER so_far AS "discount_returned"
  FROM "recharge_counters" WINDOW so_far AS (PARTITION BY "day", "partner_id", "currency" ORDER BY "quarter")
) AS s
WHERE (c."day", c."partner_id", c."currency", c."quarter") = (s."day", s."partner_id", s."currency", s."quarter");--> statement-breakpoint
INSERT INTO "usage_counters" ("day", "destination", "rate_group_id", "partner_id", "quarter")
SELECT DISTINCT "day", "destination", "rate_group_id", "partner_id", 95 FROM "usage_counters" ON CONFLICT DO NOTHING;--> statement-breakpoint
UPDATE "usage_counters" AS c SET "calls" = s."calls", "answered" = s."answered", "seconds" = s."seconds",
  "charge" = s."charge"
FROM (
  SELECT "day", "destination", "rate_group_id", "partner_id", "quarter", sum("calls") OVER so_far AS "calls",
         sum("answered") OVER so_far AS "answered", sum("seconds") OVER so_far AS "seconds",
         sum("charge") OVER so_far AS "charge"
  FROM "usage_counters"
  WINDOW so_far AS (PARTITION BY "day", "destination", "rate_group_id", "partner_id" ORDER BY "quarter")
) AS s
WHERE (c."day", c."destination", c."rate_group_id", c."partner_id", c."quarter")
  = (s."day", s."destination", s."rate_group_id", s."partner_id", s."quarter");
