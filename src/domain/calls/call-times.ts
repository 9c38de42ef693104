import { InvalidInput } from '../rejections/input.ts';

/** When a call was answered and ended, as its switch reports it; null: it does not say. */
interface CallTimes {
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
}

/** How far a switch's clock may be ahead or behind. */
const CLOCK_SKEW_MS = 3_600_000;

/**
 * Refuses times that can't be true: they are stored for people who settle disputes. The charge does not depend on them,
 * so a switch whose clock is wrong may leave them out.
 *
 * @throws InvalidInput
 */
export function checkCallTimes(times: CallTimes, now: Date): CallTimes {
  const { answeredAt, endedAt } = times;
  for (const field of ['answeredAt', 'endedAt'] as const) {
    const at = times[field];
    if (at === null || at.getTime() <= now.getTime() + CLOCK_SKEW_MS) continue;
    const problem = `is in the future: it is ${now.toISOString()}. Correct the clock, or leave the time out.`;
    throw new InvalidInput({ field, problem });
  }
  if (answeredAt !== null && endedAt !== null && endedAt < answeredAt) {
    throw new InvalidInput({
      field: 'endedAt',
      problem: 'is before answeredAt: correct it, or leave it out.',
    });
  }
  return times;
}

/** A call is answered after it was authorized. @throws InvalidInput */
export function refuseBefore(authorizedAt: Date, times: CallTimes): void {
  for (const field of ['answeredAt', 'endedAt'] as const) {
    const at = times[field];
    if (at === null || at.getTime() >= authorizedAt.getTime() - CLOCK_SKEW_MS) continue;
    const problem = `is before the call was authorized, at ${authorizedAt.toISOString()}. Correct the clock, or leave the time out.`;
    throw new InvalidInput({ field, problem });
  }
}
