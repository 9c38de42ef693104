import type { AccessSurcharge, CallTerms as CallTermsValue } from '../../domain/calls/call-terms.ts';
import { formatRatePer1e8Minute, readRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import type { TimeBand as TimeBandValue } from '../../domain/rates/time-band.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import { readAnyLine } from '../../domain/values/line.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { type RateGroup as RateGroupRow, setCallTerms } from '../../store/rates/rate-groups.ts';
import { readCallTerms } from '../../store/schema/call-terms-column.ts';
import { builder } from '../core/builder.ts';
import type { GraphContext } from '../core/context.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Money, moneyField } from '../core/money.ts';
import { callerReading } from '../core/number-reading.ts';
import { RateGroup } from '../rates/rate-types.ts';

const TimeBand = builder.objectRef<TimeBandValue>('TimeBand').implement({
  description:
    'Hours on certain weekdays in which calls have a different price. A call is rated by the band in which it starts.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name.' }),
    weekdays: t.intList({
      description: 'ISO weekdays: 1 is Monday, 7 is Sunday.',
      resolve: ({ weekdays }) => [...weekdays],
    }),
    fromMinute: t.exposeInt('fromMinute', {
      description: 'The start in minutes after local midnight, inclusive.',
    }),
    toMinute: t.exposeInt('toMinute', { description: 'The end in minutes after local midnight, exclusive.' }),
    percent: t.exposeInt('percent', { description: 'Percentage of the rate; 100 is the rate itself.' }),
  }),
});

const Surcharge = builder.objectRef<AccessSurcharge & { currency: string }>('AccessSurcharge').implement({
  description: 'A surcharge on calls that come in through one access number.',
  fields: (t) => ({
    accessNumber: t.expose('accessNumber', { type: 'PhoneNumber', description: 'The access number.' }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: 'Added to the price per minute, in units of the currency.',
      resolve: ({ ratePer1e8Minute }) => formatRatePer1e8Minute(ratePer1e8Minute),
    }),
    connectionFee: t.field(moneyField('connectionFee', 'Added to the connection fee.')),
  }),
});

interface GroupTerms {
  readonly terms: CallTermsValue;
  readonly currency: string;
}

const CallTerms = builder.objectRef<GroupTerms>('CallTerms').implement({
  description: 'Terms that apply to every call of a rate group in addition to its rates.',
  fields: (t) => ({
    timeZone: t.string({
      description: 'The IANA time zone in which time bands and fair-use periods are determined.',
      resolve: ({ terms }) => terms.timeZone,
    }),
    sliceSeconds: t.int({
      description: 'Seconds granted at a time; at least the initial increment.',
      resolve: ({ terms }) => terms.sliceSeconds,
    }),
    freeSeconds: t.int({
      description: 'Seconds at the start of a call that are not billed.',
      resolve: ({ terms }) => terms.freeSeconds,
    }),
    minimumCharge: t.field(
      moneyField(({ terms }: GroupTerms) => terms.minimumCharge, 'The minimum charge of an answered call.'),
    ),
    maxCharge: t.field({
      type: Money,
      nullable: true,
      description: 'The maximum charge of a call, which ends when it is reached. Null if there is no limit.',
      resolve: ({ terms, currency }) =>
        terms.maxCharge === null ? null : { micros: terms.maxCharge, currency },
    }),
    maxSeconds: t.int({
      nullable: true,
      description: 'The maximum duration of a call in seconds. Null if one day.',
      resolve: ({ terms }) => terms.maxSeconds,
    }),
    blockedPrefixes: t.stringList({
      description: 'Prefixes that cannot be called, even if they have a rate.',
      resolve: ({ terms }) => [...terms.blockedPrefixes],
    }),
    surcharges: t.field({
      type: [Surcharge],
      description: 'Surcharges by access number.',
      resolve: ({ terms, currency }) => terms.surcharges.map((each) => ({ ...each, currency })),
    }),
    timeBands: t.field({
      type: [TimeBand],
      description: 'Time bands; the first match applies. Outside all bands, the rate applies unchanged.',
      resolve: ({ terms }) => terms.timeBands,
    }),
  }),
});

builder.drizzleObjectField(RateGroup, 'callTerms', (t) =>
  t.field({
    type: CallTerms,
    select: { columns: { callTerms: true, currency: true } },
    description: "The terms of the group's calls in addition to its rates.",
    resolve: ({ callTerms, currency }) => ({ terms: readCallTerms(callTerms), currency }),
  }),
);

const TimeBandInput = builder.inputType('TimeBandInput', {
  description:
    'Hours on certain weekdays in which calls have a different price. Split a band that crosses midnight into two.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'The name, up to 50 characters.' }),
    weekdays: t.intList({ required: true, description: 'ISO weekdays: 1 is Monday, 7 is Sunday.' }),
    fromMinute: t.int({
      required: true,
      description: 'The start in minutes after local midnight, inclusive.',
    }),
    toMinute: t.int({
      required: true,
      description: 'The end in minutes after local midnight, exclusive; at most 1440.',
    }),
    percent: t.int({
      required: true,
      description: 'Percentage of the rate, 0 to 1000; 100 is the rate itself.',
    }),
  }),
});

const AccessSurchargeInput = builder.inputType('AccessSurchargeInput', {
  description: 'A surcharge on calls that come in through one access number.',
  fields: (t) => ({
    accessNumber: t.field({
      type: 'PhoneNumber',
      required: true,
      description: "The access number. A national number is interpreted in the server's default country.",
    }),
    pricePerMinute: t.field({
      type: 'Decimal',
      required: true,
      defaultValue: '0',
      description: 'Added to the price per minute, with up to eight decimals.',
    }),
    connectionFee: t.field({
      type: 'Decimal',
      required: true,
      defaultValue: '0',
      description: 'Added to the connection fee, with up to six decimals.',
    }),
  }),
});

const SetCallTermsInput = builder.inputType('SetCallTermsInput', {
  description:
    "Changes to the call terms of a rate group. Omitted fields stay unchanged; amounts are in the group's currency.",
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The rate group.' }),
    timeZone: t.string({ description: 'An IANA time zone name such as "Europe/Rome".' }),
    sliceSeconds: t.int({ description: 'Seconds granted at a time, 10 to 86,400; initially 300.' }),
    freeSeconds: t.int({ description: 'Seconds at the start of a call that are not billed, 0 to 3,600.' }),
    minimumCharge: t.field({ type: 'Decimal', description: 'The minimum charge of an answered call.' }),
    maxCharge: t.field({
      type: 'Decimal',
      description: 'The maximum charge of a call. Null if there is no limit.',
    }),
    maxSeconds: t.int({ description: 'The maximum duration of a call in seconds. Null if one day.' }),
    blockedPrefixes: t.stringList({ description: 'Prefixes that cannot be called, at most 1,000.' }),
    surcharges: t.field({
      type: [AccessSurchargeInput],
      description: 'Surcharges by access number, at most 1,000.',
    }),
    timeBands: t.field({
      type: [TimeBandInput],
      description: 'Time bands, at most 1,000; the first match applies.',
    }),
  }),
});

const SetCallTermsPayload = builder.objectRef<RateGroupRow>('SetCallTermsPayload').implement({
  description: 'The rate group with its new call terms.',
  fields: (t) => ({
    rateGroup: t.field({ type: RateGroup, description: 'The rate group.', resolve: (group) => group }),
  }),
});

builder.mutationField('setCallTerms', (t) =>
  t.field({
    type: SetCallTermsPayload,
    description:
      'Changes the call terms of a rate group for future calls. Calls in progress keep their terms.',
    errors: {
      types: [
        input.InvalidInput,
        input.InvalidAmount,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
      ],
      union: {
        description: 'The rate group, or the reason why it was not changed.',
      },
    },
    args: { input: t.arg({ type: SetCallTermsInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input: request }, context) =>
      setCallTerms(context.database.sql, {
        id: fromGlobalId('RateGroup', request.rateGroupId),
        actorId: context.viewer.actorId,
        changes: changesOf(request, context),
      }),
  }),
);

function changesOf(
  request: typeof SetCallTermsInput.$inferInput,
  context: GraphContext,
): Partial<CallTermsValue> {
  const { rateGroupId: _, minimumCharge, maxCharge, surcharges, maxSeconds, ...plain } = request;
  const given = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== null && value !== undefined),
  );
  return {
    ...given,
    ...(maxSeconds !== undefined && { maxSeconds }),
    ...(typeof minimumCharge === 'string' && { minimumCharge: parseMicros(minimumCharge) }),
    ...(maxCharge !== undefined && { maxCharge: maxCharge === null ? null : parseMicros(maxCharge) }),
    ...(surcharges && {
      surcharges: surcharges.map((each) => ({
        accessNumber: readAnyLine(each.accessNumber, callerReading({ field: 'accessNumber' }, context)),
        ratePer1e8Minute: readPrice(each.pricePerMinute),
        connectionFee: parseMicros(each.connectionFee),
      })),
    }),
  };
}

function readPrice(written: string): bigint {
  const price = readRatePer1e8Minute(written);
  if (price !== null) return price;
  throw new input.InvalidInput({
    field: 'pricePerMinute',
    problem: 'must be a decimal such as "0.02", with at most eight decimals.',
  });
}
