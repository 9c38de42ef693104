import type { ImportStep } from '../../domain/imports/import-event.ts';
import type { Sql } from '../postgres/database.ts';
import type { ImportProgress } from './card-import.ts';
import type { ClaimedImport } from './card-import-order.ts';
import { noteStep } from './card-imports.ts';

/** Minimum interval between progress events: short enough for a progress bar, long enough for the event log. */
const STEP_MS = 500;

/**
 * Records the progress of an import: each phase as it begins, and within a phase changes twice a second. Each step
 * renews the claim.
 *
 * @param size bytes of the file
 * @throws ImportClaimLost from the returned function
 */
export function importSteps(
  sql: Sql,
  claimed: ClaimedImport,
  size: number,
): (progress: ImportProgress) => Promise<void> {
  let last = { phase: '', atMs: Number.NEGATIVE_INFINITY };
  return async (progress) => {
    const { phase } = progress;
    const atMs = performance.now();
    if (phase === last.phase && atMs - last.atMs < STEP_MS) return;
    last = { phase, atMs };
    await noteStep(sql, claimed, asStep(claimed.id, size, progress));
  };
}

function asStep(
  importId: string,
  size: number,
  { phase, bytes, rows, problems }: ImportProgress,
): ImportStep {
  const readShare = size === 0 ? 1 : Math.min(1, bytes / size);
  return { importId, state: phase === 'WRITING' ? 'WRITING' : 'CHECKING', rows, problems, readShare };
}
