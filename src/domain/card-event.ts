import type { Card } from './card.ts';
import type { EventType, NewEvent } from './event.ts';
import { formatMicros } from './money.ts';
import type { Transfer } from './transfer.ts';

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
      card: {
        serial: card.serial,
        currency: card.currency,
        balance: formatMicros(card.balance),
        held: formatMicros(card.held),
        version: card.version,
        status: card.status,
        validUntil: card.validUntil?.toISOString() ?? null,
        graceUntil: card.graceUntil?.toISOString() ?? null,
        lockReason: card.lockReason,
        unlockAt: card.unlockAt?.toISOString() ?? null,
      },
      ...(transfer && { transferId: transfer.id, kind: transfer.kind }),
      ...(change !== undefined && { change: formatMicros(change) }),
      ...more,
    },
  };
}
