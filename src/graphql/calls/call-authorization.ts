import type { CallOutcome } from '../../domain/calls/call-authorization.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as calls from '../../domain/rejections/calls.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import { readPhoneNumber } from '../../domain/values/phone-number.ts';
import { readCredentials, SerialAndPin } from '../cards/card-authentication.ts';
import {
  ACCESS_NUMBER,
  aniReading,
  CALLER_NUMBER,
  NUMBER_COUNTRY,
  numberCountry,
  pinAttempt,
  readAccessNumber,
} from '../cards/pin-attempt.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import {
  CALLER_NUMBER_FORM,
  DIALED_NUMBER_FORM,
  dialedReading,
  PhoneNumberFormEnum,
} from '../core/number-reading.ts';
import { boundedSeconds, callPayload, readSwitchCallId } from './call-payload.ts';

const CallCredentials = builder.inputType('CallCredentials', {
  description: 'Identifies the card that pays for the call. Exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    token: t.string({ description: 'The token returned by authenticateCard.' }),
    pin: t.string({ description: 'The PIN alone. Spaces and dashes are ignored.' }),
    serialAndPin: t.field({ type: SerialAndPin, description: 'The serial and the PIN.' }),
    ani: t.field({ type: 'PhoneNumber', description: "The caller's number, if it is bound to a card." }),
  }),
});

const AuthorizeCallInput = builder.inputType('AuthorizeCallInput', {
  description: 'The call to authorize.',
  fields: (t) => ({
    switchCallId: t.id({
      required: true,
      description:
        "The switch's own id for the call, such as a SIP Call-ID. It must be unique among all your switches, permanently, also after a restart. Resending the same request finds the same call: the same grant while that call may run, 0 seconds once it has ended. Up to 255 characters, without blanks around it.",
    }),
    by: t.field({
      type: CallCredentials,
      required: true,
      description: 'Identifies the card that pays for the call.',
    }),
    number: t.field({
      type: 'PhoneNumber',
      required: true,
      description:
        'The dialed number, as dialed. A national number is interpreted in the country of the access number.',
    }),
    accessNumber: t.field({ type: 'PhoneNumber', description: ACCESS_NUMBER }),
    callerNumber: t.field({ type: 'PhoneNumber', description: CALLER_NUMBER }),
    country: t.string({ description: NUMBER_COUNTRY }),
    callerNumberForm: t.field({ type: PhoneNumberFormEnum, description: CALLER_NUMBER_FORM }),
    dialedNumberForm: t.field({ type: PhoneNumberFormEnum, description: DIALED_NUMBER_FORM }),
    requestedSeconds: t.int({
      description: "The requested duration in seconds, 1 to 86,400. If omitted, the rate group's slice.",
    }),
  }),
});

const AuthorizeCallPayload = callPayload(
  'AuthorizeCallPayload',
  'The authorized call. Announce the balance and the available minutes to the caller before connecting the call.',
);

builder.mutationField('authorizeCall', (t) =>
  t.field({
    type: AuthorizeCallPayload,
    description:
      'Authorizes a call: rates it by the longest matching prefix, fixes its price, grants a slice of time and holds the cost of that slice. Follow up with extendCall, completeCall or cancelCall.',
    errors: {
      types: [
        calls.CallRefused,
        cards.AuthenticationRefused,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        input.InvalidInput,
        calls.CallIdReused,
        commands.Overloaded,
      ],
      union: { description: 'The grant, or the reason why the call was refused.' },
    },
    args: { input: t.arg({ type: AuthorizeCallInput, required: true, description: 'The call.' }) },
    resolve: async (_root, { input: request }, context) => {
      const switchCallId = readSwitchCallId(request.switchCallId);
      const { token, ...credentials } = request.by;
      const outcome = await context.calls.authorize(actorOf(context.viewer), {
        switchCallId,
        by: token ? { token } : readCredentials(credentials, aniReading(request, context)),
        attempt: pinAttempt('AUTHORIZE_CALL', request, context),
        number: readPhoneNumber(
          request.number,
          dialedReading(
            { country: numberCountry(request, context), form: request.dialedNumberForm },
            context,
          ),
        ),
        accessNumber: readAccessNumber(request, context),
        requestedSeconds: boundedSeconds('requestedSeconds', request.requestedSeconds, 1),
      });
      return allowed(outcome);
    },
  }),
);

/** @throws CallRefused */
function allowed(outcome: CallOutcome): CallOutcome {
  const { refusal, switchCallId } = outcome.call;
  if (refusal !== null) throw new calls.CallRefused({ reason: refusal, switchCallId });
  return outcome;
}
