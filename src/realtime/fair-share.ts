/** How long events may be handed out before whatever else waits for this process has its turn. */
const SHARE_MS = 5;

/** When the share of this turn of the event loop began; undefined: nothing was handed out in it. */
let began: number | undefined;
/** First come, first served: those before `next` have been. */
let waiting: (() => void)[] = [];
let next = 0;
let isServing = false;

/**
 * Waits for its turn, in this turn of the event loop or, when that has lasted long enough, a later one. A subscriber
 * that catches up, and a socket that takes all it gets, need no I/O between one event and the next, and one event may
 * wake thousands of subscriptions: without this they would keep everybody else waiting (measured: 0.4 s for a page of a
 * thousand events, 1.7 s for 5,000 subscriptions).
 */
export function fairShare(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (isServing) return;
    isServing = true;
    process.nextTick(serve);
  });
}

/**
 * Lets one in. A tick that is asked for in a microtask comes when no microtask is left: that one has then done all that
 * it does without I/O.
 */
function serve(): void {
  if (!hasTime()) return;
  const resolve = waiting[next];
  if (!resolve) {
    [waiting, next, isServing] = [[], 0, false];
    return;
  }
  next += 1;
  resolve();
  queueMicrotask(() => process.nextTick(serve));
}

function hasTime(): boolean {
  if (began !== undefined) return performance.now() - began < SHARE_MS;
  began = performance.now();
  setImmediate(() => {
    began = undefined;
    if (isServing) serve();
  });
  return true;
}
