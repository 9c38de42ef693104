import { Overloaded } from '../../domain/rejections/commands.ts';
import { isUniqueViolation, lockTimedOut, rolledBack } from '../postgres/database-errors.ts';
import type { QueuedCommand } from './command-queue.ts';

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
const DUPLICATE_TRIES = 4;

/** Returns the commands that may be tried again, and rejects the others with the reason they failed. */
export function retainOrReject(
  waiting: readonly QueuedCommand[],
  may: (waiting: QueuedCommand) => boolean,
  failure: unknown,
): readonly QueuedCommand[] {
  return waiting.filter((each) => {
    const kept = may(each);
    // A row that others keep locked is not the command's fault: it may succeed in a moment.
    const timedOut = failure === undefined || lockTimedOut(failure);
    if (!kept) each.reject(timedOut ? new Overloaded({ queued: waiting.length }) : failure);
    return kept;
  });
}

export const inTime = ({ deadline }: QueuedCommand) => performance.now() < deadline;
export const isRepeatable = ({ command }: QueuedCommand) => command.once !== undefined;

/** Whether a command that failed alone may succeed when retried. */
export function isRetryable(error: unknown, tried: number): boolean {
  return rolledBack(error) || (isUniqueViolation(error) && tried < DUPLICATE_TRIES);
}

export function pause(tried: number): Promise<void> {
  const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** (tried - 1));
  return new Promise((resolve) => setTimeout(resolve, ms));
}
