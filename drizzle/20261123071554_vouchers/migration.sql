ALTER TYPE "card_type" ADD VALUE 'VOUCHER';--> statement-breakpoint
ALTER TYPE "transfer_kind" ADD VALUE 'VOUCHER';