import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { AmbiguousPhoneNumber, InvalidPhoneNumber, type PhoneNumberFlaw } from '../rejections/bindings.ts';
import { type NumberReading, readPhoneNumber } from './phone-number.ts';

/**
 * A line is what a number identifies: whoever calls from it needs no PIN. Two spellings of one line are one identity,
 * and a number that nobody has is none.
 */

/** Spellings of a line: the first is its identity. */
const TWO_SPELLINGS: readonly {
  readonly other: RegExp;
  readonly identity: string;
  readonly marked: string;
}[] = [
  // Argentina's mobile numbers have a 9 behind the country code only when they are called from abroad.
  { other: /^\+549(?=[0-9]{10}$)/, identity: '+54', marked: '+549' },
  // Mexico's had a 1 until 2019.
  { other: /^\+521(?=[0-9]{10}$)/, identity: '+52', marked: '+521' },
  // San Marino's land lines can also be called as a place in Italy.
  { other: /^\+390549(?=[89][0-9]{5}$)/, identity: '+3780549', marked: '+390549' },
];

/** What networks send for a withheld number: the letters of anonymous, unavailable, restricted, unknown, private, blocked. */
const SPELLED_ON_A_KEYPAD = new Set([
  '266696687',
  '86282452253',
  '7378742833',
  '8656696',
  '7748483',
  '2562533',
]);
const COUNTING_UP = '012345678901234';
const COUNTING_DOWN = '987654321098765';
/** Numbers of North America that are kept for films and books. */
const FICTIONAL = /^\+1[2-9]\d{2}55501\d{2}$/;

const flaws = new LRUCache<string, { readonly flaw: PhoneNumberFlaw | null }>({ max: 20_000 });

/** The one spelling of a line. @param number E.164, with its plus */
export function lineOf(number: string): string {
  const spelling = TWO_SPELLINGS.find(({ other }) => other.test(number));
  return spelling ? number.replace(spelling.other, spelling.identity) : number;
}

/** All spellings of a line, its identity first. @param line as lineOf gives it */
export function spellingsOf(line: string): string[] {
  const others = TWO_SPELLINGS.filter(({ identity }) => line.startsWith(identity))
    .map(({ identity, marked }) => marked + line.slice(identity.length))
    .filter((spelling) => lineOf(spelling) === line);
  return [line, ...others];
}

/** The line of a number that may also be one nobody has: for ending what stands on record. @throws as readPhoneNumber */
export function readAnyLine(written: string, reading: NumberReading): string {
  return lineOf(readPhoneNumber(written, reading));
}

/**
 * The line that a number identifies. A possible number is not enough: it must be in use, and no placeholder.
 *
 * @throws InvalidPhoneNumber, AmbiguousPhoneNumber
 */
export function readLine(written: string, reading: NumberReading): string {
  const number = readPhoneNumber(written, reading);
  const reason = flawOf(number);
  if (reason !== null) throw new InvalidPhoneNumber({ field: reading.field ?? 'number', reason });
  return lineOf(number);
}

/** The line of a caller; null when the number is withheld, garbled, ambiguous or one that nobody has. */
export function callerLine(written: string | null | undefined, reading: NumberReading): string | null {
  if (!written) return null;
  try {
    return readLine(written, reading);
  } catch (error) {
    if (error instanceof InvalidPhoneNumber || error instanceof AmbiguousPhoneNumber) return null;
    throw error;
  }
}

function flawOf(number: string): PhoneNumberFlaw | null {
  let known = flaws.get(number);
  if (!known) {
    known = { flaw: examine(number) };
    flaws.set(number, known);
  }
  return known.flaw;
}

function examine(number: string): PhoneNumberFlaw | null {
  const parsed = parsePhoneNumberFromString(number);
  if (!parsed?.isValid()) return 'NOT_IN_USE';
  const forms = [parsed.nationalNumber.replace(/^0/, ''), number.slice(1)];
  return FICTIONAL.test(number) || forms.some(isPlaceholder) ? 'PLACEHOLDER' : null;
}

/** One digit throughout, the digits in order, or a word: some subscriber may have such a number, and keys a PIN. */
function isPlaceholder(national: string): boolean {
  return (
    /^([0-9])\1+$/.test(national) ||
    COUNTING_UP.includes(national) ||
    COUNTING_DOWN.includes(national) ||
    SPELLED_ON_A_KEYPAD.has(national)
  );
}
