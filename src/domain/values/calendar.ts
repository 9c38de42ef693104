/**
 * Whether an ISO 8601 text begins with a day that there is. JavaScript reads 30 February as 2 March, and what was to
 * end then would end on a day that nobody named.
 */
export function namesRealDay(text: string): boolean {
  const [, day, dayOfMonth] = /^(\d{4}-\d\d-(\d\d))(?!\d)/.exec(text) ?? [];
  // A month that there is not has no days; a day that there is not is the first of the next month, or later.
  return day !== undefined && new Date(`${day}T00:00:00Z`).getUTCDate() === Number(dayOfMonth);
}
