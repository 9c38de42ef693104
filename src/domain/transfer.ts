import type { Card } from './cards/card.ts';
import type { LedgerAccount } from './ledger-account.ts';
import type { Partner } from './partners/partner.ts';

export const TRANSFER_KINDS = [
  'ISSUE',
  'RECHARGE',
  'REVERSAL',
  'ADJUSTMENT',
  'TOP_UP',
  'FORFEITURE',
  'CALL',
  'CALL_SURCHARGE',
  'CALL_REFUND',
  'VOUCHER',
  'FIRST_USE_FEE',
  'MAINTENANCE_FEE',
  'REPLACEMENT_FEE',
  'REPLACEMENT',
  'DISCOUNT',
  'DISCOUNT_REVERSAL',
  'WALLET_TRANSFER',
  'WITHDRAWAL',
  'OPENING',
  'FORFEITURE_REVERSAL',
] as const;

export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** One side of a transfer: a card or a wallet as it is *after* the transfer, or one of the operator's accounts. */
export type Side = { card: Card } | { wallet: Partner } | { operator: LedgerAccount };

/** One transfer of money, in one row: from the debit side to the credit side. */
export interface Transfer {
  readonly id: string;
  readonly kind: TransferKind;
  readonly debit: Side;
  readonly credit: Side;
  /** Micro-units, always positive. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reversesId?: string;
  /** The part of a recharge that the operator paid, micro-units. */
  readonly discount?: bigint;
  /** The call it was posted for. */
  readonly callId?: string;
  readonly validUntilBefore?: Date | null;
  readonly validUntilAfter?: Date | null;
  readonly reason?: string;
}

/** A stored transfer, as read back. */
export interface PostedTransfer {
  readonly id: string;
  readonly kind: TransferKind;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly cardId: string | null;
  readonly cardVersion: number | null;
  readonly cardBalanceAfter: bigint | null;
  readonly partnerId: string | null;
  readonly partnerVersion: number | null;
  readonly walletBalanceAfter: bigint | null;
  readonly reversesId: string | null;
  readonly discount: bigint;
  readonly callId: string | null;
  readonly validUntilBefore: Date | null;
  readonly validUntilAfter: Date | null;
  readonly reason: string | null;
  readonly actorId: string;
  readonly createdAt: Date;
}
