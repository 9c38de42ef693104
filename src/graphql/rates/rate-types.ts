import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { builder } from '../core/builder.ts';
import { connectionOf } from '../core/connections.ts';
import { Money } from '../core/money.ts';

export const RateGroup = builder.drizzleNode('rateGroups', {
  name: 'RateGroup',
  description: 'A price list in one currency.',
  id: { column: (group) => group.id, description: 'The global id.' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of its rates.' }),
    version: t.exposeInt('version', { description: 'Grows by one with every import.' }),
    rateCount: t.exposeInt('rateCount', {
      description: 'How many prefixes it prices, now or from a later date on.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
  }),
});

export const RateGroupConnection = connectionOf(RateGroup, 'rate groups');

export const Rate = builder.drizzleNode('rates', {
  name: 'Rate',
  description:
    'The price of calls to one dialling prefix, from one instant until a later rate for the same prefix.',
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
      withdrawn: true,
    },
    with: { rateGroup: { columns: { currency: true } } },
  },
  fields: (t) => ({
    prefix: t.exposeString('prefix', {
      description: 'Leading digits of the international number, without + or 00.',
    }),
    destination: t.exposeString('destination', { description: 'The place and operator.' }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description: "Price of a minute, in units of the group's currency, with up to eight decimals.",
      resolve: ({ ratePer1e8Minute }) => formatRatePer1e8Minute(ratePer1e8Minute),
    }),
    connectionFee: t.field({
      type: Money,
      description: 'Charged once for each answered call.',
      resolve: ({ connectionFee, rateGroup }) => ({ micros: connectionFee, currency: rateGroup.currency }),
    }),
    initialIncrement: t.exposeInt('initialIncrementSeconds', {
      description: 'Seconds charged whole, however short the call: the first number of "30/6".',
    }),
    increment: t.exposeInt('incrementSeconds', {
      description: 'Seconds charged after that, each begun increment whole: the second number of "30/6".',
    }),
    effectiveFrom: t.expose('effectiveFrom', {
      type: 'DateTime',
      description: 'From when on it is in effect.',
    }),
    withdrawn: t.exposeBoolean('withdrawn', {
      description: 'True: from that instant on the prefix is not offered.',
    }),
    group: t.relation('rateGroup', { description: 'The price list it is in.' }),
  }),
});

export const RateConnection = connectionOf(Rate, 'rates');
