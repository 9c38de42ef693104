import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { AmbiguousPhoneNumber, InvalidPhoneNumber } from '../rejections/bindings.ts';
import { InvalidInput } from '../rejections/input.ts';
import { COMMON_PREFIX, hasCommonPrefix, prefixLengths } from './international-prefix.ts';
import type { PhoneNumberForm } from './phone-number-form.ts';
import { readWritten, type WrittenNumber } from './written-number.ts';

export interface NumberReading {
  /** ISO 3166-1 alpha-2 code of the country in which it is dialed; null: only international forms are understood. */
  readonly country: string | null;
  /** AS_DIALED if omitted. */
  readonly form?: PhoneNumberForm | null | undefined;
  /** The field that has the number, for the error; "number" if omitted. */
  readonly field?: string;
}

/** What a spelling stands for: a number in E.164 with its plus, or why it stands for none. */
type Meaning = string | 'INVALID' | readonly string[];

/** Callers dial the same destinations again, and each call reads two or three numbers: 0.2 µs instead of 10 to 60. */
const meanings = new LRUCache<string, { readonly meaning: Meaning }>({ max: 20_000 });

/**
 * The E.164 form of a number, with its plus, however it is written: +39 06…, 0039 06…, 011 39 06… from the United
 * States, 0011 39 06… from Australia, 06… in Italy, tel:+3906….
 *
 * Only one reading may be right. A number with its plus or a declared country code is taken as it is. Otherwise the first
 * reading that is a valid number counts: behind an international prefix that a blank or mark follows (001 65… is not
 * 00 1 65…); behind another prefix of the country; as a national number, or with the country's own code in front;
 * behind 00. Two valid readings of the same rank are refused. Length alone decides nothing, except that a number behind
 * a prefix may be newer than the metadata.
 *
 * @throws InvalidPhoneNumber when no numbering plan has such a number; AmbiguousPhoneNumber when several have it
 */
export function readPhoneNumber(written: string, { country, form, field = 'number' }: NumberReading): string {
  const key = `${form ?? 'AS_DIALED'} ${country ?? ''} ${written}`;
  let known = meanings.get(key);
  if (!known) {
    known = {
      meaning: meaningOf(written, country === null ? null : knownCountry(country), form ?? 'AS_DIALED'),
    };
    if (written.length < 64) meanings.set(key, known);
  }
  const { meaning } = known;
  if (meaning === 'INVALID') throw new InvalidPhoneNumber({ field, reason: 'UNREADABLE' });
  if (typeof meaning === 'string') return meaning;
  throw new AmbiguousPhoneNumber({ field, readings: meaning.join(', ') });
}

/** ISO 3166-1 alpha-2 code of the country that has the number; null: none, or several share it. @param number E.164 */
export function countryOf(number: string): string | null {
  return parsePhoneNumberFromString(number)?.country ?? null;
}

function knownCountry(country: string): CountryCode {
  if (isSupportedCountry(country)) return country;
  throw new InvalidInput({ field: 'country', problem: 'is not an ISO 3166-1 alpha-2 code such as IT.' });
}

function meaningOf(text: string, country: CountryCode | null, form: PhoneNumberForm): Meaning {
  const written = readWritten(text);
  if (written === null) return 'INVALID';
  if (written.hasPlus) return onlyOne(variantsOf(written).map((digits) => plainReading(digits)));
  if (form === 'E164' && !written.digits.startsWith('0'))
    return strictReading(written.digits)?.number ?? 'INVALID';
  const { own, common } = prefixedReadings(written, country);
  const all = [...own, ...common];
  return first(
    () => onlyValid(all.filter(({ prefixLength }) => written.breaks.has(prefixLength))),
    () => onlyValid(own),
    () => (country === null ? 'INVALID' : nationalMeaning(written, country, form)),
    () => onlyValid(common),
    () => onlyOne(all.map(({ parsed }) => parsed)),
  );
}

/** Behind an international prefix. */
interface Prefixed {
  readonly prefixLength: number;
  readonly parsed: PhoneNumber;
}

/** @returns own: behind the prefixes of the country's plan; common: behind 00 where the plan does not have it */
function prefixedReadings(
  written: WrittenNumber,
  country: CountryCode | null,
): { own: readonly Prefixed[]; common: readonly Prefixed[] } {
  const { digits } = written;
  const behind = (prefixLength: number) =>
    variantsOf(written).flatMap((variant) => {
      const parsed = strictReading(variant.slice(prefixLength));
      return parsed ? [{ prefixLength, parsed }] : [];
    });
  const own = country === null ? [] : prefixLengths(digits, country).flatMap(behind);
  const isKnown = country !== null && hasCommonPrefix(country);
  if (isKnown || !digits.startsWith(COMMON_PREFIX)) return { own, common: [] };
  // Where nobody dials a bare 00, three digits may be the prefix of a carrier that the metadata does not know.
  const lengths = country === null ? [2] : [2, 3];
  const readings = lengths.flatMap(behind);
  return {
    own,
    common: readings.filter(({ prefixLength }) => !own.some((each) => each.prefixLength === prefixLength)),
  };
}

function onlyValid(readings: readonly Prefixed[]): Meaning {
  return distinct(readings.filter(({ parsed }) => parsed.isValid()).map(({ parsed }) => parsed.number));
}

function first(...ranks: readonly (() => Meaning)[]): Meaning {
  for (const rank of ranks) {
    const meaning = rank();
    if (meaning !== 'INVALID') return meaning;
  }
  return 'INVALID';
}

/**
 * The number in the country's own plan. Where callers dial a 0 or 8 before national numbers, one without it may also
 * begin with the country code: 4930123456 in Germany is refused, and 04930123456 is not.
 */
function nationalMeaning({ digits }: WrittenNumber, country: CountryCode, form: PhoneNumberForm): Meaning {
  const code = getCountryCallingCode(country);
  const national = nationalReading(digits, country);
  if (form === 'NATIONAL') return national?.number ?? 'INVALID';
  const coded = digits.startsWith(code) ? strictReading(digits) : null;
  const isCoded = coded?.isValid() === true;
  if (!national) return isCoded ? coded.number : 'INVALID';
  const isComplete = national.nationalNumber !== digits || !hasTrunkPrefix(national);
  return isCoded && !isComplete ? distinct([national.number, coded.number]) : national.number;
}

function nationalReading(digits: string, country: CountryCode): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(withoutOldTrunk(digits, country), {
    defaultCountry: country,
    extract: false,
  });
  if (!parsed?.isValid() || !isE164(parsed)) return null;
  if (parsed.countryCallingCode !== getCountryCallingCode(country)) return null;
  // The library also tries the country's own code, but that is another reading; in North America, 1 is both.
  const { countryCallingCode: code, nationalNumber } = parsed;
  return digits === code + nationalNumber && code !== '1' ? null : parsed;
}

/** The reading of digits that begin with a country code. */
function plainReading(digits: string): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(`+${withoutMobileMark(digits)}`);
  return parsed?.isPossible() && isE164(parsed) ? parsed : null;
}

/**
 * The same, but with nothing left out behind the country code: what follows a guessed prefix must be a number to the
 * digit. The library would forgive a second 1 in 00 1 1649…, which is New Zealand dialed from Australia.
 */
function strictReading(digits: string): PhoneNumber | null {
  const parsed = plainReading(digits);
  if (!parsed) return null;
  const national = withoutMobileMark(digits).slice(parsed.countryCallingCode.length);
  const isCut = national !== parsed.nationalNumber && national.endsWith(parsed.nationalNumber);
  return isCut ? null : parsed;
}

/** Germany's plan, for one, has valid numbers that are longer than E.164 allows with their country code. */
function isE164({ number, ext }: PhoneNumber): boolean {
  return !ext && /^\+[1-9][0-9]{4,14}$/.test(number);
}

/** Mexico's mobile numbers had a 1 behind the country code until 2019: it is the same line without it. */
function withoutMobileMark(digits: string): string {
  return digits.replace(/^521(?=[0-9]{10}$)/, '52');
}

/** Mexico dialed 01, 044 or 045 before national numbers until 2019. */
function withoutOldTrunk(digits: string, country: CountryCode): string {
  return country === 'MX' ? digits.replace(/^(?:01|04[45])(?=[0-9]{10}$)/, '') : digits;
}

function variantsOf({ digits, withoutTrunkZero }: WrittenNumber): string[] {
  return withoutTrunkZero === null ? [digits] : [digits, withoutTrunkZero];
}

function hasTrunkPrefix(parsed: PhoneNumber): boolean {
  return parsed.formatNational().replace(/[^0-9]/g, '') !== parsed.nationalNumber;
}

/** The only valid number; if none is, the only possible one: plans get new numbers before the metadata has them. */
function onlyOne(readings: readonly (PhoneNumber | null)[]): Meaning {
  const possible = readings.filter((each) => each !== null);
  const valid = possible.filter((each) => each.isValid());
  return distinct((valid.length > 0 ? valid : possible).map(({ number }) => number));
}

function distinct(numbers: readonly string[]): Meaning {
  const [first = 'INVALID', ...others] = new Set(numbers);
  return others.length === 0 ? first : [first, ...others];
}
