import { InvalidInput } from '../rejections/input.ts';

/** ISO 4217's codes as the platform knows them. */
const KNOWN = new Set(Intl.supportedValuesOf('currency'));

/**
 * A currency by its ISO 4217 code: EUR.
 *
 * @throws InvalidInput when there is no such currency.
 */
export function currencyCode(field: string, code: string): string {
  if (KNOWN.has(code)) return code;
  throw new InvalidInput({ field, problem: 'must be an ISO 4217 code in capitals, such as EUR.' });
}
