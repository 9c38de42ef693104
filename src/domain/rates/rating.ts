/** What a call to one destination costs. Amounts are in the rate group's currency. */
export interface RateTerms {
  /** 10^-8 of a unit per minute. */
  ratePer1e8Minute: bigint;
  /** Micro-units (10^-6), charged once per answered call. */
  connectionFee: bigint;
  /** The minimum billed, however short the call: the first number of "30/6". */
  initialIncrementSeconds: number;
  /** Billed after that, each started increment in full: the second number of "30/6". */
  incrementSeconds: number;
}

/** The rate of a call plus what its rate group adds to it: all that the charge depends on. Stored with the call. */
export interface Tariff extends RateTerms {
  /** Seconds at the start that are not billed. Left out: none. */
  readonly freeSeconds?: number;
  /** The least an answered call costs, in micro-units, connection fee included. Left out: nothing. */
  readonly minimumCharge?: bigint;
}

/** A price for one dialing prefix, from one instant until a later one for the same prefix. */
export interface Rate extends RateTerms {
  /** Leading digits of the international number, without + or 00. */
  prefix: string;
  destination: string;
  effectiveFrom: Date;
  /** When the rate ends: then the prefix is barred until another rate for it begins. Null: it has no end. */
  effectiveTo: Date | null;
  /** True: from this instant on the prefix is not offered, and a shorter one may apply instead. */
  withdrawn: boolean;
  /** True: from this instant on the numbers of the prefix are not offered at all. */
  barred: boolean;
}

/** Rate steps (10^-8 a minute) times seconds that make one micro-unit: 60 seconds times 100 steps. */
const STEP_SECONDS_PER_MICRO = 6_000n;

/** The largest number of seconds returned, 68 years: an amount that buys more is no limit. */
const MAX_AFFORDABLE_SECONDS = 2_147_483_647n;

/**
 * Seconds charged for a call that lasted `seconds` whole seconds: N1 + ceil((d - N1) / N2) * N2, and none when the call
 * was not answered. 61 seconds are 120 at 60/60, 66 at 30/6, 61 at 1/1.
 *
 * @throws RangeError when seconds is not a whole number from zero on.
 */
export function billedSeconds(
  terms: Pick<RateTerms, 'initialIncrementSeconds' | 'incrementSeconds'>,
  seconds: number,
): number {
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw new RangeError(`seconds must be a whole number from zero on, not ${seconds}`);
  }
  if (seconds === 0) return 0;
  const { initialIncrementSeconds: initial, incrementSeconds: increment } = terms;
  return initial + Math.ceil(Math.max(0, seconds - initial) / increment) * increment;
}

/**
 * Micro-units charged for a call of `seconds`: the connection fee and the billed seconds after the free ones, rounded
 * once, upwards, and the minimum charge at least. A call that was not answered (0 seconds) costs nothing.
 *
 *     charge = max(minimum, fee + ceil(rate × billed(max(0, d − free)) / 60)), and 0 when d = 0
 *
 * From the price list: Mexico, 0.02509056 EUR a minute at 60/60: 61 seconds are 120 billed, 0.05018112 EUR, rounded
 * up to 50_182n. United States, 0.0124416 at 6/6: 61 seconds are 66 billed, 0.01368576 EUR, 13_686n. Italy mobile
 * TIM, 0.075552 at 30/6: 61 seconds are 66 billed, 0.0831072 EUR, 83_108n; with 10 free seconds 51 count, 54 are
 * billed, 67_997n.
 */
export function callCharge(tariff: Tariff, seconds: number): bigint {
  if (seconds === 0) return 0n;
  const { connectionFee, ratePer1e8Minute, freeSeconds = 0, minimumCharge = 0n } = tariff;
  const stepSeconds = ratePer1e8Minute * BigInt(billedSeconds(tariff, Math.max(0, seconds - freeSeconds)));
  const charge = connectionFee + divideUp(stepSeconds, STEP_SECONDS_PER_MICRO);
  return charge > minimumCharge ? charge : minimumCharge;
}

/**
 * Seconds that an amount buys, free seconds included, up to the end of the last increment it pays in full; zero when it
 * does not cover the minimum charge, the connection fee and, without free seconds, the initial increment; null when
 * money sets no limit (a free destination, or 68 years and more). The charge for what is granted never exceeds the
 * amount, and one more second would.
 *
 * United States at 0.0124416 a minute, 6/6: 10.00 EUR buys 48_222 seconds, 8037 increments: their charge is 9_999_314n,
 * and one increment more would cost 10_000_559n.
 *
 * @param availableMicros micro-units of the rate's currency; an amount below zero buys nothing.
 */
export function affordableSeconds(tariff: Tariff, availableMicros: bigint): number | null {
  const { connectionFee, ratePer1e8Minute, freeSeconds = 0, minimumCharge = 0n } = tariff;
  const forSeconds = availableMicros - connectionFee;
  if (forSeconds < 0n || availableMicros < minimumCharge) return 0;
  if (ratePer1e8Minute === 0n) return null;
  const initial = BigInt(tariff.initialIncrementSeconds);
  const increment = BigInt(tariff.incrementSeconds);
  const payable = (forSeconds * STEP_SECONDS_PER_MICRO) / ratePer1e8Minute;
  if (payable < initial) return freeSeconds;
  const seconds = BigInt(freeSeconds) + initial + ((payable - initial) / increment) * increment;
  return seconds > MAX_AFFORDABLE_SECONDS ? null : Number(seconds);
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
