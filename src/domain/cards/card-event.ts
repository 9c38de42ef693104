import type { EventType, NewEvent } from '../event.ts';
import type { Transfer } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import type { Card, CardStatus, LockReason } from './card.ts';

/** A card as events tell it, at one version. A range of cards is told as one, so the serial stands apart. */
export interface CardSnapshot {
  readonly currency: string;
  readonly balance: string;
  readonly held: string;
  readonly version: number;
  readonly status: CardStatus;
  /** ISO 8601, as all instants. */
  readonly validUntil: string | null;
  readonly graceUntil: string | null;
  readonly lockReason: LockReason | null;
  readonly unlockAt: string | null;
}

export function snapshotOfCard(card: Card): CardSnapshot {
  return {
    currency: card.currency,
    balance: formatMicros(card.balance),
    held: formatMicros(card.held),
    version: card.version,
    status: card.status,
    validUntil: card.validUntil?.toISOString() ?? null,
    graceUntil: card.graceUntil?.toISOString() ?? null,
    lockReason: card.lockReason,
    unlockAt: card.unlockAt?.toISOString() ?? null,
  };
}

/** An event about one card, with the card as it is after the change. */
export function cardEvent(
  type: EventType,
  card: Card,
  actorId: string,
  details: { transfer?: Transfer; change?: bigint; [more: string]: unknown } = {},
): NewEvent {
  const { transfer, change, ...more } = details;
  return {
    type,
    actorId,
    cardId: card.id,
    batchId: card.batchId,
    ...(card.partnerId !== null && { partnerId: card.partnerId }),
    payload: {
      card: { serial: card.serial, ...snapshotOfCard(card) },
      ...(transfer && { transferId: transfer.id, kind: transfer.kind }),
      ...(change !== undefined && { change: formatMicros(change) }),
      ...more,
    },
  };
}
