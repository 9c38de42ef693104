/**
 * A part of a filter, for an argument that was given; what is left out does not limit. An empty text was given: it
 * names nothing, and must not widen the list to everything.
 */
export function when<Value, Filter extends object>(
  value: Value | null | undefined,
  filter: (value: Value) => Filter,
): Filter | Record<never, never> {
  return value === null || value === undefined ? {} : filter(value);
}
