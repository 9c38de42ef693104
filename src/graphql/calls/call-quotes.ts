import { isBlocked, tariffOf } from '../../domain/calls/call-terms.ts';
import { rateOfLine } from '../../domain/rates/line-rate.ts';
import { formatRatePer1e8Minute } from '../../domain/rates/rate-decimal.ts';
import { affordableSeconds, billedSeconds, callCharge, type Tariff } from '../../domain/rates/rating.ts';
import * as bindings from '../../domain/rejections/bindings.ts';
import * as input from '../../domain/rejections/input.ts';
import * as rates from '../../domain/rejections/rates.ts';
import { readPhoneNumber } from '../../domain/values/phone-number.ts';
import { findRateGroup, type RateGroup as RateGroupRow } from '../../store/rates/rate-groups.ts';
import type { StoredRate } from '../../store/rates/stored-rate.ts';
import { builder } from '../core/builder.ts';
import { fromGlobalId } from '../core/global-id.ts';
import { Money, MoneyInput, readMoney } from '../core/money.ts';
import { DIALED_NUMBER_FORM, dialedReading, PhoneNumberFormEnum } from '../core/number-reading.ts';
import { Rate } from '../rates/rate-types.ts';

interface Quote {
  readonly rate: StoredRate;
  /** The rate with the group's current call terms. */
  readonly tariff: Tariff;
  readonly timeBand: string | null;
  readonly group: RateGroupRow;
  readonly number: string;
  readonly seconds: number | null;
  /** Micro-units. */
  readonly balance: bigint | null;
}

const CallQuote = builder.objectRef<Quote>('CallQuote').implement({
  description:
    "The price of a call that starts now, by the rate and the rate group's call terms. Charge = max(minimum charge, connection fee + price per minute × billed seconds / 60), rounded up once to a millionth. Billed seconds exclude the free ones and are rounded up to the initial increment and then to whole increments. Unanswered calls are free. Mexico at 0.02509056 per minute, 60/60: 61 seconds are billed as 120 and cost 0.050182. United States at 0.0124416, 6/6: 61 seconds are billed as 66 and cost 0.013686. Italy mobile TIM at 0.075552, 30/6: 61 seconds are billed as 66 and cost 0.083108.",
  fields: (t) => ({
    number: t.expose('number', { type: 'PhoneNumber', description: 'The dialed number in E.164 form.' }),
    rate: t.drizzleField({
      type: Rate,
      description:
        'The rate of the longest matching prefix that is currently in effect, as it stands in the list: without time band and call terms. The call itself costs pricePerMinute.',
      resolve: (query, { rate }, _args, { database }) =>
        database.drizzle.query.rates.findFirst(query({ where: { id: rate.id } })) as never,
    }),
    destination: t.string({
      description: 'The country or region and the operator.',
      resolve: ({ rate }) => rate.destination,
    }),
    pricePerMinute: t.field({
      type: 'Decimal',
      description:
        "The price per minute in units of the currency that the charge is calculated with: the rate's, in the current time band.",
      resolve: ({ tariff }) => formatRatePer1e8Minute(tariff.ratePer1e8Minute),
    }),
    timeBand: t.string({
      nullable: true,
      description: 'The time band that a call starting now is rated in. Null if none.',
      resolve: ({ timeBand }) => timeBand,
    }),
    connectionFee: t.field({
      type: Money,
      description: 'Charged once if the call is answered.',
      resolve: ({ tariff, group }) => ({ micros: tariff.connectionFee, currency: group.currency }),
    }),
    initialIncrement: t.int({
      description: 'The initial increment in seconds, always billed in full.',
      resolve: ({ tariff }) => tariff.initialIncrementSeconds,
    }),
    increment: t.int({
      description: 'The increment in seconds, in which the rest of the call is billed, rounded up.',
      resolve: ({ tariff }) => tariff.incrementSeconds,
    }),
    freeSeconds: t.int({
      description: 'Seconds at the start that are not billed.',
      resolve: ({ tariff }) => tariff.freeSeconds ?? 0,
    }),
    minimumCharge: t.field({
      type: Money,
      description: 'The minimum charge if the call is answered.',
      resolve: ({ tariff, group }) => ({ micros: tariff.minimumCharge ?? 0n, currency: group.currency }),
    }),
    billedSeconds: t.int({
      nullable: true,
      description: 'Billed seconds for the given duration. Null if no duration was given.',
      resolve: ({ tariff, seconds }) =>
        seconds === null ? null : billedSeconds(tariff, Math.max(0, seconds - (tariff.freeSeconds ?? 0))),
    }),
    charge: t.field({
      type: Money,
      nullable: true,
      description: 'The charge for the given duration. Null if no duration was given.',
      resolve: ({ tariff, group, seconds }) =>
        seconds === null ? null : { micros: callCharge(tariff, seconds), currency: group.currency },
    }),
    affordableSeconds: t.int({
      nullable: true,
      description:
        'The longest affordable duration in seconds: its charge does not exceed the given balance, and that of one more increment would. Null if no balance was given or if the balance does not limit the call.',
      resolve: ({ tariff, balance }) => (balance === null ? null : affordableSeconds(tariff, balance)),
    }),
  }),
});

builder.queryField('quoteCall', (t) =>
  t.field({
    type: CallQuote,
    description: 'The price of a call to a number by a rate group, and how long a balance lasts for it.',
    errors: {
      types: [
        input.InvalidAmount,
        input.InvalidInput,
        input.NotFound,
        bindings.InvalidPhoneNumber,
        bindings.AmbiguousPhoneNumber,
        rates.NoRateForNumber,
        input.CurrencyMismatch,
      ],
      union: { description: 'The quote, or the reason why there is none.' },
    },
    args: {
      rateGroupId: t.arg.id({ required: true, description: 'The rate group.' }),
      number: t.arg({
        type: 'PhoneNumber',
        required: true,
        description: 'The dialed number, in any common form.',
      }),
      country: t.arg.string({
        description: 'ISO 3166-1 alpha-2 code of the country in which a national number is interpreted.',
      }),
      numberForm: t.arg({ type: PhoneNumberFormEnum, description: DIALED_NUMBER_FORM }),
      balance: t.arg({ type: MoneyInput, description: "A balance to spend, in the rate group's currency." }),
      seconds: t.arg.int({ description: 'The duration of a call, 0 to 86,400 seconds.' }),
    },
    resolve: async (_root, { rateGroupId, number, country, numberForm: form, balance, seconds }, context) => {
      const { database, rateBook } = context;
      const id = fromGlobalId('RateGroup', rateGroupId);
      const e164 = readPhoneNumber(number, dialedReading({ country, form }, context));
      const group = await findRateGroup(database.sql, id);
      if (!group) throw new input.NotFound({ what: 'rate group', reference: rateGroupId });
      const money = balance ? readMoney(balance) : null;
      if (balance && money && money.micros < 0n) throw new input.InvalidAmount({ amount: balance.amount });
      if (money && money.currency !== group.currency) {
        throw new input.CurrencyMismatch({ expected: group.currency, given: money.currency });
      }
      if (typeof seconds === 'number' && (seconds < 0 || seconds > 86_400)) {
        throw new input.InvalidInput({ field: 'seconds', problem: 'must be 0 to 86,400.' });
      }
      const now = new Date();
      const [table, { terms }] = await Promise.all([rateBook.get(id), rateBook.pricing(id)]);
      const rate = isBlocked(terms, e164)
        ? undefined
        : rateOfLine((dialed, at) => table.match(dialed, at), e164, now);
      if (!rate) throw new rates.NoRateForNumber({ number: e164, rateGroup: group.name });
      const { tariff, timeBand } = tariffOf(rate, terms, { accessNumber: null, now });
      return {
        rate,
        tariff,
        timeBand,
        group,
        number: e164,
        seconds: seconds ?? null,
        balance: money?.micros ?? null,
      };
    },
  }),
);
