import { isBlocked, tariffOf } from '../../domain/calls/call-terms.ts';
import { affordableSeconds, billedSeconds, callCharge, type Tariff } from '../../domain/rates/rating.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import * as rates from '../../domain/rejections/rates.ts';
import * as recharges from '../../domain/rejections/recharges.ts';
import { normalisePhoneNumber } from '../../domain/values/phone-number.ts';
import { findRateGroup, type RateGroup as RateGroupRow } from '../../store/rates/rate-groups.ts';
import type { StoredRate } from '../../store/rates/rate-search.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Money, MoneyInput, readMoney } from '../core/money.ts';
import { Rate } from '../rates/rate-types.ts';

interface Quote {
  readonly rate: StoredRate;
  /** The rate with the group's call terms as they are now. */
  readonly tariff: Tariff;
  readonly group: RateGroupRow;
  readonly number: string;
  readonly seconds: number | null;
  /** Micro-units. */
  readonly balance: bigint | null;
}

const CallQuote = builder.objectRef<Quote>('CallQuote').implement({
  description:
    "What a call that starts now would cost, by the rate and the group's call terms. Charge = max(minimum charge, connection fee + price per minute × billed seconds / 60), rounded once, upwards, to a millionth. Billed seconds are those after the free ones: the initial increment and begun increments after it. A call that is not answered costs nothing. Mexico at 0.02509056 a minute, 60/60: 61 seconds are 120 billed and cost 0.050182. United States at 0.0124416, 6/6: 61 seconds are 66 billed and cost 0.013686. Italy mobile TIM at 0.075552, 30/6: 61 seconds are 66 billed and cost 0.083108.",
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The dialled number in E.164 form.' }),
    rate: t.drizzleField({
      type: Rate,
      description: 'The rate of the longest prefix that is in effect now.',
      resolve: (query, { rate }, _args, { database }) =>
        database.drizzle.query.rates.findFirst(query({ where: { id: rate.id } })) as never,
    }),
    destination: t.string({
      description: 'The place and operator.',
      resolve: ({ rate }) => rate.destination,
    }),
    billedSeconds: t.int({
      nullable: true,
      description: 'Seconds charged for a call of the given duration. Null when none was given.',
      resolve: ({ tariff, seconds }) =>
        seconds === null ? null : billedSeconds(tariff, Math.max(0, seconds - (tariff.freeSeconds ?? 0))),
    }),
    charge: t.field({
      type: Money,
      nullable: true,
      description: 'The charge of a call of the given duration. Null when none was given.',
      resolve: ({ tariff, group, seconds }) =>
        seconds === null ? null : { micros: callCharge(tariff, seconds), currency: group.currency },
    }),
    affordableSeconds: t.int({
      nullable: true,
      description:
        'Seconds the given balance buys: its charge never exceeds the balance, and one increment more would. Null when no balance was given, or when money sets no limit.',
      resolve: ({ tariff, balance }) => (balance === null ? null : affordableSeconds(tariff, balance)),
    }),
  }),
});

builder.queryField('quoteCall', (t) =>
  t.field({
    type: CallQuote,
    description: 'What a call to a number costs by a price list, and how long a balance lasts for it.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        rates.NoRateForNumber,
        recharges.CurrencyMismatch,
      ],
      union: { name: 'QuoteCallResult', description: 'The quote, or why there is none.' },
    },
    args: {
      rateGroupId: t.arg.id({ required: true, description: 'The price list.' }),
      number: t.arg({
        type: 'PhoneNumber',
        required: true,
        description: 'The dialled number, in any usual form.',
      }),
      country: t.arg.string({
        description: 'ISO 3166-1 alpha-2 code of the country whose plan a national number is in.',
      }),
      balance: t.arg({ type: MoneyInput, description: "A balance to spend, in the list's currency." }),
      seconds: t.arg.int({ description: 'The duration of a call, 0 to 86,400 seconds.' }),
    },
    resolve: async (_root, { rateGroupId, number, country, balance, seconds }, context) => {
      const { database, rateBook, defaultCountry } = context;
      const id = fromGlobalId('RateGroup', rateGroupId);
      const dialled = normalisePhoneNumber(number, country ?? defaultCountry);
      const group = await findRateGroup(database.sql, id);
      if (!group) throw new input.NotFound({ what: 'rate group', reference: rateGroupId });
      const money = balance ? readMoney(balance) : null;
      if (balance && money && money.micros < 0n) throw new input.InvalidAmount({ amount: balance.amount });
      if (money && money.currency !== group.currency) {
        throw new recharges.CurrencyMismatch({ expected: group.currency, given: money.currency });
      }
      if (typeof seconds === 'number' && (seconds < 0 || seconds > 86_400)) {
        throw new input.InvalidInput({ field: 'seconds', problem: 'must be 0 to 86,400.' });
      }
      const now = new Date();
      const [table, { terms }] = await Promise.all([rateBook.get(id), rateBook.pricing(id)]);
      const rate = isBlocked(terms, dialled) ? undefined : table.match(dialled, now);
      if (!rate) throw new rates.NoRateForNumber({ number: dialled, rateGroup: group.name });
      const { tariff } = tariffOf(rate, terms, { accessNumber: null, now });
      return {
        rate,
        tariff,
        group,
        number: dialled,
        seconds: seconds ?? null,
        balance: money?.micros ?? null,
      };
    },
  }),
);
