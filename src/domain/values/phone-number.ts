import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Role } from '../access/role.ts';
import { InvalidPhoneNumber } from '../rejections/bindings.ts';
import { InvalidInput } from '../rejections/input.ts';

/**
 * The normal form of a number (E.164, with its plus), however it was written: +39 06…, 0039 06…, 06… with its country,
 * with or without spaces. A national number needs the country whose numbering plan it belongs to.
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

/** The visible digits of a masked number: its country and the start of its network, and the last two. */
const VISIBLE_FIRST = 4;
const VISIBLE_LAST = 2;

/**
 * A masked number, for people who must tell it from others but not know it: +4930*****12.
 *
 * @param number E.164, with its plus; a masked or erased number stays unchanged
 */
export function maskNumber(number: string): string {
  const hidden = number.length - 1 - VISIBLE_FIRST - VISIBLE_LAST;
  if (number.includes('*') || hidden <= 0) return erasedNumber(number);
  return number.slice(0, 1 + VISIBLE_FIRST) + '*'.repeat(hidden) + number.slice(-VISIBLE_LAST);
}

/** What remains of an erased number: its region, but not its owner: +4930*******. It never changes again. */
export function erasedNumber(number: string): string {
  if (number.includes('*')) return number;
  const visible = Math.min(VISIBLE_FIRST, Math.max(1, number.length - 3));
  return number.slice(0, 1 + visible) + '*'.repeat(Math.max(0, number.length - 1 - visible));
}

/**
 * The number as a role may see it: a partner does not need the numbers that its cards called or that were bound to
 * them.
 */
export function numberFor(role: Role, number: string): string {
  return role === 'PARTNER' ? maskNumber(number) : number;
}
