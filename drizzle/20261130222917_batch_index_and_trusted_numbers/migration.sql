ALTER TABLE "cards" RENAME COLUMN "place" TO "batch_index";--> statement-breakpoint
-- Its predicate follows the column: drizzle-kit would have made it anew, which takes minutes on a large table.
ALTER INDEX "cards_place_key" RENAME TO "cards_batch_index_key";--> statement-breakpoint
ALTER TABLE "proven_numbers" RENAME TO "trusted_numbers";--> statement-breakpoint
ALTER TABLE "trusted_numbers" RENAME COLUMN "proven_at" TO "trusted_at";--> statement-breakpoint
ALTER TABLE "trusted_numbers" RENAME CONSTRAINT "proven_numbers_pkey" TO "trusted_numbers_pkey";--> statement-breakpoint
ALTER TABLE "trusted_numbers" RENAME CONSTRAINT "proven_numbers_card_id_cards_id_fkey" TO "trusted_numbers_card_id_cards_id_fkey";--> statement-breakpoint
ALTER INDEX "proven_numbers_at_idx" RENAME TO "trusted_numbers_at_idx";
