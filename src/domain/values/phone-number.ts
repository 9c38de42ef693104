import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Role } from '../access/role.ts';
import { InvalidPhoneNumber } from '../rejections/bindings.ts';
import { InvalidInput } from '../rejections/input.ts';

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

/** Digits of a masked number that are told: its country and the beginning of its network, and the last two. */
const TOLD_FIRST = 4;
const TOLD_LAST = 2;

/**
 * A number for those who need to tell it from others and not to know it: +4930*****12.
 *
 * @param number E.164, with its plus; one that is masked or erased already stays as it is
 */
export function maskNumber(number: string): string {
  const hidden = number.length - 1 - TOLD_FIRST - TOLD_LAST;
  if (number.includes('*') || hidden <= 0) return erasedNumber(number);
  return number.slice(0, 1 + TOLD_FIRST) + '*'.repeat(hidden) + number.slice(-TOLD_LAST);
}

/** What is left of a number that was erased: where it was, and not whose: +4930*******. The same for ever. */
export function erasedNumber(number: string): string {
  if (number.includes('*')) return number;
  const told = Math.min(TOLD_FIRST, Math.max(1, number.length - 3));
  return number.slice(0, 1 + told) + '*'.repeat(Math.max(0, number.length - 1 - told));
}

/** Whose numbers a role sees whole: a partner needs no number that its cards called, or that once was bound to them. */
export function numberFor(role: Role, number: string): string {
  return role === 'PARTNER' ? maskNumber(number) : number;
}
