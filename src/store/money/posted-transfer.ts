import type { RuleContext } from '../../domain/decision.ts';
import type { PostedTransfer, Transfer } from '../../domain/transfer.ts';
import { accountOf, cardOf, walletOf } from '../writer/write-out.ts';

/** A movement as it will be read back, from what a rule decided. */
export function asPosted(
  transfer: Transfer,
  { now, actorId }: Pick<RuleContext, 'now' | 'actorId'>,
): PostedTransfer {
  const card = cardOf(transfer);
  const wallet = walletOf(transfer);
  return {
    id: transfer.id,
    kind: transfer.kind,
    debitAccount: accountOf(transfer.debit),
    creditAccount: accountOf(transfer.credit),
    amount: transfer.amount,
    currency: transfer.currency,
    cardId: card?.id ?? null,
    cardVersion: card?.version ?? null,
    cardBalanceAfter: card?.balance ?? null,
    partnerId: wallet?.id ?? null,
    partnerVersion: wallet?.version ?? null,
    walletBalanceAfter: wallet?.balance ?? null,
    reversesId: transfer.reversesId ?? null,
    discount: transfer.discount ?? 0n,
    callId: transfer.callId ?? null,
    validUntilBefore: transfer.validUntilBefore ?? null,
    validUntilAfter: transfer.validUntilAfter ?? null,
    reason: transfer.reason ?? null,
    actorId,
    createdAt: now,
  };
}
