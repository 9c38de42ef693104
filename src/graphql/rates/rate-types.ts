import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money } from '../core/money.ts';

export const RateGroup = builder.drizzleNode('rateGroups', {
  name: 'RateGroup',
  description: 'A price list in one currency: the rates and terms by which calls are charged.',
  id: { column: (group) => group.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name, unique.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of the rates.' }),
    version: t.exposeInt('version', {
      description: 'Increases by one with every change of its rates or terms.',
    }),
    rateCount: t.exposeInt('rateCount', {
      description: 'The number of prefixes with a current or future rate.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the rate group was created.' }),
  }),
});

export const RateGroupConnection = connectionOf(RateGroup, 'rate groups');

export const Rate = builder.drizzleNode('rates', {
  name: 'Rate',
  description: 'The price of calls to one dialing prefix, in effect until a later rate for the same prefix.',
  id: { column: (rate) => rate.id, description: 'The global id.' },
  select: {
    columns: {
      id: true,
      prefix: true,
      destination: true,
      ratePer1e8Minute: true,
      connectionFee: true,
      initialIncrementSeconds: true,
      incrementSeconds: true,
      effectiveFrom: true,
      effectiveTo: true,
      withdrawn: true,
      barred: true,
    },
    with: { rateGroup: { columns: { currency: true } } },
  },
  fields: (t) => ({
    prefix: t.exposeString('prefix', {
      description: 'The leading digits of the international number, without + or 00.',
    }),
    destination: t.exposeString('destination', { description: 'The country or region and the operator.' }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: "The price per minute in units of the group's currency, with up to eight decimals.",
      resolve: ({ ratePer1e8Minute }) => formatRatePer1e8Minute(ratePer1e8Minute),
    }),
    connectionFee: t.field({
      type: Money,
      description: 'Charged once for each answered call.',
      resolve: ({ connectionFee, rateGroup }) => ({ micros: connectionFee, currency: rateGroup.currency }),
    }),
    initialIncrement: t.exposeInt('initialIncrementSeconds', {
      description: 'The initial increment in seconds, always billed in full: the first number of "30/6".',
    }),
    increment: t.exposeInt('incrementSeconds', {
      description:
        'The increment in seconds, in which the rest of the call is billed, rounded up: the second number of "30/6".',
    }),
    effectiveFrom: t.expose('effectiveFrom', {
      type: 'DateTime',
      description: 'When the rate takes effect.',
    }),
    effectiveTo: t.expose('effectiveTo', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the rate ends. Then the prefix is not offered until another rate for it takes effect. Null: it has no end.',
    }),
    barred: t.exposeBoolean('barred', {
      description:
        'Whether the numbers of the prefix are barred as of that time: no shorter prefix applies to them either.',
    }),
    withdrawn: t.exposeBoolean('withdrawn', {
      description: 'Whether the prefix is withdrawn as of that time, so that a shorter one may apply.',
    }),
    group: t.relation('rateGroup', { description: 'The rate group.' }),
  }),
});

export const RateConnection = connectionOf(Rate, 'rates');
