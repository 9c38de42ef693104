-- When cards were closed that were closed before it was noted: by the movement that emptied them, else at the end of
-- their grace, which is when a card that was empty already is closed.
UPDATE "cards" SET "closed_at" = coalesce(
  (SELECT t."created_at" FROM "transfers" t
   WHERE t."card_id" = "cards"."id" AND t."kind" IN ('FORFEITURE', 'VOUCHER')
     AND t."debit_account" = "cards"."id" ORDER BY t."card_version" DESC LIMIT 1),
  least("grace_until", now()), now())
WHERE "status" = 'CLOSED';
