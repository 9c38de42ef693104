/**
 * Whether an ISO 8601 text starts with a day that exists. JavaScript reads 30 February as 2 March, so an end date would
 * fall on a day that nobody named.
 */
export function namesRealDay(text: string): boolean {
  const [, day, dayOfMonth] = /^(\d{4}-\d\d-(\d\d))(?!\d)/.exec(text) ?? [];
  // A month that does not exist has no days; a day that does not exist becomes the first of the next month, or later.
  return day !== undefined && new Date(`${day}T00:00:00Z`).getUTCDate() === Number(dayOfMonth);
}
