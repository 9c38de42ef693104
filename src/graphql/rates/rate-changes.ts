import type { NewTerms } from '../../domain/rates/rate-change.ts';
import { readRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import * as input from '../../domain/rejections/input.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { setRate, withdrawRate } from '../../store/rates/rate-changes.ts';
import type { StoredRate } from '../../store/rates/stored-rate.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Rate } from './rate-types.ts';

const SetRateInput = builder.inputType('SetRateInput', {
  description:
    'The price of one prefix. Omitted terms stay as they were; a prefix that is not offered then needs its price.',
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The rate group.' }),
    prefix: t.string({ required: true, description: 'The prefix; +39, 0039 and 39 are equivalent.' }),
    destination: t.string({ description: 'The country or region and the operator.' }),
    pricePerMinute: t.field({ type: 'Decimal', description: 'The price, with up to eight decimals.' }),
    connectionFee: t.field({ type: 'Decimal', description: 'The connection fee. If new and omitted, none.' }),
    initialIncrement: t.int({ description: 'The initial increment in seconds. If new and omitted, 60.' }),
    increment: t.int({ description: 'The increment in seconds. If new and omitted, 60.' }),
    effectiveFrom: t.field({ type: 'DateTime', description: 'When it takes effect. If omitted, now.' }),
    effectiveTo: t.field({
      type: 'DateTime',
      description:
        'When it ends; then the prefix is barred until another rate begins. Null: never. If omitted, as it was.',
    }),
  }),
});

const WithdrawRateInput = builder.inputType('WithdrawRateInput', {
  description: 'The prefix that is not to be offered any more.',
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The rate group.' }),
    prefix: t.string({ required: true, description: 'The prefix; +39, 0039 and 39 are equivalent.' }),
    barred: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Whether its numbers are barred: otherwise a shorter prefix applies to them.',
    }),
    effectiveFrom: t.field({ type: 'DateTime', description: 'As of when. If omitted, now.' }),
  }),
});

const payload = (name: string, description: string) =>
  builder.objectRef<StoredRate>(name).implement({
    description,
    fields: (t) => ({
      rate: t.drizzleField({
        type: Rate,
        description: 'The rate from then on.',
        resolve: (query, { id }, _args, { database }) =>
          database.drizzle.query.rates.findFirst(query({ where: { id } })) as never,
      }),
    }),
  });

const REFUSALS = [input.InvalidAmount, input.InvalidInput, input.NotFound];

builder.mutationField('setRate', (t) =>
  t.field({
    type: payload('SetRatePayload', 'The rate after the change.'),
    description:
      'Sets the price of one prefix as of an instant, until its next rate takes effect. Calls in progress keep their price.',
    errors: {
      types: REFUSALS,
      union: { description: 'The rate, or the reason why nothing changed.' },
    },
    args: { input: t.arg({ type: SetRateInput, required: true, description: 'The price.' }) },
    resolve: async (_root, { input: order }, { database, rateBook, viewer }) => {
      const rateGroupId = fromGlobalId('RateGroup', order.rateGroupId);
      const { prefix, effectiveFrom } = order;
      const setting = {
        rateGroupId,
        prefix,
        actorId: viewer.actorId,
        ...(effectiveFrom && { effectiveFrom }),
      };
      const rate = await setRate(database.sql, setting, termsOf(order));
      rateBook.invalidate(rateGroupId);
      return rate;
    },
  }),
);

builder.mutationField('withdrawRate', (t) =>
  t.field({
    type: payload('WithdrawRatePayload', 'The rate after the change.'),
    description:
      'Ends the offer of one prefix as of an instant, until its next rate takes effect. Calls in progress keep their price.',
    errors: {
      types: REFUSALS,
      union: { description: 'The rate, or the reason why nothing changed.' },
    },
    args: { input: t.arg({ type: WithdrawRateInput, required: true, description: 'The prefix.' }) },
    resolve: async (_root, { input: order }, { database, rateBook, viewer }) => {
      const rateGroupId = fromGlobalId('RateGroup', order.rateGroupId);
      const { prefix, effectiveFrom, barred: isBarred } = order;
      const setting = {
        rateGroupId,
        prefix,
        actorId: viewer.actorId,
        ...(effectiveFrom && { effectiveFrom }),
      };
      const rate = await withdrawRate(database.sql, setting, { isBarred });
      rateBook.invalidate(rateGroupId);
      return rate;
    },
  }),
);

/** @throws InvalidInput, InvalidAmount */
function termsOf(order: typeof SetRateInput.$inferInput): NewTerms {
  const { destination, pricePerMinute, connectionFee, initialIncrement, increment, effectiveTo } = order;
  return {
    ...(typeof destination === 'string' && { destination }),
    ...(typeof pricePerMinute === 'string' && { ratePer1e8Minute: priceOf(pricePerMinute) }),
    ...(typeof connectionFee === 'string' && { connectionFee: feeOf(connectionFee) }),
    ...(typeof initialIncrement === 'number' && { initialIncrementSeconds: initialIncrement }),
    ...(typeof increment === 'number' && { incrementSeconds: increment }),
    ...(effectiveTo !== undefined && { effectiveTo }),
  };
}

function priceOf(written: string): bigint {
  const price = readRatePer1e8Minute(written);
  if (price !== null) return price;
  throw new input.InvalidInput({
    field: 'pricePerMinute',
    problem: 'must be a decimal up to a million, with at most eight decimals.',
  });
}

function feeOf(written: string): bigint {
  const fee = parseMicros(written);
  if (fee >= 0n) return fee;
  throw new input.InvalidInput({ field: 'connectionFee', problem: 'is below zero.' });
}
