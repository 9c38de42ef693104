import type { Card as CardRow } from '../../domain/cards/card.ts';
import { available } from '../../domain/cards/card.ts';
import { cardState } from '../../domain/cards/card-state.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as input from '../../domain/rejections/input.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { authenticateCard } from '../../store/cards/card-authentication.ts';
import type { Credentials } from '../../store/pins/caller-lookup.ts';
import { builder } from '../core/builder.ts';
import { actorOf, type GraphContext } from '../core/context.ts';
import { moneyField } from '../core/money.ts';
import { Card, CardStateEnum } from './cards.ts';
import { CALLER_NUMBER, keyedAttempt } from './pin-attempt.ts';

export const SerialAndPin = builder.inputType('SerialAndPin', {
  description: 'A serial and the PIN of that card.',
  fields: (t) => ({
    serial: t.string({ required: true, description: 'The serial.' }),
    pin: t.string({ required: true, description: 'The PIN, spaces and dashes allowed.' }),
  }),
});

const CardCredentials = builder.inputType('CardCredentials', {
  description: 'What the caller shows: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    pin: t.string({ description: 'The PIN alone, spaces and dashes allowed.' }),
    serialAndPin: t.field({ type: SerialAndPin, description: 'The serial and the PIN.' }),
    ani: t.field({ type: 'PhoneNumber', description: "The caller's number, bound to a card." }),
  }),
});

const AuthenticateCardInput = builder.inputType('AuthenticateCardInput', {
  description: 'A caller to be authenticated.',
  fields: (t) => ({
    by: t.field({ type: CardCredentials, required: true, description: 'What the caller shows.' }),
    country: t.string({
      description: 'ISO 3166-1 alpha-2 code of the country whose plan a national ANI is in.',
    }),
    callerNumber: t.field({ type: 'PhoneNumber', description: CALLER_NUMBER }),
    accessNumber: t.field({
      type: 'PhoneNumber',
      description: 'The number the caller dialled to reach you, with its country code.',
    }),
  }),
});

const AuthenticateCardPayload = builder.objectRef<CardRow>('AuthenticateCardPayload').implement({
  description: 'The card of the caller.',
  fields: (t) => ({
    card: t.field({ type: Card, description: 'The card.', resolve: (card) => card }),
    balance: t.field(moneyField(available, 'What may be spent: the balance less what is held for calls.')),
    state: t.field({
      type: CardStateEnum,
      description:
        'The state: ACTIVE, or LOCKED for failed attempts, which does not keep out a caller whose number is known.',
      resolve: (card) => cardState(card, new Date()),
    }),
    remainingSeconds: t.float({
      nullable: true,
      description: 'Whole seconds until the validity ends. Null: it has no end.',
      resolve: ({ validUntil }) =>
        validUntil === null ? null : Math.max(0, Math.floor((validUntil.getTime() - Date.now()) / 1000)),
    }),
    token: t.string({
      description:
        'Proof of the authentication, for authorizeCall: valid for ten minutes, whatever the caller dials.',
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
      "Finds the active card of a caller. The first time it is a card's first use and starts its validity. Every failure has the one answer AUTHENTICATION_REFUSED, and so has a source that failed too often.",
    errors: {
      types: [cards.AuthenticationRefused, input.InvalidInput, recharges.Overloaded],
      union: { name: 'AuthenticateCardResult', description: 'The card, or the one refusal.' },
    },
    args: { input: t.arg({ type: AuthenticateCardInput, required: true, description: 'The caller.' }) },
    resolve: async (_root, { input: { by, country, ...numbers } }, context) => {
      const { database, writer, defence, viewer } = context;
      return authenticateCard({ sql: database.sql, writer, defence }, actorOf(viewer), {
        credentials: readCredentials(by, country ?? null, context),
        attempt: keyedAttempt('AUTHENTICATE_CARD', { country: country ?? null, ...numbers }, context),
      });
    },
  }),
);

/** What a caller shows: one of these. */
interface Shown {
  readonly pin?: string | null;
  readonly serialAndPin?: { readonly serial: string; readonly pin: string } | null;
  readonly ani?: string | null;
}

/** @throws AuthenticationRefused for an ANI that is no number */
export function readCredentials(
  { pin, serialAndPin, ani }: Shown,
  country: string | null,
  { defaultCountry }: GraphContext,
): Credentials {
  if (serialAndPin) return serialAndPin;
  if (pin) return { pin };
  if (!ani) throw new cards.AuthenticationRefused();
  try {
    return { ani: normalisePhoneNumber(ani, country ?? defaultCountry) };
  } catch (error) {
    // A withheld or garbled ANI is an unknown caller, no fault of the switch.
    if (error instanceof bindings.InvalidPhoneNumber) throw new cards.AuthenticationRefused();
    throw error;
  }
}
