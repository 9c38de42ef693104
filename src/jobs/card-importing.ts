import { Rejection } from '../domain/rejections/rejection.ts';
import type { FileSeal } from '../store/files/file-seal.ts';
import { uploadedChunks } from '../store/files/uploads.ts';
import { runCardImport } from '../store/imports/card-import.ts';
import { ImportClaimLost } from '../store/imports/card-import-order.ts';
import {
  claimCardImport,
  endCardImport,
  endLostImports,
  type QueuedImport,
  releaseCardImport,
  someImportWaits,
} from '../store/imports/card-imports.ts';
import { importSteps } from '../store/imports/import-steps.ts';
import type { KeyRing } from '../store/keys/key-ring.ts';
import { KeySuperseded } from '../store/pins/new-pins.ts';
import { Claimant } from '../store/postgres/claimant.ts';
import type { Sql } from '../store/postgres/database.ts';

/** How long to wait before an import is retried after an unexpected error. */
const STAND_BACK_SECONDS = 30;

interface ImportingOptions {
  readonly sql: Sql;
  readonly keys: KeyRing;
  readonly seal: FileSeal;
  /** A direct connection to the same database. */
  readonly directUrl: string;
}

/**
 * Runs imports of cards, one after another. One instance at a time claims an import; if its process dies, the next free
 * instance restarts it from the beginning of its file, since nothing of it was written.
 */
export async function importCards(options: ImportingOptions, signal: AbortSignal): Promise<void> {
  const { sql, directUrl } = options;
  await endLostImports(sql);
  if (signal.aborted || !(await someImportWaits(sql))) return;
  const claimant = await Claimant.open(directUrl);
  try {
    for (;;) {
      const claimed = signal.aborted ? undefined : await claimCardImport(sql, claimant);
      if (!claimed) return;
      await carryOut(options, claimed, signal);
    }
  } finally {
    await claimant.close();
  }
}

/** The server is stopping; another instance takes the import over. */
class Stopped extends Error {}

async function carryOut(
  { sql, keys, seal, directUrl }: ImportingOptions,
  claimed: QueuedImport,
  signal: AbortSignal,
): Promise<void> {
  const noteStep = importSteps(sql, claimed, claimed.size);
  try {
    const chunks = uploadedChunks({ sql, seal }, { linkId: claimed.uploadId, size: claimed.size });
    const result = await runCardImport({ keys, directUrl }, claimed, chunks, async (progress) => {
      if (signal.aborted) throw new Stopped();
      await noteStep(progress);
    });
    if (result.outcome === 'DONE') return;
    const { rowCount: rows, problemCount: problems } = result;
    await endCardImport(sql, claimed, { rows, problems, failure: null });
  } catch (error) {
    if (error instanceof ImportClaimLost) return;
    if (error instanceof Stopped) return await releaseCardImport(sql, claimed, 0);
    if (error instanceof KeySuperseded) {
      await keys.refresh();
      return await releaseCardImport(sql, claimed, 0);
    }
    if (error instanceof Rejection) {
      return await endCardImport(sql, claimed, { rows: 0, problems: 0, failure: error.message });
    }
    await releaseCardImport(sql, claimed, STAND_BACK_SECONDS).catch(() => {});
    throw error;
  }
}
