/** The most characters a destination's name may have: lists of places for one prefix run to three hundred. */
export const MAX_DESTINATION_LENGTH = 500;

const PREFIX = /^[1-9][0-9]{0,14}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/**
 * The one form of a dialling prefix: the leading digits of the international number. +39, 0039 and 39 are 39.
 * Null when it is not 1 to 15 digits with a country code in front.
 */
export function normalisePrefix(written: string): string | null {
  const digits = written.trim().replace(/^(?:\+|00)/, '');
  return PREFIX.test(digits) ? digits : null;
}

/** A destination's name, with its blanks made single; null when it is empty, too long or not plain text. */
export function normaliseDestination(written: string): string | null {
  const name = written.replace(/\s+/g, ' ').trim();
  if (name === '' || name.length > MAX_DESTINATION_LENGTH || CONTROL_CHARACTER.test(name)) return null;
  return name;
}
