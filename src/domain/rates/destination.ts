/** The most characters a destination's name may have: the list of places for one prefix can be three hundred long. */
const MAX_DESTINATION_LENGTH = 500;

const PREFIX = /^[1-9][0-9]{0,14}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * The normal form of a dialing prefix: the leading digits of the international number. +39, 0039 and 39 are 39. Null
 * unless it has 1 to 15 digits and starts with a country code.
 */
export function normalizePrefix(written: string): string | null {
  const digits = written.trim().replace(/^(?:\+|00)/, '');
  return PREFIX.test(digits) ? digits : null;
}

/** A destination's name with single blanks; null when it is empty, too long or not plain text. */
export function normalizeDestination(written: string): string | null {
  const name = written.replace(/\s+/g, ' ').trim();
  if (name === '' || name.length > MAX_DESTINATION_LENGTH || CONTROL_CHARACTER.test(name)) return null;
  return name;
}
