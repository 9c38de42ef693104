/** Rates are counted in 10^-8 of a currency unit per minute: 0.0124416 EUR a minute is 1_244_160n. */
const RATE_STEPS_PER_UNIT = 100_000_000n;

/** The most a minute may cost, in 10^-8: a million units, above satellite calls in any currency. */
export const MAX_RATE_PER_1E8_MINUTE = 1_000_000n * RATE_STEPS_PER_UNIT;

const DECIMAL = /^(\d{1,7})(?:\.(\d{1,8}))?$/;

/**
 * Reads a price per minute such as "0.0124416" as 10^-8 of a unit; null when it is not a plain decimal, is negative,
 * has more than eight decimals or exceeds a million.
 */
export function readRatePer1e8Minute(rate: string): bigint | null {
  const match = DECIMAL.exec(rate);
  if (!match) return null;
  const [, units = '', fraction = ''] = match;
  const steps = BigInt(units) * RATE_STEPS_PER_UNIT + BigInt(fraction.padEnd(8, '0'));
  return steps > MAX_RATE_PER_1E8_MINUTE ? null : steps;
}

/** Writes 10^-8 units as a decimal with at least two and at most eight decimals: 1_244_160n is "0.0124416". */
export function formatRatePer1e8Minute(ratePer1e8Minute: bigint): string {
  const digits = ratePer1e8Minute.toString().padStart(9, '0');
  return `${digits.slice(0, -8)}.${digits.slice(-8).replace(/0{1,6}$/, '')}`;
}
