import type { RuleContext } from '../decision.ts';
import type { NewEvent } from '../event.ts';
import type { Transfer } from '../transfer.ts';
import { available, type Card } from './card.ts';
import { cardEvent, movement } from './card-event.ts';

export interface Fee {
  readonly kind: 'FIRST_USE_FEE' | 'MAINTENANCE_FEE' | 'REPLACEMENT_FEE';
  /** Micro-units of the card's currency; null: the batch takes none. */
  readonly amount: bigint | null;
  /** For the statement. */
  readonly reason: string;
}

/** A card after a fee, with the movement and the event the fee made: neither when there was nothing to take. */
export interface Charged {
  readonly card: Card;
  readonly transfers: readonly Transfer[];
  readonly events: readonly NewEvent[];
}

/**
 * Takes a fee from a card into the operator's fees, as a movement and a version of its own. It takes at most what is
 * available, so it never brings a card below zero and never touches what is held for a call; what the card can't pay
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
    events: [cardEvent('FEE_CHARGED', after, at.actorId, { ...movement(transfer, -taken), reason })],
  };
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
