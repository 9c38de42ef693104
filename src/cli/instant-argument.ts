import { InvalidArgumentError } from 'commander';
import { namesRealDay } from '../domain/values/calendar.ts';

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** An instant on the command line. The offset is required: the terminal's time zone would be a guess. */
export function instantArgument(word: string): Date {
  const instant = new Date(word);
  if (!ISO_INSTANT.test(word) || Number.isNaN(instant.getTime()) || !namesRealDay(word)) {
    throw new InvalidArgumentError('Write an instant with its offset, such as 2026-12-01T00:00:00Z.');
  }
  return instant;
}
