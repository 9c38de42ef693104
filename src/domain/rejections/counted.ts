/** A number with its noun, in the plural unless it is one: "1 row", "2 rows", "0 entries". */
export function counted(count: number | bigint, noun: string, plural = `${noun}s`): string {
  return `${count} ${BigInt(count) === 1n ? noun : plural}`;
}
