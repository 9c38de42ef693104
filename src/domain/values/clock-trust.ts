import { DAY_MS } from './calendar.ts';
/** The database's clock beside one that nobody sets, read together. Milliseconds. */
export interface ClockReading {
  readonly nowMs: number;
  /** Since the machine started, including the time it slept. */
  readonly uptimeMs: number;
}

/** How far the clock may drift, or be corrected, without notice. */
const CLOCK_TOLERANCE_MS = 60_000;
/** How long a system may have been off, or quiet, before its clock must be confirmed. */
const LONGEST_SILENCE_MS = 30 * DAY_MS;
/** How far the last known time may be ahead at a start: clocks of several machines differ a little. */
const LONGEST_RETURN_MS = 300_000;

/** By how much the clock jumped between two readings; positive: ahead. 0 within the tolerance. */
export function jumpBetween(before: ClockReading, after: ClockReading): number {
  const jumpMs = after.nowMs - before.nowMs - (after.uptimeMs - before.uptimeMs);
  return Math.abs(jumpMs) <= CLOCK_TOLERANCE_MS ? 0 : jumpMs;
}

/**
 * By how much the clock differs from the last time that is known from before a start, as far as that can't be the time
 * for which the system was off. 0: nothing is wrong, or nothing is known.
 */
export function jumpSinceStop(lastKnown: Date | null, nowMs: number): number {
  if (lastKnown === null) return 0;
  const gapMs = nowMs - lastKnown.getTime();
  return gapMs > LONGEST_SILENCE_MS || gapMs < -LONGEST_RETURN_MS ? gapMs : 0;
}

/** The latest instant that the clock may show, if it did not jump since a reading. */
export function latestTrusted(before: ClockReading, uptimeMs: number): number {
  return before.nowMs + (uptimeMs - before.uptimeMs) + CLOCK_TOLERANCE_MS;
}
