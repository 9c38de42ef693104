/** A telephone number as it was written, without its blanks and marks. */
export interface WrittenNumber {
  /** Whether it begins with a plus: then its first digits are a country code. */
  readonly hasPlus: boolean;
  readonly digits: string;
  /** After how many digits a blank or mark follows: "00 39 06" has them at 2 and 4. */
  readonly breaks: ReadonlySet<number>;
  /** The same digits without a zero in brackets, as in +44 (0) 20…; null: it has none. */
  readonly withoutTrunkZero: string | null;
}

/** The most characters: a SIP address of a number with its parameters. Longer texts are not read at all. */
const MAX_LENGTH = 128;
/** E.164 has fifteen digits at most; carrier codes and international prefixes come before them. */
const MAX_DIGITS = 24;

/** Blanks and marks within a number; the tilde is the pause of 8~10. Extensions and pauses are not among them. */
const MARK = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff().[\]/~\u00b7\u2212\p{Pd}]/u;
const MARKS = new RegExp(MARK, 'gu');
const WRITTEN = new RegExp(`^(?:${MARK.source})*(\\+?)((?:[0-9]|${MARK.source})+)$`, 'u');
/** What spreadsheets append when they take a number for an amount. */
const DECIMALS_OF_AN_AMOUNT = /^(\+?[0-9]{7,24})[.,]0{1,4}$/;
const ZERO_IN_BRACKETS = /[[(]0[\])]/;

/**
 * Reads the characters of a number. A `tel:` or `sip:` address stands for its number, without host and parameters, and
 * a closing "#" ends it as on a keypad. Nothing is extracted from other text: "*67…", "PIN …" and "… ext. 5" are not
 * numbers.
 *
 * @returns null when it is not a number
 */
export function readWritten(text: string): WrittenNumber | null {
  if (text.length > MAX_LENGTH) return null;
  const bare = withoutAddress(latinDigits(text.trim()));
  if (bare === null) return null;
  const number = bare.replace(/^'/, '').replace(DECIMALS_OF_AN_AMOUNT, '$1');
  const [, plus = '', rest = ''] = WRITTEN.exec(number) ?? [];
  const digits = rest.replace(MARKS, '');
  if (digits === '' || digits.length > MAX_DIGITS) return null;
  const zero = ZERO_IN_BRACKETS.exec(rest);
  const isTrunkZero = zero !== null && /[0-9]/.test(rest.slice(0, zero.index));
  return {
    hasPlus: plus !== '',
    digits,
    breaks: breaksOf(rest),
    withoutTrunkZero: isTrunkZero ? rest.replace(zero[0], '').replace(MARKS, '') : null,
  };
}

/** @returns null when a local number names a context that is not known here (RFC 3966, section 5.1.5) */
function withoutAddress(text: string): string | null {
  const number = text
    .replace(/^<(.*)>$/, '$1')
    .replace(/^(?:tel|sips?):/i, '')
    .replace(/[@?].*$/, '')
    .replace(/%2b/gi, '+')
    .replace(/%23/g, '#')
    .replace(/#+$/, '');
  const [user = '', ...parameters] = number.split(';');
  const isLocal = parameters.some((each) => /^phone-context=\+/i.test(each)) && !user.startsWith('+');
  return isLocal ? null : user.trim().replace(/#+$/, '');
}

function breaksOf(rest: string): Set<number> {
  const breaks = new Set<number>();
  let digits = 0;
  for (const character of rest) {
    if (character >= '0' && character <= '9') digits += 1;
    else breaks.add(digits);
  }
  return breaks;
}

/** Arabic and Persian digits as ASCII; full-width ones by Unicode's compatibility form. */
function latinDigits(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it tests for text beyond ASCII.
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\uff01-\uff5e]/g, (wide) => wide.normalize('NFKC'));
}
