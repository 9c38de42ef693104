import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 50;

/**
 * Does something to each of many, a few at a time: to all of them in about the time that is given, and to a few at once.
 */
export async function staggered<Item>(
  items: readonly Item[],
  milliseconds: number,
  act: (item: Item) => void,
): Promise<void> {
  const each = Math.max(1, Math.ceil((items.length * STEP_MS) / Math.max(STEP_MS, milliseconds)));
  for (let from = 0; from < items.length; from += each) {
    if (from > 0) await delay(STEP_MS);
    for (const item of items.slice(from, from + each)) act(item);
  }
}
