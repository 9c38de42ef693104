export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** Median with the least and the most, as it goes into a table. */
export function spread(values: readonly number[]): string {
  const round = (value: number) => Math.round(value).toLocaleString('en');
  return `${round(median(values))} (${round(Math.min(...values))}–${round(Math.max(...values))})`;
}
