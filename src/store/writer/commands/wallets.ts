import { topUpPartner, withdrawFromPartner } from '../../../domain/money/top-up.ts';
import type { Command } from '../command.ts';
import { type Actor, givenBy, type MoneyMoved, moneyMoved, once } from './once.ts';

interface WalletRequest {
  readonly partnerId: string;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

const CHANGES = { topUpPartner, withdrawFromPartner };

/** Moves money into or out of a partner's wallet; the other side is the actor's own wallet, or the operator's cash. */
export function walletCommand(
  change: keyof typeof CHANGES,
  actor: Actor,
  request: WalletRequest,
): Command<MoneyMoved> {
  const { partnerId, amount, currency, reason, idempotencyKey } = request;
  const otherId = actor.partnerId;
  return {
    ...givenBy(actor),
    needs: { partners: otherId === null ? [partnerId] : [partnerId, otherId] },
    once: once(actor, idempotencyKey, [change, partnerId, amount, currency, reason]),
    decide(state, at) {
      const other = otherId === null ? null : state.partner(otherId);
      const wallet = state.partner(partnerId);
      return moneyMoved(CHANGES[change]({ wallet, other, amount, currency, reason }, at), at);
    },
  };
}
