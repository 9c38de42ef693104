import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { InvalidPhoneNumber } from './rejections/bindings.ts';
import { InvalidInput } from './rejections/input.ts';

/**
 * The one normal form (E.164, with its plus) of a number however it was written: +39 06…, 0039 06…, 06… with its
 * country, spaced or not. A national number needs the country whose plan it is in.
 *
 * @param country ISO 3166-1 alpha-2 code; null: only international forms are understood.
 * @throws InvalidPhoneNumber when no numbering plan has such a number.
 */
export function normalisePhoneNumber(number: string, country: string | null): string {
  const written = number.trim().replace(/^00(?=[1-9])/, '+');
  if (written.length > 40) throw new InvalidPhoneNumber({ number: 'too long' });
  const parsed = parsePhoneNumberFromString(
    written,
    country === null ? {} : { defaultCountry: knownCountry(country) },
  );
  if (!parsed?.isPossible() || parsed.ext) throw new InvalidPhoneNumber({ number: 'unknown' });
  return parsed.number;
}

function knownCountry(country: string): CountryCode {
  if (isSupportedCountry(country)) return country;
  throw new InvalidInput({ field: 'country', problem: 'is not an ISO 3166-1 alpha-2 code such as IT.' });
}
