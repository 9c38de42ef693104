import { type Call, type Grant, isFinal } from '../../domain/calls/call.ts';
import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import { endOf } from '../../domain/calls/call-repetition.ts';
import { available } from '../../domain/cards/card.ts';
import * as calls from '../../domain/rejections/calls.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import { identifier } from '../../domain/values/text.ts';
import { callRow } from '../../store/writer/call-rows.ts';
import { builder } from '../core/builder.ts';
import { registerRejection } from '../core/errors.ts';
import { Money } from '../core/money.ts';
import { Call as CallType, GrantLimitEnum } from './calls.ts';

const MAX_GRANT_SECONDS = 86_400;

export const SWITCH_CALL_ID = "The switch's own id for the call.";

registerRejection(calls.CallRefused, 'The call was refused.', {
  switchCallId: SWITCH_CALL_ID,
  reason: 'The reason, a CallRefusalReason.',
});
registerRejection(calls.CallIdReused, 'The switch already used this call id for another call.', {
  switchCallId: SWITCH_CALL_ID,
  authorizedAt: 'When that other call was requested, in ISO 8601.',
  hasEnded: { type: 'Boolean', description: 'Whether that other call has ended.' },
});
registerRejection(calls.CallEnded, 'The call already ended in a different way.', {
  switchCallId: SWITCH_CALL_ID,
  state: 'The final state, a CallState.',
});

/** Why the end of a call is refused. */
export const END_ERRORS = [input.NotFound, input.InvalidInput, calls.CallEnded, commands.Overloaded];

const CallGrant = builder.objectRef<Grant>('CallGrant').implement({
  description: 'The time granted to a call.',
  fields: (t) => ({
    seconds: t.exposeInt('seconds', {
      description: 'The total duration in seconds, counted from the answer.',
    }),
    limit: t.expose('limit', { type: GrantLimitEnum, description: 'What limits the grant.' }),
    final: t.boolean({
      description:
        'Whether the call must end after these seconds. If false, request more with extendCall before then.',
      resolve: isFinal,
    }),
  }),
});

/**
 * The payload of the operations on a call: the call, its grant and the card's money immediately after the operation.
 */
export function callPayload(name: string, description: string) {
  return builder.objectRef<CallOutcome>(name).implement({
    description,
    fields: (t) => ({
      call: t.field({ type: CallType, description: 'The call.', resolve: ({ call }) => callRow(call) }),
      grant: t.field({
        type: CallGrant,
        description: 'The time granted to the call. Its limit is ENDED when the call has ended.',
        resolve: ({ call }) => grantOf(call),
      }),
      balance: t.field({
        type: Money,
        description: 'The spendable amount: the balance minus the amounts held for calls.',
        resolve: ({ card }) => ({ micros: available(card), currency: card.currency }),
      }),
    }),
  });
}

/** The grant to report: what was granted to a call that has ended is no permission any more. */
function grantOf(call: Call): Grant {
  return call.state === 'AUTHORIZED' || call.granted.limit === 'ENDED' ? call.granted : endOf(call);
}

/**
 * A call id of up to 255 characters, as it is: SIP Call-IDs are rarely longer than a hundred. @throws InvalidInput
 */
export const readSwitchCallId = (id: string): string => identifier('switchCallId', id);

/** @throws InvalidInput */
export function boundedSeconds(
  field: string,
  seconds: number | null | undefined,
  least: number,
): number | null {
  if (seconds === null || seconds === undefined) return null;
  if (seconds >= least && seconds <= MAX_GRANT_SECONDS) return seconds;
  throw new input.InvalidInput({ field, problem: `must be ${least} to ${MAX_GRANT_SECONDS} seconds.` });
}
