import { z } from 'zod';
import type { Card } from '../cards/card.ts';
import { aboutCard, mayHaveMoved, ofCard } from '../cards/card-event.ts';
import { formatMicros } from '../values/money.ts';
import { amount, count, text, word } from '../values/payload-fields.ts';
import type { Call, CallRefusalReason, CallState, GrantLimit } from './call.ts';

/** The call and its card as they are after the event. Of the numbers, it has only the destination. */
const ofCall = {
  ...ofCard,
  call: z.object({
    id: text,
    switchCallId: text,
    state: word<CallState>(),
    destination: text.nullable(),
    refusal: word<CallRefusalReason>().nullable(),
    grantedSeconds: count,
    limit: word<GrantLimit>(),
    usedSeconds: count,
    charge: amount,
  }),
};

/** `late`: the call was no longer in progress, and an earlier event reported its end. */
const end = z.object({ ...ofCall, ...mayHaveMoved, late: z.literal(true).optional() });

export const CALL_PAYLOADS = {
  CALL_AUTHORIZED: z.object(ofCall),
  CALL_REFUSED: z.object(ofCall),
  CALL_EXTENDED: z.object(ofCall),
  CALL_COMPLETED: end,
  CALL_CANCELLED: end,
  CALL_ABANDONED: end,
  CALL_TERMINATING: z.object(ofCall),
};

type CallEventType = keyof typeof CALL_PAYLOADS;
type Details<Type extends CallEventType> = Omit<z.input<(typeof CALL_PAYLOADS)[Type]>, keyof typeof ofCall>;

/** An event about a call, with call and card as they are after the event. */
export function callEvent<Type extends CallEventType>(
  type: Type,
  call: Call,
  card: Card,
  actorId: string,
  details: Details<Type>,
) {
  const payload = {
    id: call.id,
    switchCallId: call.switchCallId,
    state: call.state,
    destination: call.rating?.destination ?? null,
    refusal: call.refusal,
    grantedSeconds: call.granted.seconds,
    limit: call.granted.limit,
    usedSeconds: call.usedSeconds,
    charge: formatMicros(call.charge + call.surchargePosted),
  };
  return { type, ...aboutCard(card, actorId, { ...details, call: payload }) };
}
