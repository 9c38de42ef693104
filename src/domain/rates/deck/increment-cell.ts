/** "30/6": the seconds billed at least, and the seconds of each further step. */
export interface Increments {
  readonly initial: number;
  readonly next: number;
}

/** An increment longer than a day is a typing error. */
const MAX_INCREMENT_SECONDS = 86_400;

const SECONDS = /^(\d{1,6})(?:\.0+)?\s*(?:s|sec|secs|seconds)?$/i;
const PAIR = /^(.+?)\s*[/:+|-]\s*(.+)$/;

/** Whole seconds, 0 included, which the trade writes for "by the second". */
export function readSeconds(cell: string): number | null {
  const [, digits] = SECONDS.exec(cell.trim()) ?? [];
  const seconds = Number(digits ?? Number.NaN);
  return seconds <= MAX_INCREMENT_SECONDS ? seconds : null;
}

/** Both numbers in one cell: "30/6"; one number stands for both. */
export function readIncrements(cell: string): Increments | null {
  const [, first = cell, second = cell] = PAIR.exec(cell.trim()) ?? [];
  const [initial, next] = [readSeconds(first), readSeconds(second)];
  return initial === null || next === null ? null : atLeastOne({ initial, next });
}

/** A step of 0 is one of a second, and without a minimum the first step is like the others. */
export function atLeastOne({ initial, next }: Increments): Increments {
  const step = next || 1;
  return { initial: initial || step, next: step };
}
