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
