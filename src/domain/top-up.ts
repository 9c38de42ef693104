import type { Circumstances, Decision } from './decision.ts';
import { formatMicros } from './money.ts';
import type { Partner } from './partner.ts';
import type { MovedMoney } from './recharge.ts';
import { InvalidAmount } from './rejections/input.ts';
import { CurrencyMismatch } from './rejections/recharges.ts';
import type { Transfer } from './transfer.ts';

export interface TopUp {
  readonly wallet: Partner;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string | null;
}

/** Puts money the operator received into a partner's wallet. */
export function topUpPartner(
  { wallet, amount, currency, reason }: TopUp,
  at: Circumstances,
): Decision<MovedMoney> {
  if (amount <= 0n) throw new InvalidAmount({ amount: formatMicros(amount) });
  if (currency !== wallet.currency)
    throw new CurrencyMismatch({ expected: wallet.currency, given: currency });

  const after: Partner = { ...wallet, balance: wallet.balance + amount, version: wallet.version + 1 };
  const transfer: Transfer = {
    id: at.newId(),
    kind: 'TOP_UP',
    debit: { operator: { kind: 'CASH', currency } },
    credit: { wallet: after },
    amount,
    currency,
    ...(reason !== null && { reason }),
  };
  return {
    outcome: { transfer },
    partners: [after],
    transfers: [transfer],
    events: [
      {
        type: 'PARTNER_TOPPED_UP',
        actorId: at.actorId,
        partnerId: after.id,
        payload: {
          transferId: transfer.id,
          change: formatMicros(amount),
          walletBalance: formatMicros(after.balance),
          currency,
        },
      },
    ],
  };
}
