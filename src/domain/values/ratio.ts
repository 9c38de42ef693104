/** A quotient as a decimal with this many decimals, rounded half up; null when the divisor is zero. */
export function ratio(dividend: bigint, divisor: bigint, decimals: number): string | null {
  if (divisor === 0n) return null;
  const scale = 10n ** BigInt(decimals);
  const scaled = (2n * dividend * scale + divisor) / (2n * divisor);
  const digits = scaled.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
