/**
 * A condition of a filter, for an argument that was given; omitted arguments do not filter. An empty string counts as
 * given: it matches nothing, rather than widening the list to everything.
 */
export function when<Value, Filter extends object>(
  value: Value | null | undefined,
  filter: (value: Value) => Filter,
): Filter | Record<never, never> {
  return value === null || value === undefined ? {} : filter(value);
}
