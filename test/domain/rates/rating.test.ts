import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRatePer1e8Minute, readRatePer1e8Minute } from '../../../src/domain/rates/rate-decimal.ts';
import { RateTable } from '../../../src/domain/rates/rate-table.ts';
import {
  affordableSeconds,
  billedSeconds,
  callCharge,
  type Rate,
  type RateTerms,
} from '../../../src/domain/rates/rating.ts';

const unitedStates = terms('0.0124416', 6, 6);
const mexico = terms('0.02509056', 60, 60);
const italy = terms('0.12', 30, 6);

describe('billed seconds', () => {
  test('61 seconds are 120 at 60/60, 66 at 30/6, 61 at 1/1', () => {
    const at = (initialIncrementSeconds: number, incrementSeconds: number) =>
      billedSeconds({ initialIncrementSeconds, incrementSeconds }, 61);
    expect([at(60, 60), at(30, 6), at(1, 1)]).toEqual([120, 66, 61]);
  });

  test('a call that was not answered has none, the shortest one has the initial increment', () => {
    expect(billedSeconds(italy, 0)).toBe(0);
    expect(billedSeconds(italy, 1)).toBe(30);
    expect(billedSeconds(italy, 30)).toBe(30);
    expect(billedSeconds(italy, 31)).toBe(36);
  });

  test.each([-1, 0.5, Number.NaN])('%s is no number of seconds', (seconds) => {
    expect(() => billedSeconds(italy, seconds)).toThrow(RangeError);
  });
});

describe('the charge of a call', () => {
  test('is rounded once, upwards, to the micro-unit', () => {
    expect(callCharge(mexico, 61)).toBe(50_182n);
    expect(callCharge(unitedStates, 61)).toBe(13_686n);
    expect(callCharge(italy, 60)).toBe(120_000n);
  });

  test('has the connection fee when the call was answered, and nothing when not', () => {
    expect(callCharge({ ...italy, connectionFee: 50_000n }, 1)).toBe(110_000n);
    expect(callCharge({ ...italy, connectionFee: 50_000n }, 0)).toBe(0n);
  });

  test('never falls as the call goes on', () => {
    fc.assert(
      fc.property(anyTerms(), fc.nat(100_000), fc.nat(10_000), (rate, seconds, more) => {
        expect(callCharge(rate, seconds + more) >= callCharge(rate, seconds)).toBe(true);
      }),
    );
  });
});

describe('the seconds an amount buys', () => {
  test('10.00 buys 48,222 seconds at 0.0124416, 6/6', () => {
    expect(affordableSeconds(unitedStates, 10_000_000n)).toBe(48_222);
    expect(callCharge(unitedStates, 48_222)).toBe(9_999_314n);
    expect(callCharge(unitedStates, 48_223)).toBe(10_000_559n);
  });

  test('are none below the connection fee and the initial increment', () => {
    const rate = { ...mexico, connectionFee: 100_000n };
    expect(affordableSeconds(rate, 125_090n)).toBe(0);
    expect(affordableSeconds(rate, 125_091n)).toBe(60);
    expect(affordableSeconds(rate, -1n)).toBe(0);
  });

  test('know no limit where the destination is free, once the fee is paid', () => {
    const free = { ...italy, ratePer1e8Minute: 0n, connectionFee: 10_000n };
    expect(affordableSeconds(free, 10_000n)).toBeNull();
    expect(affordableSeconds(free, 9_999n)).toBe(0);
  });

  test('never cost more than the amount, and one second more would', () => {
    fc.assert(
      fc.property(anyTerms(), fc.bigInt(0n, 10n ** 15n), (rate, available) => {
        const seconds = affordableSeconds(rate, available);
        if (seconds === null) {
          expect(callCharge(rate, 2_147_483_647) <= available).toBe(true);
          return;
        }
        expect(callCharge(rate, seconds) <= available).toBe(true);
        expect(callCharge(rate, seconds + 1) > available).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the rate of a number', () => {
  const past = new Date('2026-01-01T00:00:00Z');
  const now = new Date('2026-06-01T00:00:00Z');
  const later = new Date('2026-07-01T00:00:00Z');

  test('is that of the longest prefix', () => {
    const table = new RateTable([rateOf('39'), rateOf('393'), rateOf('39335'), rateOf('1')]);
    expect(table.match('+393351234567', now)?.prefix).toBe('39335');
    expect(table.match('393401234567', now)?.prefix).toBe('393');
    expect(table.match('+39', now)?.prefix).toBe('39');
    expect(table.match('+3', now)).toBeUndefined();
    expect(table.match('+441234', now)).toBeUndefined();
    expect(table.match('', now)).toBeUndefined();
  });

  test('is the latest that has begun, from its first instant on', () => {
    const table = new RateTable([rateOf('39', later), rateOf('39', past), rateOf('393', later)]);
    expect(table.match('393', past)?.effectiveFrom).toEqual(past);
    expect(table.match('393', new Date(later.getTime() - 1))?.prefix).toBe('39');
    expect(table.match('393', later)?.prefix).toBe('393');
    expect(table.match('393', new Date(past.getTime() - 1))).toBeUndefined();
    expect(table.prefixCount).toBe(2);
  });

  test('is passed over once it is withdrawn, until it is offered again', () => {
    const again = new Date('2026-08-01T00:00:00Z');
    const table = new RateTable([
      rateOf('39'),
      rateOf('393', past),
      { ...rateOf('393', later), withdrawn: true },
      rateOf('393', again),
    ]);
    expect(table.match('393', now)?.prefix).toBe('393');
    expect(table.match('393', later)?.prefix).toBe('39');
    expect(table.match('393', again)?.prefix).toBe('393');
  });

  test('is the one that a search of all of them finds', () => {
    const digits = fc.stringMatching(/^[1-3]{1,6}$/);
    fc.assert(
      fc.property(fc.uniqueArray(digits), digits, (prefixes, number) => {
        const longest = prefixes
          .filter((prefix) => number.startsWith(prefix))
          .sort((a, b) => b.length - a.length)[0];
        expect(new RateTable(prefixes.map((prefix) => rateOf(prefix))).match(number, now)?.prefix).toBe(
          longest,
        );
      }),
    );
  });
});

describe('a rate in writing', () => {
  test.each([
    ['0.0124416', 1_244_160n],
    ['0', 0n],
    ['1.5', 150_000_000n],
    ['0.00000001', 1n],
    ['1000000', 100_000_000_000_000n],
  ])('%s is %s steps', (written, steps) => {
    expect(readRatePer1e8Minute(written)).toBe(steps);
  });

  test.each(['', '-1', '+1', '.5', '1.', '0,01', '1e-3', '0.000000001', '1000000.00000001', ' 1', '0x1'])(
    '%j is refused',
    (written) => {
      expect(readRatePer1e8Minute(written)).toBeNull();
    },
  );

  test('has two decimals at least and eight at most', () => {
    expect(formatRatePer1e8Minute(1_244_160n)).toBe('0.0124416');
    expect(formatRatePer1e8Minute(0n)).toBe('0.00');
    expect(formatRatePer1e8Minute(150_000_000n)).toBe('1.50');
    expect(formatRatePer1e8Minute(1n)).toBe('0.00000001');
  });

  test('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 14n), (steps) => {
        expect(readRatePer1e8Minute(formatRatePer1e8Minute(steps))).toBe(steps);
      }),
    );
  });
});

function terms(rate: string, initialIncrementSeconds: number, incrementSeconds: number): RateTerms {
  return {
    ratePer1e8Minute: readRatePer1e8Minute(rate) ?? -1n,
    connectionFee: 0n,
    initialIncrementSeconds,
    incrementSeconds,
  };
}

function anyTerms(): fc.Arbitrary<RateTerms> {
  return fc.record({
    ratePer1e8Minute: fc.oneof(fc.bigInt(0n, 1_000n), fc.bigInt(0n, 10n ** 14n)),
    connectionFee: fc.bigInt(0n, 10n ** 8n),
    initialIncrementSeconds: fc.integer({ min: 1, max: 3_600 }),
    incrementSeconds: fc.integer({ min: 1, max: 3_600 }),
  });
}

function rateOf(prefix: string, effectiveFrom = new Date('2026-01-01T00:00:00Z')): Rate {
  return {
    ...italy,
    prefix,
    destination: `Place ${prefix}`,
    effectiveFrom,
    effectiveTo: null,
    withdrawn: false,
    barred: false,
  };
}
