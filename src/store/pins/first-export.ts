import type { Transaction } from '../postgres/database.ts';

/** Whether the PINs of a batch have never been exported and none of its cards is in use. Locks the batch. */
export async function isFirstExport(tx: Transaction, batchId: string): Promise<boolean> {
  const [batch] = await tx<{ isFirst: boolean }[]>`
    SELECT exported_at IS NULL AND NOT EXISTS (
      SELECT FROM cards WHERE batch_id = ${batchId} AND (status <> 'INACTIVE' OR first_used_at IS NOT NULL)
    ) AS "isFirst"
    FROM card_batches WHERE id = ${batchId} FOR NO KEY UPDATE`;
  return batch?.isFirst ?? false;
}
