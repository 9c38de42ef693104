import type { Card as CardRow } from '../../domain/cards/card.ts';
import { available } from '../../domain/cards/card.ts';
import { cardState } from '../../domain/cards/card-state.ts';
import { termsOf } from '../../domain/cards/card-terms.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as commands from '../../domain/rejections/commands.ts';
import * as input from '../../domain/rejections/input.ts';
import * as replacements from '../../domain/rejections/replacements.ts';
import { callerLine } from '../../domain/values/line.ts';
import type { NumberReading } from '../../domain/values/phone-number.ts';
import { authenticateCard } from '../../store/cards/card-authentication.ts';
import type { Credentials } from '../../store/pins/caller-lookup.ts';
import { builder } from '../core/builder.ts';
import { actorOf } from '../core/context.ts';
import { moneyField } from '../core/money.ts';
import { CALLER_NUMBER_FORM, PhoneNumberFormEnum } from '../core/number-reading.ts';
import { Card, CardStateEnum } from './cards.ts';
import { ACCESS_NUMBER, aniReading, CALLER_NUMBER, NUMBER_COUNTRY, pinAttempt } from './pin-attempt.ts';

export const SerialAndPin = builder.inputType('SerialAndPin', {
  description: 'A serial and the PIN of that card.',
  fields: (t) => ({
    serial: t.string({ required: true, description: 'The serial.' }),
    pin: t.string({ required: true, description: 'The PIN. Spaces and dashes are ignored.' }),
  }),
});

const CardCredentials = builder.inputType('CardCredentials', {
  description: "The caller's credential. Exactly one field must be set.",
  isOneOf: true,
  fields: (t) => ({
    pin: t.string({ description: 'The PIN alone. Spaces and dashes are ignored.' }),
    serialAndPin: t.field({ type: SerialAndPin, description: 'The serial and the PIN.' }),
    ani: t.field({ type: 'PhoneNumber', description: "The caller's number, if it is bound to a card." }),
  }),
});

const AuthenticateCardInput = builder.inputType('AuthenticateCardInput', {
  description: 'The input for authenticateCard.',
  fields: (t) => ({
    by: t.field({ type: CardCredentials, required: true, description: "The caller's credential." }),
    country: t.string({
      description: NUMBER_COUNTRY,
    }),
    callerNumber: t.field({ type: 'PhoneNumber', description: CALLER_NUMBER }),
    accessNumber: t.field({ type: 'PhoneNumber', description: ACCESS_NUMBER }),
    callerNumberForm: t.field({ type: PhoneNumberFormEnum, description: CALLER_NUMBER_FORM }),
    use: t.boolean({
      defaultValue: false,
      required: true,
      description:
        'Whether the caller begins to use the card now, as when a card is activated by its PIN: this starts the validity. Otherwise the first call or the first voucher does; asking changes nothing.',
    }),
  }),
});

const AuthenticateCardPayload = builder.objectRef<CardRow>('AuthenticateCardPayload').implement({
  description: "The caller's card.",
  fields: (t) => ({
    card: t.field({ type: Card, description: 'The card.', resolve: (card) => card }),
    balance: t.field(
      moneyField(available, 'The spendable amount: the balance minus the amounts held for calls.'),
    ),
    state: t.field({
      type: CardStateEnum,
      description:
        'The state: ACTIVE; IN_GRACE if a recharge or a voucher must revive the card before it can call; or LOCKED after failed attempts, which does not block callers whose number is known.',
      resolve: (card) => cardState(card, new Date()),
    }),
    remainingSeconds: t.float({
      nullable: true,
      description:
        'Whole seconds until the validity ends; before the first use, the whole validity that it starts. Null if it never ends.',
      resolve: async (card, _args, { writer, database }) => {
        const { batchId, firstUsedAt, validUntil } = card;
        // Before the first use, it is the last date of first use.
        if (firstUsedAt !== null || secondsUntil(validUntil) === 0) return secondsUntil(validUntil);
        const terms = (await writer.terms.load(database.sql, [batchId])).get(batchId);
        const days = terms ? termsOf(card, terms).validityDays : null;
        return days === null ? null : days * 86_400;
      },
    }),
    token: t.string({
      description:
        'A token for authorizeCall that proves the authentication. Valid for ten minutes and for any number dialed.',
      resolve: ({ id }, _args, { tokens }) => tokens.issue(id),
    }),
    language: t.string({
      description: 'The language of the prompts (BCP 47), from the batch.',
      resolve: async ({ batchId }, _args, { writer, database }) =>
        (await writer.terms.load(database.sql, [batchId])).get(batchId)?.language ?? 'en',
    }),
  }),
});

builder.mutationField('authenticateCard', (t) =>
  t.field({
    type: AuthenticateCardPayload,
    description:
      "Finds the card of a caller. Asking does not start the validity: the first call does, the first voucher, or `use`. A caller with the right PIN is told why the card can't be used; every other failure returns the same error, AUTHENTICATION_REFUSED, including when the source has failed too often.",
    errors: {
      types: [
        cards.AuthenticationRefused,
        cards.CardInactive,
        cards.CardLocked,
        cards.CardDeactivated,
        replacements.CardReplaced,
        cards.CardClosed,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        input.InvalidInput,
        commands.Overloaded,
      ],
      union: {
        description:
          "The card; the reason why it can't be used, if the PIN is right; or the uniform refusal.",
      },
    },
    args: { input: t.arg({ type: AuthenticateCardInput, required: true, description: 'The caller.' }) },
    resolve: async (_root, { input: { by, use, ...numbers } }, context) => {
      const { database, writer, defense, viewer } = context;
      return authenticateCard({ sql: database.sql, writer, defense }, actorOf(viewer), {
        credentials: readCredentials(by, aniReading(numbers, context)),
        use,
        attempt: pinAttempt('AUTHENTICATE_CARD', numbers, context),
      });
    },
  }),
);

function secondsUntil(instant: Date | null): number | null {
  return instant && Math.max(0, Math.floor((instant.getTime() - Date.now()) / 1_000));
}

/** The caller's credential, exactly one of these. */
interface Shown {
  readonly pin?: string | null;
  readonly serialAndPin?: { readonly serial: string; readonly pin: string } | null;
  readonly ani?: string | null;
}

/** @throws AuthenticationRefused for an ANI that identifies nobody: withheld, garbled, or a number that nobody has */
export function readCredentials({ pin, serialAndPin, ani }: Shown, reading: NumberReading): Credentials {
  if (serialAndPin) return serialAndPin;
  if (pin) return { pin };
  const line = callerLine(ani, reading);
  if (line === null) throw new cards.AuthenticationRefused();
  return { ani: line };
}
