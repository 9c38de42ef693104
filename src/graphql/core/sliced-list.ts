/** A slice of outcomes takes one or two milliseconds. */
const SLICE = 50;

/**
 * A list whose items are completed a slice at a time. graphql-js completes a list in one go, which for a thousand
 * outcomes holds the event loop for tens of milliseconds, and calls with it; it waits for items that are promises.
 */
export function inSlices<Item>(items: readonly Item[]): (Item | Promise<Item>)[] {
  let turn = Promise.resolve();
  return items.map((item, index) => {
    if (index < SLICE) return item;
    if (index % SLICE === 0) turn = turn.then(() => new Promise((resolve) => setImmediate(resolve)));
    return turn.then(() => item);
  });
}
