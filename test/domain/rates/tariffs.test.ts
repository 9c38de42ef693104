import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallTerms,
  checkCallTerms,
  PLAIN_CALL_TERMS,
  tariffOf,
} from '../../../src/domain/calls/call-terms.ts';
import { readRatePer1e8Minute } from '../../../src/domain/rates/rate-decimal.ts';
import { affordableSeconds, callCharge, type Tariff } from '../../../src/domain/rates/rating.ts';
import { type TimeBand, timeBandAt } from '../../../src/domain/rates/time-band.ts';
import { formatMicros, parseMicros } from '../../../src/domain/values/money.ts';

interface Extras {
  readonly fee?: string;
  readonly minimum?: string;
  readonly free?: number;
}

/** A tariff as a price list writes it: the rate of a minute, the increments, and what comes on top. */
function tariff(rate: string, increments: string, { fee = '0', minimum = '0', free = 0 }: Extras): Tariff {
  const [initialIncrementSeconds = 0, incrementSeconds = 0] = increments.split('/').map(Number);
  return {
    ratePer1e8Minute: readRatePer1e8Minute(rate) ?? -1n,
    connectionFee: parseMicros(fee),
    initialIncrementSeconds,
    incrementSeconds,
    freeSeconds: free,
    minimumCharge: parseMicros(minimum),
  };
}

/** Worked out beside the code, in exact fractions: fee + rate × billed seconds / 60, rounded up to 10^-6. */
test.each<[rate: string, increments: string, extras: Extras, seconds: number, charge: bigint]>([
  // whole minutes, 60/60
  ['0.06', '60/60', {}, 0, 0n],
  ['0.06', '60/60', {}, 1, 60_000n],
  ['0.06', '60/60', {}, 59, 60_000n],
  ['0.06', '60/60', {}, 60, 60_000n],
  ['0.06', '60/60', {}, 61, 120_000n],
  ['0.06', '60/60', {}, 120, 120_000n],
  ['0.06', '60/60', {}, 121, 180_000n],
  ['0.06', '60/60', {}, 3_600, 3_600_000n],
  ['0.06', '60/60', {}, 3_601, 3_660_000n],
  // 30/6
  ['0.12', '30/6', {}, 0, 0n],
  ['0.12', '30/6', {}, 1, 60_000n],
  ['0.12', '30/6', {}, 29, 60_000n],
  ['0.12', '30/6', {}, 30, 60_000n],
  ['0.12', '30/6', {}, 31, 72_000n],
  ['0.12', '30/6', {}, 36, 72_000n],
  ['0.12', '30/6', {}, 37, 84_000n],
  ['0.12', '30/6', {}, 60, 120_000n],
  ['0.12', '30/6', {}, 61, 132_000n],
  ['0.12', '30/6', {}, 66, 132_000n],
  ['0.12', '30/6', {}, 67, 144_000n],
  // 6/6
  ['0.0124416', '6/6', {}, 0, 0n],
  ['0.0124416', '6/6', {}, 1, 1_245n],
  ['0.0124416', '6/6', {}, 6, 1_245n],
  ['0.0124416', '6/6', {}, 7, 2_489n],
  ['0.0124416', '6/6', {}, 12, 2_489n],
  ['0.0124416', '6/6', {}, 60, 12_442n],
  ['0.0124416', '6/6', {}, 61, 13_686n],
  // 1/1
  ['0.06', '1/1', {}, 0, 0n],
  ['0.06', '1/1', {}, 1, 1_000n],
  ['0.06', '1/1', {}, 2, 2_000n],
  ['0.06', '1/1', {}, 59, 59_000n],
  ['0.06', '1/1', {}, 60, 60_000n],
  ['0.06', '1/1', {}, 61, 61_000n],
  // 10/60
  ['0.06', '10/60', {}, 0, 0n],
  ['0.06', '10/60', {}, 1, 10_000n],
  ['0.06', '10/60', {}, 10, 10_000n],
  ['0.06', '10/60', {}, 11, 70_000n],
  ['0.06', '10/60', {}, 70, 70_000n],
  ['0.06', '10/60', {}, 71, 130_000n],
  ['0.06', '10/60', {}, 130, 130_000n],
  ['0.06', '10/60', {}, 131, 190_000n],
  // a connection fee
  ['0.06', '60/60', { fee: '0.05' }, 0, 0n],
  ['0.06', '60/60', { fee: '0.05' }, 1, 110_000n],
  ['0.06', '60/60', { fee: '0.05' }, 61, 170_000n],
  ['0.0124416', '6/6', { fee: '0.000001' }, 7, 2_490n],
  ['0', '60/60', { fee: '0.1' }, 600, 100_000n],
  // free seconds
  ['0.12', '30/6', { free: 10 }, 0, 0n],
  ['0.12', '30/6', { free: 10 }, 1, 0n],
  ['0.12', '30/6', { free: 10 }, 10, 0n],
  ['0.12', '30/6', { free: 10 }, 11, 60_000n],
  ['0.12', '30/6', { free: 10 }, 40, 60_000n],
  ['0.12', '30/6', { free: 10 }, 41, 72_000n],
  ['0.12', '30/6', { free: 10 }, 46, 72_000n],
  ['0.12', '30/6', { free: 10 }, 47, 84_000n],
  ['0.06', '60/60', { free: 60 }, 60, 0n],
  ['0.06', '60/60', { free: 60, fee: '0.02' }, 61, 80_000n],
  ['0.06', '60/60', { free: 60, fee: '0.02' }, 30, 20_000n],
  ['0.06', '1/1', { free: 3_600 }, 3_601, 1_000n],
  // a minimum charge
  ['0.06', '60/60', { minimum: '0.1' }, 0, 0n],
  ['0.06', '60/60', { minimum: '0.1' }, 60, 100_000n],
  ['0.06', '60/60', { minimum: '0.06' }, 60, 60_000n],
  ['0.06', '60/60', { minimum: '0.060001' }, 60, 60_001n],
  ['0.06', '60/60', { minimum: '0.059999' }, 60, 60_000n],
  ['0.06', '60/60', { minimum: '0.1' }, 120, 120_000n],
  ['0.06', '60/60', { minimum: '0.1', fee: '0.04' }, 60, 100_000n],
  ['0.06', '60/60', { minimum: '0.1', fee: '0.05' }, 60, 110_000n],
  ['0.06', '60/60', { minimum: '0.1', free: 10 }, 5, 100_000n],
  ['0', '1/1', { minimum: '0.1' }, 1, 100_000n],
  // rounding
  ['0.00006', '1/1', {}, 1, 1n],
  ['0.00006001', '1/1', {}, 1, 2n],
  ['0.00005999', '1/1', {}, 1, 1n],
  ['0.00000001', '1/1', {}, 1, 1n],
  ['0.00000001', '1/1', {}, 6_000, 1n],
  ['0.00000001', '1/1', {}, 6_001, 2n],
  ['0.000001', '60/60', {}, 60, 1n],
  ['0.00000101', '60/60', {}, 60, 2n],
  ['0.02509056', '60/60', {}, 61, 50_182n],
  ['0.075552', '30/6', {}, 61, 83_108n],
  ['0.0000007', '1/1', {}, 60, 1n],
  ['0.00000001', '60/60', { fee: '0.000001' }, 60, 2n],
  // very dear and free
  ['1000000', '60/60', {}, 86_400, 1_440_000_000_000_000n],
  ['1000000', '1/1', {}, 1, 16_666_666_667n],
  ['999999.99999999', '1/1', {}, 1, 16_666_666_667n],
  ['999999.99999999', '1/1', {}, 60, 1_000_000_000_000n],
  ['999999.99999999', '6/6', {}, 2_147_483_647, 35_791_394_199_999_642_087n],
  ['0', '60/60', {}, 1, 0n],
  ['0', '1/1', {}, 2_147_483_647, 0n],
])('%s at %s, %o: %i seconds cost %s', (rate, increments, extras, seconds, charge) => {
  expect(callCharge(tariff(rate, increments, extras), seconds)).toBe(charge);
});

describe('the rate of a call that starts now', () => {
  const rated = (rate: string, percent: number, surcharge = '0') =>
    tariffOf(
      tariff(rate, '60/60', { fee: '0.01' }),
      {
        ...PLAIN_CALL_TERMS,
        timeBands: [
          { name: 'always', weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1_440, percent },
        ],
        surcharges: [
          {
            accessNumber: '+390699999999',
            ratePer1e8Minute: readRatePer1e8Minute(surcharge) ?? -1n,
            connectionFee: 5_000n,
          },
        ],
      },
      { accessNumber: surcharge === '0' ? null : '+390699999999', now: new Date() },
    ).tariff;

  test.each<[rate: string, percent: number, steps: bigint]>([
    ['0.12', 100, 12_000_000n],
    ['0.12', 50, 6_000_000n],
    ['0.12', 1_000, 120_000_000n],
    ['0.12', 0, 0n],
    ['0.0124416', 33, 410_573n],
    ['0.02509056', 137, 3_437_407n],
    ['0.00000001', 100, 1n],
    ['0.00000001', 150, 2n],
    ['0.00000001', 1, 1n],
    ['0.00000003', 33, 1n],
  ])('%s at %i %% is %s steps, rounded up', (rate, percent, steps) => {
    expect(rated(rate, percent).ratePer1e8Minute).toBe(steps);
  });

  test.each<[rate: string, percent: number, surcharge: string, steps: bigint]>([
    ['0.12', 50, '0.01', 7_000_000n],
    ['0.12', 0, '0.01', 1_000_000n],
    ['0.00000001', 50, '0.00000002', 3n],
  ])(
    '%s at %i %% with an access surcharge of %s, which no band lowers, is %s steps',
    (rate, percent, surcharge, steps) => {
      expect(rated(rate, percent, surcharge)).toMatchObject({
        ratePer1e8Minute: steps,
        connectionFee: 15_000n,
      });
    },
  );

  test('is without the surcharges of other access numbers', () => {
    expect(rated('0.12', 100).connectionFee).toBe(10_000n);
  });
});

describe('time bands', () => {
  const workdays = [1, 2, 3, 4, 5];
  const band = (name: string, weekdays: number[], from: number, to: number): TimeBand => ({
    name,
    weekdays,
    fromMinute: from * 60,
    toMinute: to * 60,
    percent: 100,
  });
  const rome = [
    band('day', workdays, 8, 18),
    band('evening', workdays, 18, 24),
    band('small hours', [7], 2, 3),
    band('weekend', [6, 7], 0, 24),
  ];
  const DAY_MS = 86_400_000;

  /** Clocks in Rome: UTC+1 in winter, UTC+2 from 29 March to 25 October 2026, changed at 01:00 UTC. */
  test.each<[instant: string, name: string | undefined]>([
    ['2026-01-12T06:59:59.999Z', undefined],
    ['2026-01-12T07:00:00Z', 'day'],
    ['2026-01-12T16:59:59.999Z', 'day'],
    ['2026-01-12T17:00:00Z', 'evening'],
    ['2026-01-12T22:59:59.999Z', 'evening'],
    ['2026-01-12T23:00:00Z', undefined],
    ['2026-07-13T05:59:59Z', undefined],
    ['2026-07-13T06:00:00Z', 'day'],
    ['2026-07-13T16:00:00Z', 'evening'],
    ['2026-07-13T22:00:00Z', undefined],
    // Friday becomes Saturday, and Sunday Monday, at midnight in Rome.
    ['2026-07-17T21:59:59Z', 'evening'],
    ['2026-07-17T22:00:00Z', 'weekend'],
    ['2026-07-19T21:59:59Z', 'weekend'],
    ['2026-07-19T22:00:00Z', undefined],
    // 2 o'clock is not on the clock in March, and twice in October.
    ['2026-03-29T00:59:59Z', 'weekend'],
    ['2026-03-29T01:00:00Z', 'weekend'],
    ['2026-10-24T23:59:59Z', 'weekend'],
    ['2026-10-25T00:00:00Z', 'small hours'],
    ['2026-10-25T01:59:59Z', 'small hours'],
    ['2026-10-25T02:00:00Z', 'weekend'],
  ])('%s is in the band %s', (instant, name) => {
    expect(timeBandAt(rome, 'Europe/Rome', new Date(instant))?.name).toBe(name);
  });

  test('weekday and hour are those that clocks of the zone show, the whole year through', () => {
    // The offsets of New York in 2026, written down: UTC-5, and UTC-4 from 8 March 07:00 to 1 November 06:00 UTC.
    const summer = [Date.parse('2026-03-08T07:00:00Z'), Date.parse('2026-11-01T06:00:00Z')];
    const hours = Array.from({ length: 7 * 24 }, (_, n) =>
      band(`${1 + Math.floor(n / 24)}/${n % 24}`, [1 + Math.floor(n / 24)], n % 24, (n % 24) + 1),
    );
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * DAY_MS - 1 }), (after) => {
        const instant = start + after;
        const [from = 0, to = 0] = summer;
        const local = new Date(instant - (instant >= from && instant < to ? 4 : 5) * 3_600_000);
        const name = `${local.getUTCDay() || 7}/${local.getUTCHours()}`;
        expect(timeBandAt(hours, 'America/New_York', new Date(instant))?.name).toBe(name);
      }),
      { numRuns: 1_000 },
    );
  });

  test('the first of two that overlap decides', () => {
    const [all, night] = [band('all', [1, 2, 3, 4, 5, 6, 7], 0, 24), band('night', [1], 0, 6)];
    const monday = new Date('2026-01-12T01:00:00Z');
    expect(timeBandAt([all, night], 'UTC', monday)?.name).toBe('all');
    expect(timeBandAt([night, all], 'UTC', monday)?.name).toBe('night');
  });
});

describe('for every tariff', () => {
  /** 68 years: what money buys beyond is no limit. */
  const MAX_SECONDS = 2_147_483_647;
  const micros = fc.oneof(fc.constant(0n), fc.bigInt(0n, 1_000n), fc.bigInt(0n, 10n ** 9n));
  const increment = fc.oneof(fc.constantFrom(1, 6, 10, 30, 60), fc.integer({ min: 1, max: 3_600 }));
  const anyTariff: fc.Arbitrary<Tariff> = fc.record({
    ratePer1e8Minute: fc.oneof(fc.constant(0n), fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 14n)),
    connectionFee: micros,
    initialIncrementSeconds: increment,
    incrementSeconds: increment,
    freeSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_600 })),
    minimumCharge: micros,
  });

  test('a longer call never costs less, and no answered one less than fee or minimum', () => {
    fc.assert(
      fc.property(anyTariff, fc.nat(100_000), fc.nat(10_000), (rate, seconds, more) => {
        const charge = callCharge(rate, seconds);
        expect(callCharge(rate, seconds + more) >= charge).toBe(true);
        if (seconds === 0) return;
        expect(charge >= rate.connectionFee && charge >= (rate.minimumCharge ?? 0n)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the charge is the exact price, or less than a micro-unit above it', () => {
    fc.assert(
      fc.property(anyTariff, fc.integer({ min: 1, max: 20_000 }), (rate, seconds) => {
        // In sixtieths of a rate step, 1/6000 of a micro-unit: begun increments counted one by one.
        let billed = 0;
        const counted = seconds - (rate.freeSeconds ?? 0);
        while (billed < counted)
          billed += billed === 0 ? rate.initialIncrementSeconds : rate.incrementSeconds;
        const exact = rate.connectionFee * 6_000n + rate.ratePer1e8Minute * BigInt(billed);
        const charged = callCharge(rate, seconds);
        const above = charged * 6_000n - exact;
        expect(above >= 0n).toBe(true);
        expect(above < 6_000n || charged === rate.minimumCharge).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what a balance buys is within it, to the end of an increment, and the next increment is not', () => {
    fc.assert(
      fc.property(anyTariff, anyBalance(anyTariff), (rate, balance) => {
        const seconds = affordableSeconds(rate, balance);
        if (seconds === null) {
          expect(callCharge(rate, MAX_SECONDS) <= balance).toBe(true);
          return;
        }
        const next = seconds + rate.incrementSeconds;
        const told = `${seconds} s for ${formatMicros(balance)}`;
        expect(callCharge(rate, seconds) <= balance, told).toBe(true);
        expect(callCharge(rate, next) > balance, told).toBe(true);
        // Its first second begins an increment, so what is bought ends with one.
        expect(callCharge(rate, seconds + 1) > balance, told).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test('what buys the price of a call to the micro-unit buys that call, and a micro-unit less does not', () => {
    fc.assert(
      fc.property(anyTariff, fc.integer({ min: 1, max: 100_000 }), (rate, seconds) => {
        const price = callCharge(rate, seconds);
        expect((affordableSeconds(rate, price) ?? MAX_SECONDS) >= seconds).toBe(true);
        if (price > 0n) expect((affordableSeconds(rate, price - 1n) ?? MAX_SECONDS) < seconds).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Any amount, and more often one that is the price of some call or a micro-unit beside it. */
function anyBalance(anyTariff: fc.Arbitrary<Tariff>): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc.bigInt(0n, 10n ** 15n),
    fc.bigInt(0n, 10n ** 7n),
    fc
      .tuple(anyTariff, fc.nat(100_000), fc.constantFrom(-1n, 0n, 1n))
      .map(([rate, seconds, beside]) => callCharge(rate, seconds) + beside)
      .filter((balance) => balance >= 0n),
  );
}

describe('call terms that contradict each other are refused by name', () => {
  const surcharge = (accessNumber: string) => ({ accessNumber, ratePer1e8Minute: 1n, connectionFee: 0n });

  test.each<[string, Partial<CallTerms>]>([
    ['maxCharge', { maxCharge: 0n }],
    ['minimumCharge', { minimumCharge: 2n, maxCharge: 1n }],
    ['surcharges', { surcharges: [surcharge('+390655501234'), surcharge('+390655501234')] }],
  ])('%s', (field, given) => {
    expect(() => checkCallTerms({ ...PLAIN_CALL_TERMS, ...given })).toThrow(`${field}: must`);
  });

  test('but not a flat price', () => {
    const flat = { freeSeconds: 600, maxSeconds: 600, minimumCharge: 500_000n, maxCharge: 500_000n };
    expect(checkCallTerms({ ...PLAIN_CALL_TERMS, ...flat })).toMatchObject(flat);
  });
});
