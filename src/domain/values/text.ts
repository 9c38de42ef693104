import { InvalidInput } from '../rejections/input.ts';

/**
 * A text a person gives for people: trimmed, not empty, within a length.
 *
 * @throws InvalidInput
 */
export function boundedText(field: string, text: string, maxLength = 500): string {
  const trimmed = text.trim();
  if (trimmed.length > 0 && trimmed.length <= maxLength) return trimmed;
  throw new InvalidInput({ field, problem: `must have 1 to ${maxLength} characters.` });
}

/** The same for a text that may be left out. */
export function optionalText(field: string, text: string | null | undefined, maxLength = 500): string | null {
  return text === null || text === undefined ? null : boundedText(field, text, maxLength);
}

/** As many digits in a row are refused as the shortest PINs have. */
const MOST_DIGITS = 5;

/**
 * A text about a card, that others read and that is kept for ever: it must not carry a PIN. Any six digits in a row are
 * refused, whatever PIN the card has, so that the answer tells nothing of it; blanks, dashes and letters within a word
 * do not part them. Looked at once from left to right.
 *
 * @throws InvalidInput
 */
export function textWithoutPin(field: string, text: string): string {
  const bounded = boundedText(field, text);
  if (longestRunOfDigits(bounded) <= MOST_DIGITS) return bounded;
  throw new InvalidInput({
    field,
    problem:
      'must not have six or more digits in a row, which could be a PIN: leave out numbers and dates that long.',
  });
}

/** The same for a text that may be left out. */
export function optionalTextWithoutPin(field: string, text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : textWithoutPin(field, text);
}

/** Digits of any script, full-width ones too; only a word without any digit ends a run. */
function longestRunOfDigits(text: string): number {
  let [longest, run] = [0, 0];
  for (const word of text.normalize('NFKC').split(/\s/u)) {
    const digits = word.match(/\p{N}/gu)?.length ?? 0;
    if (digits > 0) run += digits;
    else if (/\p{L}/u.test(word)) run = 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
