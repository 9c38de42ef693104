import type { RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import type { Transfer } from '../transfer.ts';
import { available, type Card } from './card.ts';
import { cardEvent, transferDetails } from './card-event.ts';

export interface Fee {
  readonly kind: 'FIRST_USE_FEE' | 'MAINTENANCE_FEE' | 'REPLACEMENT_FEE';
  /** Micro-units of the card's currency; null: the batch has no such fee. */
  readonly amount: bigint | null;
  /** For the statement. */
  readonly reason: string;
}

/** A card after a fee, with the transfer and the event of the fee: neither when there was nothing to take. */
export interface Charged {
  readonly card: Card;
  readonly transfers: readonly Transfer[];
  readonly events: readonly NewEvent[];
}

/**
 * Moves a fee from a card to the operator's fees, with a transfer and a new version of the card. It takes at most what
 * is available, so it never takes a card below zero and never touches what is held for a call; what the card can't pay
 * is not owed later.
 */
export function chargeFee(card: Card, { kind, amount, reason }: Fee, at: RuleContext): Charged {
  const taken = least(amount ?? 0n, available(card));
  if (taken <= 0n) return { card, transfers: [], events: [] };

  const { currency } = card;
  const after: Card = { ...card, balance: card.balance - taken, version: card.version + 1 };
  const transfer: Transfer = {
    id: at.newId(),
    kind,
    debit: { card: after },
    credit: { operator: { kind: 'FEES', currency } },
    amount: taken,
    currency,
    reason,
  };
  return {
    card: after,
    transfers: [transfer],
    events: [cardEvent('FEE_CHARGED', after, at.actorId, { ...transferDetails(transfer, -taken), reason })],
  };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
