import type { Card } from '../cards/card.ts';
import { cardEvent } from '../cards/card-event.ts';
import type { EventType, NewEvent } from '../event.ts';
import type { Transfer } from '../transfer.ts';
import { formatMicros } from '../values/money.ts';
import type { Call } from './call.ts';

/**
 * An event about a call, with call and card as they are after it. Of the numbers only the destination is told.
 *
 * @param details.late set when the call was no longer in progress: its end was told before
 */
export function callEvent(
  type: EventType,
  call: Call,
  card: Card,
  actorId: string,
  details: { transfer?: Transfer; change?: bigint; late?: true } = {},
): NewEvent {
  return cardEvent(type, card, actorId, {
    ...details,
    call: {
      id: call.id,
      switchCallId: call.switchCallId,
      state: call.state,
      destination: call.rating?.destination ?? null,
      refusal: call.refusal,
      grantedSeconds: call.granted.seconds,
      limit: call.granted.limit,
      usedSeconds: call.usedSeconds,
      charge: formatMicros(call.charge + call.surchargePosted),
    },
  });
}
