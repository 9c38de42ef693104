import type { KeyRing } from '../store/keys/key-ring.ts';
import { moveChunk, rotationIsLeft } from '../store/keys/key-rotation.ts';
import type { Sql } from '../store/postgres/database.ts';
import { lockTimedOut, rolledBack } from '../store/postgres/database-errors.ts';

/** Somebody who moves cards writes it down each time: after so long without, another goes on. */
const LEFT_AFTER_SECONDS = 15;

/** Damaged cards that are named; how many there are is counted. */
const NAMED = 100;

export interface RotationOutcome {
  readonly moved: number;
  /** Whether the old key is retired: no card is under it. */
  readonly retired: boolean;
  /** Serials of cards whose PINs could not be opened: the first hundred. */
  readonly damaged: readonly string[];
}

interface MoverOptions {
  readonly sql: Sql;
  readonly ring: KeyRing;
  /** @param moved cards since the rotation began */
  onProgress?(moved: number): void;
}

/**
 * Moves all cards to the master key in use, chunk by chunk, until there is none or the signal ends it.
 *
 * @returns undefined when the signal ended it, or no rotation is under way
 */
export async function moveCards(
  { sql, ring, onProgress }: MoverOptions,
  signal: AbortSignal,
): Promise<RotationOutcome | undefined> {
  const damaged: string[] = [];
  await ring.refresh();
  while (!signal.aborted) {
    const chunk = await moveChunk(sql, ring).catch((error) => {
      // Whoever serves callers goes first: what it holds is free in a moment.
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
 * Goes on with a rotation whose mover has died.
 *
 * @throws Error that names the cards when some can't be moved: the old key stays in use for them.
 */
export async function resumeRotation(options: MoverOptions, signal: AbortSignal): Promise<void> {
  if (!(await rotationIsLeft(options.sql, LEFT_AFTER_SECONDS))) return;
  const outcome = await moveCards(options, signal);
  if (!outcome || outcome.retired) return;
  throw new Error(`The PINs of some cards can not be opened under their key: ${outcome.damaged.join(', ')}`);
}
