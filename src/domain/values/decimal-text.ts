/** A decimal as written: "1.2E-2" is 12 with an exponent of -3. */
export interface WrittenDecimal {
  readonly figures: bigint;
  /** The power of ten that the figures are multiplied with. */
  readonly exponent: number;
}

const DECIMAL = /^\+?(\d{0,30})(?:\.(\d{0,60}))?(?:e([+-]?\d{1,3}))?$/i;

/** Reads a decimal with a point, also ".012" and "1.2E-2"; null when it is none, or is negative. */
export function readDecimal(text: string): WrittenDecimal | null {
  const [match, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  if (match === undefined || whole + fraction === '') return null;
  return { figures: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** What becomes of digits behind the last decimal. */
type Rounding = 'NONE' | 'HALF_UP' | 'DOWN';

/** The largest power of ten that is computed: beyond it a number is larger than any amount, or nothing. */
const MAX_POWER = 120;

/**
 * The decimal in units of 10^-decimals. Zeros behind the last of these decimals say nothing; other digits there are
 * rounded. Null when they may not be, or when the number is larger than any amount.
 */
export function scaled(
  { figures, exponent }: WrittenDecimal,
  { decimals, rounding = 'NONE' }: { decimals: number; rounding?: Rounding },
): bigint | null {
  const power = exponent + decimals;
  if (figures === 0n) return 0n;
  if (power > MAX_POWER) return null;
  if (power >= 0) return figures * 10n ** BigInt(power);
  const unit = 10n ** BigInt(Math.min(-power, MAX_POWER));
  if (figures % unit === 0n) return figures / unit;
  if (rounding === 'NONE') return null;
  return (rounding === 'HALF_UP' ? figures + unit / 2n : figures) / unit;
}
