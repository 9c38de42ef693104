import { type CountryCode, Metadata } from 'libphonenumber-js/max';

/**
 * Prefixes that the metadata lacks, or has too many of (ITU-T Operational Bulletin, "Dialling procedures"). Hong Kong's
 * has a bare 00, which nobody can dial there: it would make half of Singapore (001 65…) look like Florida (00 1 65…).
 */
const CORRECTED: Partial<Record<CountryCode, string>> = {
  HK: '00(?:30|5[09]|[126-9])',
  ID: '00[1789]|01017',
  JP: '(?:00(?:1|33|44|55|61|66|77|78|82|88|91))?010',
};

/** What is dialed before a country code in most countries; the only one that is read without knowing the country. */
export const COMMON_PREFIX = '00';
const LONGEST = 8;

const plans = new Map<CountryCode, RegExp>();

/**
 * How long an international prefix at the start of the digits may be, longest first: 0011… in Australia: 4; 001… in
 * Singapore: 3. Some countries have several that begin alike.
 *
 * @param digits as dialed, without blanks and marks
 */
export function prefixLengths(digits: string, country: CountryCode): number[] {
  const plan = planOf(country);
  const lengths: number[] = [];
  for (let length = Math.min(LONGEST, digits.length); length > 0; length -= 1) {
    if (plan.test(digits.slice(0, length))) lengths.push(length);
  }
  return lengths;
}

/** Whether callers in the country dial 00 before a country code. */
export function hasCommonPrefix(country: CountryCode): boolean {
  return planOf(country).test(COMMON_PREFIX);
}

function planOf(country: CountryCode): RegExp {
  const known = plans.get(country);
  if (known) return known;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const pattern = CORRECTED[country] ?? metadata.numberingPlan?.IDDPrefix() ?? COMMON_PREFIX;
  const plan = new RegExp(`^(?:${pattern})$`);
  plans.set(country, plan);
  return plan;
}
