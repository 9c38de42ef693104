/** Encodes a value as JSON: JSON has no bigint and no instants, so they are tagged. */
export function packed(value: unknown): unknown {
  if (typeof value === 'bigint') return { micros: value.toString() };
  if (value instanceof Date) return { at: value.toISOString() };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(packed);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, packed(part)]));
}

export function unpacked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpacked);
  const { micros, at, ...others } = value as { micros?: unknown; at?: unknown };
  const isTagged = Object.keys(others).length === 0;
  if (isTagged && typeof micros === 'string') return BigInt(micros);
  if (isTagged && typeof at === 'string') return new Date(at);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unpacked(part)]));
}
