import { InvalidInput } from '../rejections/input.ts';

/** The ISO 4217 codes that the platform knows. */
const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/**
 * A currency by its ISO 4217 code, such as EUR.
 *
 * @throws InvalidInput when there is no such currency.
 */
export function currencyCode(field: string, code: string): string {
  if (KNOWN.has(code)) return code;
  throw new InvalidInput({ field, problem: 'must be an ISO 4217 code in capitals, such as EUR.' });
}
