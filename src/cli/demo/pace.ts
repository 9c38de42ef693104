import { setTimeout as delay } from 'node:timers/promises';

/** Repeats an action with pauses in between until the signal aborts, then resolves. */
export async function repeatedly(
  everyMs: number,
  signal: AbortSignal,
  act: () => Promise<void> | void,
): Promise<void> {
  while (!signal.aborted) {
    await act();
    await pause(everyMs, signal);
  }
}

/** Waits, at most until the signal aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
