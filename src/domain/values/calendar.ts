/** A day of validity, of a term or of retention: 24 hours, whatever the clocks do. */
export const DAY_MS = 86_400_000;

/** The longest that any term may last: a hundred years. */
export const MAX_TERM_DAYS = 36_500;

/** The end of 9999: later instants have no common written form. */
const END_OF_TIME_MS = Date.UTC(9999, 11, 31);

/** So many days later, at most the end of 9999. */
export function addDays(instant: Date, days: number): Date {
  return new Date(Math.min(instant.getTime() + days * DAY_MS, END_OF_TIME_MS));
}

/**
 * Whether an ISO 8601 text starts with a day that exists. JavaScript reads 30 February as 2 March, so an end date would
 * fall on a day that nobody named.
 */
export function namesRealDay(text: string): boolean {
  const [, day, dayOfMonth] = /^(\d{4}-\d\d-(\d\d))(?!\d)/.exec(text) ?? [];
  // A month that does not exist has no days; a day that does not exist becomes the first of the next month, or later.
  return day !== undefined && new Date(`${day}T00:00:00Z`).getUTCDate() === Number(dayOfMonth);
}
