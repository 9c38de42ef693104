import { setTimeout as delay } from 'node:timers/promises';

/** Does something again and again with a pause between, until the signal. Resolves when it has come. */
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

/** Waits, at most until the signal. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
