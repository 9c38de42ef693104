import type { Decision, RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import type { Partner } from '../partners/partner.ts';
import { countRecharge } from '../partners/recharged-today.ts';
import { CurrencyMismatch, InvalidAmount } from '../rejections/input.ts';
import { InsufficientFunds } from '../rejections/recharges.ts';
import type { Transfer, TransferKind } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import type { MovedMoney } from './recharge.ts';
import { moved, refuseBeyondDay, refuseUnpaid } from './wallet.ts';

interface TopUp {
  readonly wallet: Partner;
  /** The partner above, whose wallet is the other side; null: the operator's cash is. */
  readonly other: Partner | null;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string | null;
}

/**
 * Puts money into a partner's wallet: money the operator received, or out of the wallet of a partner above. Between two
 * wallets there are two transfers, one on each statement, through a clearing account.
 */
export function topUpPartner({ other, ...command }: TopUp, at: RuleContext): Decision<MovedMoney> {
  const { wallet, amount, currency } = command;
  refuseMisfit(command);
  if (!other) {
    const after = moved(wallet, amount);
    return posted([walletTransfer('TOP_UP', null, after, command, at)], [after], at);
  }
  if (other.currency !== currency) throw new CurrencyMismatch({ expected: other.currency, given: currency });
  refuseBeyondDay(other, amount, at.now);
  refuseUnpaid(other, amount);
  return between({ from: countRecharge(other, amount, at.now), to: wallet, shown: 'to' }, command, at);
}

/** Takes money out of a partner's wallet: paid out by the operator, or into the wallet of a partner above. */
export function withdrawFromPartner({ other, ...command }: TopUp, at: RuleContext): Decision<MovedMoney> {
  const { wallet, amount, currency } = command;
  refuseMisfit(command);
  // Credit is for recharges only, so it can't be withdrawn.
  if (wallet.balance < amount) {
    throw new InsufficientFunds({ available: formatMicros(wallet.balance), currency });
  }
  if (!other) {
    const after = moved(wallet, -amount);
    return posted([walletTransfer('WITHDRAWAL', after, null, command, at)], [after], at);
  }
  if (other.currency !== currency) throw new CurrencyMismatch({ expected: other.currency, given: currency });
  return between({ from: wallet, to: other, shown: 'from' }, command, at);
}

type Command = Omit<TopUp, 'other'>;

function refuseMisfit({ wallet, amount, currency }: Command): void {
  if (amount <= 0n) throw new InvalidAmount({ amount: formatMicros(amount) });
  if (currency !== wallet.currency)
    throw new CurrencyMismatch({ expected: wallet.currency, given: currency });
}

function between(
  { from, to, shown }: { from: Partner; to: Partner; shown: 'from' | 'to' },
  command: Command,
  at: RuleContext,
): Decision<MovedMoney> {
  const [paying, paid] = [moved(from, -command.amount), moved(to, command.amount)];
  const transfers = [
    walletTransfer('WALLET_TRANSFER', paying, null, command, at),
    walletTransfer('WALLET_TRANSFER', null, paid, command, at),
  ];
  const decision = posted(transfers, [paying, paid], at);
  const transfer = transfers[shown === 'from' ? 0 : 1];
  return transfer ? { ...decision, outcome: { transfer } } : decision;
}

/**
 * A transfer between a wallet, as it is afterwards, and the operator's account that belongs to the kind of transfer.
 */
function walletTransfer(
  kind: TransferKind,
  from: Partner | null,
  to: Partner | null,
  { amount, currency, reason }: Command,
  at: RuleContext,
): Transfer {
  const operator = { kind: kind === 'WALLET_TRANSFER' ? ('WALLETS' as const) : ('CASH' as const), currency };
  return {
    id: at.newId(),
    kind,
    debit: from ? { wallet: from } : { operator },
    credit: to ? { wallet: to } : { operator },
    amount,
    currency,
    ...(reason !== null && { reason }),
  };
}

function posted(
  transfers: readonly Transfer[],
  partners: readonly Partner[],
  at: RuleContext,
): Decision<MovedMoney> {
  const [transfer] = transfers;
  if (!transfer) throw new Error('No transfer was made.');
  return {
    outcome: { transfer },
    partners,
    transfers,
    events: transfers.map((each) => walletEvent(each, at)),
  };
}

function walletEvent({ id, debit, credit, amount, currency }: Transfer, at: RuleContext): NewEvent {
  const wallet = 'wallet' in debit ? debit.wallet : 'wallet' in credit ? credit.wallet : undefined;
  const isPayout = 'wallet' in debit;
  return {
    type: isPayout ? 'PARTNER_PAID' : 'PARTNER_TOPPED_UP',
    actorId: at.actorId,
    ...(wallet && { partnerId: wallet.id }),
    payload: {
      transferId: id,
      change: formatMicros(isPayout ? -amount : amount),
      walletBalance: formatMicros(wallet?.balance ?? 0n),
      currency,
    },
  };
}
