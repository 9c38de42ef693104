import { InvalidInput } from '../rejections/input.ts';

/** Decimals of the currencies that do not have two: the minor units of ISO 4217, list one. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...decimals(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...decimals(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...decimals(4, 'CLF UYW'),
};

function decimals(digits: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, digits]));
}

/** How many decimals an amount has that can be paid in this currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** The ISO 4217 codes that the platform knows. */
const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/** Whether a text is the ISO 4217 code of a currency, in capitals. */
export const isCurrency = (code: string): boolean => KNOWN.has(code);

/**
 * A currency by its ISO 4217 code, such as EUR.
 *
 * @throws InvalidInput when there is no such currency.
 */
export function currencyCode(field: string, code: string): string {
  if (KNOWN.has(code)) return code;
  throw new InvalidInput({ field, problem: 'must be an ISO 4217 code in capitals, such as EUR.' });
}
