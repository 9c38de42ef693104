import type { PostedTransfer, Transfer } from '../domain/transfer.ts';
import { cardOf, walletOf } from './write-out.ts';

/** A movement as it will be read back, from what a rule decided. */
export function asPosted(transfer: Transfer, createdAt: Date): PostedTransfer {
  const card = cardOf(transfer);
  const wallet = walletOf(transfer);
  return {
    id: transfer.id,
    kind: transfer.kind,
    amount: transfer.amount,
    currency: transfer.currency,
    cardId: card?.id ?? null,
    cardVersion: card?.version ?? null,
    cardBalanceAfter: card?.balance ?? null,
    partnerId: wallet?.id ?? null,
    walletBalanceAfter: wallet?.balance ?? null,
    reversesId: transfer.reversesId ?? null,
    validUntilBefore: transfer.validUntilBefore ?? null,
    validUntilAfter: transfer.validUntilAfter ?? null,
    reason: transfer.reason ?? null,
    createdAt,
  };
}
