import type { Card } from '../../domain/cards/card.ts';
import type { RuleContext } from '../../domain/decision.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { PostedTransfer, Side, Transfer } from '../../domain/transfer.ts';
import { ledgerAccountId } from './ledger-accounts.ts';

/** A transfer as it will be read back, made from a rule's decision. */
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

function cardOf({ debit, credit }: Transfer): Card | undefined {
  if ('card' in debit) return debit.card;
  return 'card' in credit ? credit.card : undefined;
}

function walletOf({ debit, credit }: Transfer): Partner | undefined {
  if ('wallet' in debit) return debit.wallet;
  return 'wallet' in credit ? credit.wallet : undefined;
}

/** The id of a side's account. */
function accountOf(side: Side): string {
  if ('card' in side) return side.card.id;
  if ('wallet' in side) return side.wallet.id;
  return ledgerAccountId(side.operator);
}
