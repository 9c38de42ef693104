import { brandWithType } from '@pothos/core';
import * as batches from '../../domain/rejections/batches.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as cards from '../../domain/rejections/cards.ts';
import * as files from '../../domain/rejections/files.ts';
import * as input from '../../domain/rejections/input.ts';
import * as rates from '../../domain/rejections/rates.ts';
import * as realtime from '../../domain/rejections/realtime.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import type { Rejection, RejectionData } from '../../domain/rejections/rejection.ts';
import * as vouchers from '../../domain/rejections/vouchers.ts';
import { builder } from './builder.ts';

type Primitive = 'String' | 'Int' | 'Boolean' | 'Decimal' | 'CurrencyCode' | 'PhoneNumber' | 'ID' | 'Cursor';

export interface DataField {
  readonly type: Primitive;
  readonly nullable?: boolean;
  readonly description: string;
}

interface RejectionType<Data extends RejectionData> {
  readonly code: string;
  readonly description: string;
  readonly fields: { readonly [Name in keyof Data]: DataField };
}

const codes: Record<string, { description: string }> = {};

export const ErrorInterface = builder.interfaceRef<Rejection>('Error');

/**
 * Makes a rejection a type of the schema: `CardClosed` becomes `CardClosedError`, with its data as fields. Each
 * mutation lists the rejections it may end in.
 */
export function registerRejection<Data extends RejectionData>(
  Class: new (data: never) => Rejection<Data>,
  { code, description, fields }: RejectionType<Data>,
): void {
  codes[code] = { description };
  // The schema sees every rejection alike; which data it has is said by the fields.
  builder.objectType(Class as unknown as new (data: RejectionData) => Rejection, {
    name: `${Class.name}Error`,
    description,
    interfaces: [ErrorInterface],
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields as Record<string, DataField>).map(([name, field]) => [
          name,
          t.field({
            type: field.type,
            nullable: field.nullable ?? false,
            description: field.description,
            resolve: ({ data }: Rejection) => data[name] as never,
          }),
        ]),
      ),
  });
}

export const serial: DataField = { type: 'String', description: 'The serial of the card.' };
export const number: DataField = {
  type: 'PhoneNumber',
  description: 'The number, in normal form where it has one.',
};
export const currency: DataField = { type: 'CurrencyCode', description: 'The currency of the amounts.' };

registerRejection(input.InvalidAmount, {
  code: 'INVALID_AMOUNT',
  description:
    'An amount that is no plain decimal, is too large, or is zero or negative where it must not be.',
  fields: { amount: { type: 'String', description: 'The amount as it was given.' } },
});
registerRejection(input.InvalidInput, {
  code: 'INVALID_INPUT',
  description: 'An argument that breaks a rule of its own, whatever the state of the data.',
  fields: {
    field: { type: 'String', description: 'The argument.' },
    problem: { type: 'String', description: 'What is wrong with it and what is allowed.' },
  },
});
registerRejection(input.NotFound, {
  code: 'NOT_FOUND',
  description: 'An id, serial or number that names nothing, or nothing that is yours.',
  fields: {
    what: { type: 'String', description: 'What was looked for.' },
    reference: { type: 'String', description: 'The reference as it was given.' },
  },
});
registerRejection(input.NameTaken, {
  code: 'NAME_TAKEN',
  description: 'A name that must be unique and is taken.',
  fields: { name: { type: 'String', description: 'The name.' } },
});
registerRejection(cards.CardInactive, {
  code: 'CARD_INACTIVE',
  description: 'The card was never activated.',
  fields: { serial },
});
registerRejection(cards.CardDeactivated, {
  code: 'CARD_DEACTIVATED',
  description: 'The card was taken out of service.',
  fields: { serial },
});
registerRejection(cards.CardClosed, {
  code: 'CARD_CLOSED',
  description:
    'The card is expired or closed: its validity and grace are over, or it was a voucher and redeemed.',
  fields: { serial },
});
registerRejection(cards.CardInGrace, {
  code: 'CARD_IN_GRACE',
  description: 'The card is past its validity, and recharges of its batch do not extend it.',
  fields: { serial },
});
registerRejection(cards.CardLocked, {
  code: 'CARD_LOCKED',
  description: 'The card is locked, and what was asked needs it unlocked.',
  fields: { serial },
});
registerRejection(cards.CardAlreadyLocked, {
  code: 'CARD_ALREADY_LOCKED',
  description: 'The card is locked already.',
  fields: { serial, reason: { type: 'String', description: 'The reason of the present lock.' } },
});
registerRejection(cards.CardNotLocked, {
  code: 'CARD_NOT_LOCKED',
  description: 'The card is not locked.',
  fields: { serial },
});
registerRejection(cards.CardAlreadyActive, {
  code: 'CARD_ALREADY_ACTIVE',
  description: 'The card is in service already.',
  fields: { serial },
});
registerRejection(cards.InsufficientBalance, {
  code: 'INSUFFICIENT_BALANCE',
  description: 'The card has less available than was to be taken.',
  fields: {
    serial,
    available: { type: 'Decimal', description: 'The balance less what is held for calls.' },
    currency,
  },
});
registerRejection(cards.AuthenticationRefused, {
  code: 'AUTHENTICATION_REFUSED',
  description: 'The one answer to every failed authentication: it tells nothing about why.',
  fields: {},
});
registerRejection(cards.TooManyCards, {
  code: 'TOO_MANY_CARDS',
  description: 'More cards than one request may name.',
  fields: {
    count: { type: 'Int', description: 'How many were named.' },
    limit: { type: 'Int', description: 'How many may be.' },
  },
});
registerRejection(recharges.CardNotRechargeable, {
  code: 'CARD_NOT_RECHARGEABLE',
  description: 'Cards of this type are spent and never refilled.',
  fields: { serial, type: { type: 'String', description: 'The type of the card.' } },
});
registerRejection(recharges.RechargeOutOfRange, {
  code: 'RECHARGE_OUT_OF_RANGE',
  description: "The amount is outside what the card's batch allows.",
  fields: {
    min: { type: 'Decimal', nullable: true, description: 'The least allowed.' },
    max: { type: 'Decimal', nullable: true, description: 'The most allowed.' },
    currency,
  },
});
registerRejection(recharges.CurrencyMismatch, {
  code: 'CURRENCY_MISMATCH',
  description: 'Money of one currency meant for a card or wallet of another.',
  fields: {
    expected: { type: 'CurrencyCode', description: 'The currency of the card or wallet.' },
    given: { type: 'CurrencyCode', description: 'The currency of the amount.' },
  },
});
registerRejection(recharges.InsufficientFunds, {
  code: 'INSUFFICIENT_FUNDS',
  description: "The partner's wallet does not cover the amount. Under the same key it stays refused.",
  fields: { available: { type: 'Decimal', description: 'What the wallet has.' }, currency },
});
registerRejection(recharges.AlreadyReversed, {
  code: 'ALREADY_REVERSED',
  description: 'The recharge was taken back before.',
  fields: { rechargeId: { type: 'String', description: 'The recharge.' } },
});
registerRejection(recharges.NothingToReverse, {
  code: 'NOTHING_TO_REVERSE',
  description: 'Nothing of the recharge is available on the card any more.',
  fields: { serial },
});
registerRejection(recharges.IdempotencyKeyReused, {
  code: 'IDEMPOTENCY_KEY_REUSED',
  description: 'The key was used before with other arguments or for another operation.',
  fields: { key: { type: 'String', description: 'The key.' } },
});
registerRejection(recharges.Overloaded, {
  code: 'OVERLOADED',
  description: 'The server has more to do than it may queue. Nothing was done.',
  fields: { queued: { type: 'Int', description: 'How many commands were waiting.' } },
});
registerRejection(vouchers.VoucherRefused, {
  code: 'VOUCHER_REFUSED',
  description:
    'The one answer to every PIN that is not that of a usable voucher: it tells nothing about why.',
  fields: {},
});
registerRejection(vouchers.CardIsVoucher, {
  code: 'CARD_IS_VOUCHER',
  description: 'The card is a recharge voucher, and what was asked is for cards that make calls.',
  fields: { serial },
});
registerRejection(bindings.InvalidPhoneNumber, {
  code: 'INVALID_PHONE_NUMBER',
  description: 'A number that no numbering plan has.',
  fields: { number: { type: 'String', description: 'What was wrong with it.' } },
});
registerRejection(bindings.NumberAlreadyBound, {
  code: 'NUMBER_ALREADY_BOUND',
  description: 'The number stands for a card already.',
  fields: { number, sameCard: { type: 'Boolean', description: 'Whether it is this card.' } },
});
registerRejection(bindings.NumberNotBound, {
  code: 'NUMBER_NOT_BOUND',
  description: 'The number stands for no card, or for none of yours.',
  fields: { number },
});
registerRejection(bindings.TooManyBindings, {
  code: 'TOO_MANY_BINDINGS',
  description: 'The card has as many numbers as its batch allows.',
  fields: { serial, limit: { type: 'Int', description: 'How many it allows.' } },
});
registerRejection(batches.PinFormatTooDense, {
  code: 'PIN_FORMAT_TOO_DENSE',
  description: 'PINs of this format could be guessed: one random guess would hit a live card too often.',
  fields: {
    issued: { type: 'String', description: 'Cards in the format, those asked for included.' },
    possible: { type: 'String', description: 'PINs the format has.' },
    lengthNeeded: { type: 'Int', description: 'The least length that would do.' },
  },
});
registerRejection(batches.BatchAlreadyFinished, {
  code: 'BATCH_ALREADY_FINISHED',
  description: 'The batch ended before it could be cancelled.',
  fields: { state: { type: 'String', description: 'The state of the batch.' } },
});
registerRejection(batches.BatchNotFinished, {
  code: 'BATCH_NOT_FINISHED',
  description: "The batch's cards are still being made.",
  fields: { state: { type: 'String', description: 'The state of the batch.' } },
});
registerRejection(files.UploadUsed, {
  code: 'UPLOAD_USED',
  description: 'An upload that was imported before, under another key.',
  fields: {},
});
registerRejection(files.UploadGone, {
  code: 'UPLOAD_GONE',
  description: 'An upload of which a piece, or the master key that it lay under, is there no more.',
  fields: {},
});
registerRejection(files.UploadQuotaExceeded, {
  code: 'UPLOAD_QUOTA_EXCEEDED',
  description: 'Too many uploads, or too much of them, wait to be imported.',
  fields: {
    unit: { type: 'String', description: 'What there is too much of: `links` or `bytes`.' },
    limit: { type: 'Decimal', description: 'How many may wait.' },
    whose: { type: 'String', description: 'Whose they are: `yours` or `all`.' },
  },
});
registerRejection(files.UploadNotReceived, {
  code: 'UPLOAD_NOT_RECEIVED',
  description: 'An upload that was asked for and has not arrived whole.',
  fields: {},
});
registerRejection(rates.NoRateForNumber, {
  code: 'NO_RATE_FOR_NUMBER',
  description: 'No prefix of the price list is a beginning of the number, or none is in effect.',
  fields: { number, rateGroup: { type: 'String', description: 'The name of the price list.' } },
});
registerRejection(realtime.InvalidCursor, {
  code: 'INVALID_CURSOR',
  description: 'A cursor that the event log never gave out.',
  fields: { cursor: { type: 'String', description: 'The cursor as it was given.' } },
});
registerRejection(realtime.CursorAhead, {
  code: 'CURSOR_AHEAD',
  description: 'A cursor of a place that the event log has not come to.',
  fields: { cursor: { type: 'String', description: 'The cursor as it was given.' } },
});
registerRejection(realtime.CursorExpired, {
  code: 'CURSOR_EXPIRED',
  description: 'A cursor older than the events that are kept.',
  fields: { cursor: { type: 'String', description: 'The cursor as it was given.' } },
});

/** Call when all rejections are registered. */
export function implementErrorInterface(): void {
  const ErrorCode = builder.enumType('ErrorCode', {
    description: 'Every way a request can be refused. A code never changes its meaning.',
    values: codes,
  });
  ErrorInterface.implement({
    description: 'Why a request was refused: a caller can act on it, and nothing was changed.',
    fields: (t) => ({
      code: t.field({
        type: ErrorCode,
        description: 'The situation, for programs.',
        resolve: ({ code }) => code,
      }),
      message: t.exposeString('message', { description: 'What to change, for people.' }),
      retryable: t.exposeBoolean('retryable', {
        description:
          'Whether time or somebody else can change the answer to the same request (sent under a new key).',
      }),
    }),
  });
}

/** A rejection that is one value among others: GraphQL takes an Error that a field gives for the field's failure. */
export function asData({ name, code, message, retryable, data }: Rejection): Rejection {
  const told = { name, code, message, retryable, data };
  brandWithType(told, `${name}Error` as never);
  return told;
}

/** For look-ups: what names nothing is null, whatever else is wrong is told. */
export async function nullIfNotFound<Found>(find: () => Promise<Found>): Promise<Found | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof input.NotFound) return null;
    throw error;
  }
}
