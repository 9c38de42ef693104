import type { KeyRing } from '../store/keys/key-ring.ts';
import { moveChunk, rotationIsLeft } from '../store/keys/key-rotation.ts';
import type { Sql } from '../store/postgres/database.ts';
import { lockTimedOut, rolledBack } from '../store/postgres/database-errors.ts';

/** A mover records each chunk: after this long without one, another instance takes over. */
const LEFT_AFTER_SECONDS = 15;

/** How many damaged cards are listed; all of them are counted. */
const NAMED = 100;

export interface RotationOutcome {
  readonly moved: number;
  /** Whether the old key is retired: no card uses it. */
  readonly retired: boolean;
  /** Serials of cards whose PINs could not be decrypted: the first hundred. */
  readonly damaged: readonly string[];
}

interface MoverOptions {
  readonly sql: Sql;
  readonly ring: KeyRing;
  /** @param moved cards since the rotation began */
  onProgress?(moved: number): void;
}

/**
 * Moves all cards to the master key in use, chunk by chunk, until none is left or the signal aborts.
 *
 * @returns undefined when the signal aborted, or no rotation is in progress
 */
export async function moveCards(
  { sql, ring, onProgress }: MoverOptions,
  signal: AbortSignal,
): Promise<RotationOutcome | undefined> {
  const damaged: string[] = [];
  await ring.refresh();
  while (!signal.aborted) {
    const chunk = await moveChunk(sql, ring).catch((error) => {
      // Transactions that serve callers take precedence: their locks are free in a moment.
      if (lockTimedOut(error) || rolledBack(error)) return 'AGAIN' as const;
      throw error;
    });
    if (chunk === 'AGAIN') continue;
    if (!chunk) return undefined;
    damaged.push(...chunk.damaged.slice(0, NAMED - damaged.length));
    onProgress?.(chunk.moved);
    if (chunk.end) return { moved: chunk.moved, retired: chunk.end === 'RETIRED', damaged };
  }
  return undefined;
}

/**
 * Continues a rotation whose mover has died.
 *
 * @throws Error that lists the cards that can't be moved: the old key stays in use for them.
 */
export async function resumeRotation(options: MoverOptions, signal: AbortSignal): Promise<void> {
  if (!(await rotationIsLeft(options.sql, LEFT_AFTER_SECONDS))) return;
  const outcome = await moveCards(options, signal);
  if (!outcome || outcome.retired) return;
  throw new Error(`The PINs of some cards can not be opened under their key: ${outcome.damaged.join(', ')}`);
}
