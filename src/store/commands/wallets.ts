import { topUpPartner } from '../../domain/top-up.ts';
import type { Command } from '../command.ts';
import { type Giver, type MoneyMoved, moneyMoved, once } from './once.ts';

export interface TopUpRequest {
  readonly partnerId: string;
  /** Micro-units. */
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly idempotencyKey: string;
}

export function topUpCommand(giver: Giver, request: TopUpRequest): Command<MoneyMoved> {
  const { partnerId, amount, currency, reason, idempotencyKey } = request;
  return {
    actorId: giver.actorId,
    needs: { partners: [partnerId] },
    once: once(giver, idempotencyKey, ['topUpPartner', partnerId, amount, currency, reason]),
    decide: (book, at) =>
      moneyMoved(topUpPartner({ wallet: book.partner(partnerId), amount, currency, reason }, at), at),
  };
}
