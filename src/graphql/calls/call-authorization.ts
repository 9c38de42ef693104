import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { answerTo } from '../../domain/calls/call.ts';
import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as calls from '../../domain/rejections/calls.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { boundedText } from '../../domain/values/text.ts';
import { readCredentials, SerialAndPin } from '../cards/card-authentication.ts';
import { CALLER_NUMBER, keyedAttempt } from '../cards/pin-attempt.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { boundedSeconds, callPayload } from './call-payload.ts';

/** How long a switch's id of a call may be: SIP Call-IDs are rarely longer than a hundred characters. */
export const MAX_CALL_ID = 255;

const CallCredentials = builder.inputType('CallCredentials', {
  description: 'Whose call it is: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    token: t.string({ description: 'The token that authenticateCard gave.' }),
    pin: t.string({ description: 'The PIN alone, spaces and dashes allowed.' }),
    serialAndPin: t.field({ type: SerialAndPin, description: 'The serial and the PIN.' }),
    ani: t.field({ type: 'PhoneNumber', description: "The caller's number, bound to a card." }),
  }),
});

const AuthorizeCallInput = builder.inputType('AuthorizeCallInput', {
  description: 'A call to be allowed.',
  fields: (t) => ({
    switchCallId: t.id({
      required: true,
      description:
        "The switch's own id of the call, unique among all your switches for ever, such as a SIP Call-ID. Sent again it gets the same answer. Up to 255 characters.",
    }),
    by: t.field({ type: CallCredentials, required: true, description: 'Whose call it is.' }),
    number: t.field({
      type: 'PhoneNumber',
      required: true,
      description: "The dialled number, as dialled: a national one is read in the access number's country.",
    }),
    accessNumber: t.field({
      type: 'PhoneNumber',
      description: 'The number the caller dialled to reach you, with its country code.',
    }),
    callerNumber: t.field({ type: 'PhoneNumber', description: CALLER_NUMBER }),
    country: t.string({
      description:
        "ISO 3166-1 alpha-2 code of the country whose plan national numbers are in. Left out: the access number's, else the server's.",
    }),
    requestedSeconds: t.int({
      description: "How many seconds you want, 1 to 86,400. Left out: the rate group's slice.",
    }),
  }),
});

const AuthorizeCallPayload = callPayload(
  'AuthorizeCallPayload',
  'The call may be made. Tell the caller the balance and the minutes before you put it through.',
);

builder.mutationField('authorizeCall', (t) =>
  t.field({
    type: AuthorizeCallPayload,
    description:
      'Asks whether a call may be made and how long: rates it by the longest prefix, fixes its price, grants a slice and holds what that costs. Then report with extendCall, completeCall or cancelCall.',
    errors: {
      types: [
        calls.CallRefused,
        cards.AuthenticationRefused,
        bindings.InvalidPhoneNumber,
        input.InvalidInput,
        calls.CallIdReused,
        recharges.Overloaded,
      ],
      union: { name: 'AuthorizeCallResult', description: 'The grant, or why the call may not be made.' },
    },
    args: { input: t.arg({ type: AuthorizeCallInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: asked }, context) => {
      const switchCallId = boundedText('switchCallId', asked.switchCallId, MAX_CALL_ID);
      const accessNumber = asked.accessNumber ? normalisePhoneNumber(asked.accessNumber, null) : null;
      const country = asked.country ?? countryOf(accessNumber) ?? context.defaultCountry;
      const { token, ...credentials } = asked.by;
      const outcome = await context.calls.authorize(actorOf(context.viewer), {
        switchCallId,
        by: token ? { token } : readCredentials(credentials, country, context),
        attempt: keyedAttempt('AUTHORIZE_CALL', { ...asked, country }, context),
        number: normalisePhoneNumber(asked.number, country),
        accessNumber,
        requestedSeconds: boundedSeconds('requestedSeconds', asked.requestedSeconds, 1),
      });
      return allowed(outcome);
    },
  }),
);

/** @throws CallRefused */
function allowed(outcome: CallOutcome): CallOutcome {
  const { refusal, switchCallId } = outcome.call;
  if (refusal !== null) throw new calls.CallRefused({ reason: refusal, switchCallId });
  return {
    ...outcome,
    call: { ...outcome.call, granted: answerTo(outcome.call, 0) ?? outcome.call.granted },
  };
}

function countryOf(number: string | null): string | undefined {
  return number === null ? undefined : parsePhoneNumberFromString(number)?.country;
}
