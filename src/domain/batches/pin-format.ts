import { PinFormatTooDense } from '../rejections/batches.ts';
import { InvalidInput } from '../rejections/input.ts';

/** The format of a batch's PINs: prefix, random positions, check digit and suffix, in that order. */
export interface PinFormat {
  /** Total number of characters. */
  readonly length: number;
  /** The characters of the random positions, in order: the index of each is its value for the check digit. */
  readonly alphabet: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly checkDigit: boolean;
}

export const DEFAULT_PIN_FORMAT: PinFormat = {
  length: 14,
  alphabet: '0123456789',
  prefix: '',
  suffix: '',
  checkDigit: false,
};

/** A random guess may hit a live card with a chance of at most one in a million. */
const GUESSES_PER_HIT = 1_000_000n;
const MIN_LENGTH = 6;
const MAX_LENGTH = 32;

/** What people write between the characters of a PIN: blanks, dashes of all kinds, dots, slashes, a closing "#". */
const SEPARATORS = /[\s\p{Pd}\p{Cf}\u2212.\u00b7_/'#*]/gu;

/** A PIN in the form used for look-ups: as printed or entered, without the separators people add. */
export function normalizePin(entered: string): string {
  return entered.replace(SEPARATORS, '').toUpperCase();
}

/** Whether some card could have the PIN: of 4 characters (imported ones) to 32, as keys and prints have them. */
export function mayBePin(entered: string): boolean {
  return /^[0-9A-Z]{4,32}$/.test(normalizePin(entered));
}

/** @throws InvalidInput with what is allowed. */
export function checkPinFormat(format: PinFormat): PinFormat {
  const { length, alphabet, prefix, suffix } = format;
  refuseUnless(Number.isInteger(length) && length >= MIN_LENGTH && length <= MAX_LENGTH, {
    field: 'pinFormat.length',
    problem: `must be ${MIN_LENGTH} to ${MAX_LENGTH}.`,
  });
  refuseUnless(/^[0-9A-Z]{2,36}$/.test(alphabet) && new Set(alphabet).size === alphabet.length, {
    field: 'pinFormat.alphabet',
    problem: 'must be 2 to 36 different characters of 0-9 and A-Z.',
  });
  for (const [field, text] of Object.entries({ prefix, suffix })) {
    refuseUnless(/^[0-9A-Z]*$/.test(text), {
      field: `pinFormat.${field}`,
      problem: 'must be of the characters 0-9 and A-Z.',
    });
  }
  refuseUnless(randomPositions(format) >= 1, {
    field: 'pinFormat.length',
    problem: 'leaves no place between prefix and suffix: make it longer.',
  });
  return format;
}

/** Positions drawn at random. */
function randomPositions({ length, prefix, suffix, checkDigit }: PinFormat): number {
  return length - prefix.length - suffix.length - (checkDigit ? 1 : 0);
}

/** How many different PINs the format has. */
export function possiblePins(format: PinFormat): bigint {
  return BigInt(format.alphabet.length) ** BigInt(Math.max(0, randomPositions(format)));
}

/** Formats with the same name share their PINs, so the density rule counts them together. */
export function formatName({ length, alphabet, prefix, suffix, checkDigit }: PinFormat): string {
  return [length, [...alphabet].toSorted().join(''), prefix, suffix, checkDigit ? 'check' : ''].join('|');
}

/** How many cards a format may have so that one random guess hits with a chance of less than one in a million. */
export function cardsAllowed(format: PinFormat): bigint {
  return (possiblePins(format) - 1n) / GUESSES_PER_HIT;
}

/** The rejection when `issued` cards, those requested included, would make a format too dense. */
export function tooDense(format: PinFormat, issued: bigint): PinFormatTooDense {
  let lengthNeeded = format.length;
  while (cardsAllowed({ ...format, length: lengthNeeded }) < issued) lengthNeeded += 1;
  return new PinFormatTooDense({
    issued: issued.toString(),
    possible: possiblePins(format).toString(),
    lengthNeeded,
  });
}

/**
 * Draws PINs uniformly from the format. Bytes that would favor the first characters of the alphabet are discarded.
 *
 * @param randomBytes the system's cryptographic generator; never a seeded one.
 */
export function* drawPins(
  format: PinFormat,
  randomBytes: (count: number) => Uint8Array,
): Generator<string, never> {
  const { alphabet, prefix, suffix, checkDigit } = format;
  const positions = randomPositions(format);
  const unbiased = 256 - (256 % alphabet.length);
  let bytes = randomBytes(4096);
  let next = 0;
  for (;;) {
    let drawn = '';
    while (drawn.length < positions) {
      if (next === bytes.length) {
        bytes = randomBytes(4096);
        next = 0;
      }
      const byte = bytes[next++] ?? 255;
      if (byte < unbiased) drawn += alphabet[byte % alphabet.length];
    }
    yield prefix + drawn + (checkDigit ? checkCharacter(drawn, alphabet) : '') + suffix;
  }
}

/**
 * The check character of the random positions: Luhn's, modulo the size of the alphabet (ISO/IEC 7812-1 for digits). It
 * detects every single wrong character.
 */
function checkCharacter(drawn: string, alphabet: string): string {
  const size = alphabet.length;
  let sum = 0;
  let double = true;
  for (let index = drawn.length - 1; index >= 0; index -= 1) {
    const value = alphabet.indexOf(drawn[index] ?? '') * (double ? 2 : 1);
    sum += Math.floor(value / size) + (value % size);
    double = !double;
  }
  return alphabet[(size - (sum % size)) % size] ?? '';
}

function refuseUnless(isValid: boolean, why: { field: string; problem: string }): void {
  if (!isValid) throw new InvalidInput(why);
}
