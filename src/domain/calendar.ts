/**
 * Whether an ISO 8601 text begins with a day that there is. JavaScript reads 30 February as 2 March, and what was to
 * end then would end on a day that nobody named.
 */
export function namesRealDay(text: string): boolean {
  const [, day] = /^(\d{4}-\d\d-\d\d)(?!\d)/.exec(text) ?? [];
  if (day === undefined) return false;
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
