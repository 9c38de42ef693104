import { setTimeout as delay } from 'node:timers/promises';

const STEP_MS = 50;

/**
 * Applies an action to many items, a few at a time, spread over about the given time.
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
