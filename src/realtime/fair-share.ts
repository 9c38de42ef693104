/** How long events may be handed out before whatever else waits for this process has its turn. */
const SHARE_MS = 5;

/** When the share of this turn of the event loop began; undefined: nothing was handed out in it. */
let began: number | undefined;
/** Those who wait for a later turn, first come first served. */
let waiting: (() => void)[] = [];

/**
 * Waits for a later turn of the event loop when this one has lasted long enough. A subscriber that catches up, and a
 * socket that takes all it gets, need no I/O between one event and the next, and one event may be for thousands of
 * subscriptions: without this they would keep everybody else waiting (measured: 0.4 s for a page of a thousand events,
 * 1.7 s for 5,000 subscriptions).
 */
export function fairShare(): Promise<void> {
  if (waiting.length === 0 && hasTime()) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}

function hasTime(): boolean {
  if (began !== undefined) return performance.now() - began < SHARE_MS;
  began = performance.now();
  setImmediate(newTurn);
  return true;
}

/** Lets in one after another, each with what it does at once, as long as there is time. */
async function newTurn(): Promise<void> {
  began = undefined;
  if (waiting.length === 0) return;
  const all = waiting;
  let next = 0;
  while (next < all.length && hasTime()) {
    all[next]?.();
    next += 1;
    await Promise.resolve();
  }
  waiting = all.slice(next);
}
