import { InvalidInput } from '../rejections/input.ts';

/**
 * A text that one person writes for others: trimmed, not empty, within a length.
 *
 * @throws InvalidInput
 */
export function boundedText(field: string, text: string, maxLength = 500): string {
  const trimmed = text.trim();
  if (trimmed.length > 0 && trimmed.length <= maxLength) return trimmed;
  throw new InvalidInput({ field, problem: `must have 1 to ${maxLength} characters.` });
}

/**
 * An identifier that another system makes, such as an idempotency key or a call id. It is compared as it is, so blanks
 * around it are refused: trimmed or not, two requests that were meant to be one would differ, or the reverse.
 *
 * @throws InvalidInput
 */
export function identifier(field: string, text: string, maxLength = 255): string {
  if (text.length === 0 || text.length > maxLength) {
    const problem = `must have 1 to ${maxLength} characters, a UUID for example.`;
    throw new InvalidInput({ field, problem });
  }
  if (text.trim() === text) return text;
  throw new InvalidInput({ field, problem: 'must not begin or end with a blank: it is compared as it is.' });
}

/** The same for an optional text. */
export function optionalText(field: string, text: string | null | undefined, maxLength = 500): string | null {
  return text === null || text === undefined ? null : boundedText(field, text, maxLength);
}

/** The shortest PINs have one digit more. */
const MOST_DIGITS = 5;

/**
 * A text about a card, which others read and which is kept for ever: it must not contain a PIN. Any six digits in a row
 * are refused, whatever PIN the card has, so that the answer reveals nothing about it; blanks, dashes and letters
 * within a word do not interrupt a run. One pass from left to right.
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

/** The same for an optional text. */
export function optionalTextWithoutPin(field: string, text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : textWithoutPin(field, text);
}

/** Counts digits of any script, including full-width ones; only a word without any digit ends a run. */
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
