import type { AccessSurcharge, CallTerms as CallTermsValue } from '../../domain/calls/call-terms.ts';
import { formatRatePer1e8Minute, readRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import type { TimeBand as TimeBandValue } from '../../domain/rates/time-band.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import { parseMicros } from '../../domain/values/money.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { type RateGroup as RateGroupRow, setCallTerms } from '../../store/rates/rate-groups.ts';
import { readCallTerms } from '../../store/schema/call-terms-column.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Money, moneyField } from '../core/money.ts';
import { RateGroup } from '../rates/rate-types.ts';

const TimeBand = builder.objectRef<TimeBandValue>('TimeBand').implement({
  description:
    'Hours of some weekdays in which calls cost more or less. A call is rated by the band it starts in.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    weekdays: t.intList({
      description: '1 is Monday, 7 is Sunday.',
      resolve: ({ weekdays }) => [...weekdays],
    }),
    fromMinute: t.exposeInt('fromMinute', {
      description: 'Minutes after local midnight, the first included.',
    }),
    toMinute: t.exposeInt('toMinute', { description: 'Minutes after local midnight, not included.' }),
    percent: t.exposeInt('percent', { description: 'Of the rate: 100 is the rate itself.' }),
  }),
});

const Surcharge = builder.objectRef<AccessSurcharge & { currency: string }>('AccessSurcharge').implement({
  description: 'What calls cost more when they come in by one access number.',
  fields: (t) => ({
    accessNumber: t.expose('accessNumber', { type: 'PhoneNumber', description: 'The access number.' }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: 'On top of the rate, in units of the currency.',
      resolve: ({ ratePer1e8Minute }) => formatRatePer1e8Minute(ratePer1e8Minute),
    }),
    connectionFee: t.field(moneyField('connectionFee', 'On top of the connection fee.')),
  }),
});

interface GroupTerms {
  readonly terms: CallTermsValue;
  readonly currency: string;
}

const CallTerms = builder.objectRef<GroupTerms>('CallTerms').implement({
  description: 'What holds for every call by a rate group, beside its rates.',
  fields: (t) => ({
    timeZone: t.string({
      description: 'IANA name: in whose days and hours time bands and fair use count.',
      resolve: ({ terms }) => terms.timeZone,
    }),
    sliceSeconds: t.int({
      description: 'Seconds granted at a time, the initial increment at least.',
      resolve: ({ terms }) => terms.sliceSeconds,
    }),
    freeSeconds: t.int({
      description: 'Seconds at the beginning of a call that are not billed.',
      resolve: ({ terms }) => terms.freeSeconds,
    }),
    minimumCharge: t.field(
      moneyField(({ terms }: GroupTerms) => terms.minimumCharge, 'What an answered call costs at least.'),
    ),
    maxCharge: t.field({
      type: Money,
      nullable: true,
      description: 'What a call may cost at most: it ends there. Null: no limit.',
      resolve: ({ terms, currency }) =>
        terms.maxCharge === null ? null : { micros: terms.maxCharge, currency },
    }),
    maxSeconds: t.int({
      nullable: true,
      description: 'Seconds a call may last at most. Null: a day.',
      resolve: ({ terms }) => terms.maxSeconds,
    }),
    blockedPrefixes: t.stringList({
      description: 'Prefixes that may not be called, whatever rates there are.',
      resolve: ({ terms }) => [...terms.blockedPrefixes],
    }),
    surcharges: t.field({
      type: [Surcharge],
      description: 'By access number.',
      resolve: ({ terms, currency }) => terms.surcharges.map((each) => ({ ...each, currency })),
    }),
    timeBands: t.field({
      type: [TimeBand],
      description: 'The first that fits applies; outside of all the rate itself.',
      resolve: ({ terms }) => terms.timeBands,
    }),
  }),
});

builder.drizzleObjectField(RateGroup, 'callTerms', (t) =>
  t.field({
    type: CallTerms,
    select: { columns: { callTerms: true, currency: true } },
    description: 'What holds for its calls beside the rates.',
    resolve: ({ callTerms, currency }) => ({ terms: readCallTerms(callTerms), currency }),
  }),
);

const TimeBandInput = builder.inputType('TimeBandInput', {
  description: 'Hours of some weekdays in which calls cost more or less. One over midnight is two.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Its name, up to 50 characters.' }),
    weekdays: t.intList({ required: true, description: '1 is Monday, 7 is Sunday.' }),
    fromMinute: t.int({ required: true, description: 'Minutes after local midnight, the first included.' }),
    toMinute: t.int({
      required: true,
      description: 'Minutes after local midnight, not included; 1440 at most.',
    }),
    percent: t.int({ required: true, description: 'Of the rate, 0 to 1000: 100 is the rate itself.' }),
  }),
});

const AccessSurchargeInput = builder.inputType('AccessSurchargeInput', {
  description: 'What calls cost more when they come in by one access number.',
  fields: (t) => ({
    accessNumber: t.field({
      type: 'PhoneNumber',
      required: true,
      description: 'The access number, with its country code.',
    }),
    pricePerMinute: t.field({
      type: 'Decimal',
      required: true,
      defaultValue: '0',
      description: 'On top of the rate, up to eight decimals.',
    }),
    connectionFee: t.field({
      type: 'Decimal',
      required: true,
      defaultValue: '0',
      description: 'On top of the connection fee, up to six decimals.',
    }),
  }),
});

const SetCallTermsInput = builder.inputType('SetCallTermsInput', {
  description: "Changes of a rate group's call terms. What is left out stays; amounts are in its currency.",
  fields: (t) => ({
    rateGroupId: t.id({ required: true, description: 'The rate group.' }),
    timeZone: t.string({ description: 'IANA name such as "Europe/Rome".' }),
    sliceSeconds: t.int({ description: 'Seconds granted at a time, 10 to 86,400; 300 at first.' }),
    freeSeconds: t.int({ description: 'Seconds not billed, 0 to 3,600.' }),
    minimumCharge: t.field({ type: 'Decimal', description: 'What an answered call costs at least.' }),
    maxCharge: t.field({ type: 'Decimal', description: 'What a call may cost at most. Null: no limit.' }),
    maxSeconds: t.int({ description: 'Seconds a call may last. Null: a day.' }),
    blockedPrefixes: t.stringList({ description: 'Prefixes that may not be called, at most 1,000.' }),
    surcharges: t.field({ type: [AccessSurchargeInput], description: 'By access number, at most 1,000.' }),
    timeBands: t.field({ type: [TimeBandInput], description: 'The first that fits applies; at most 1,000.' }),
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
      'Changes what holds for the calls of a rate group from the next one on. Calls in progress keep theirs.',
    errors: {
      types: [input.InvalidInput, input.InvalidAmount, input.NotFound, bindings.InvalidPhoneNumber],
      union: { name: 'SetCallTermsResult', description: 'The rate group, or why it was not changed.' },
    },
    args: { input: t.arg({ type: SetCallTermsInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input: asked }, { database, viewer }) =>
      setCallTerms(database.sql, {
        id: fromGlobalId('RateGroup', asked.rateGroupId),
        actorId: viewer.actorId,
        changes: changesOf(asked),
      }),
  }),
);

function changesOf(asked: typeof SetCallTermsInput.$inferInput): Partial<CallTermsValue> {
  const { rateGroupId: _, minimumCharge, maxCharge, surcharges, maxSeconds, ...plain } = asked;
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
        accessNumber: normalisePhoneNumber(each.accessNumber, null),
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
