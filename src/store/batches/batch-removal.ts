import type { BatchState } from '../../domain/batches/card-batch.ts';
import { BatchInUse, type BatchUses } from '../../domain/rejections/batches.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';
import { endBatch } from './card-batches.ts';

interface RemovedBatch {
  readonly name: string;
  readonly state: BatchState;
  readonly partnerId: string | null;
}

/**
 * Removes a batch that has no cards yet, or was canceled before it had any. The PINs that it reserved return to the
 * format's budget; its serials are not given out again.
 *
 * @throws NotFound, BatchInUse
 */
export async function removeCardBatch(sql: Sql, id: string, actorId: string): Promise<RemovedBatch> {
  return sql.begin(async (tx) => {
    // The maker of its cards locks it for each chunk: it finds no batch afterwards, and gives up.
    const [batch] = await tx<RemovedBatch[]>`
      SELECT name, state, partner_id AS "partnerId" FROM card_batches WHERE id = ${id} FOR UPDATE`;
    if (!batch) throw new NotFound({ what: 'batch', reference: id });
    const { name, state, partnerId } = batch;
    const [uses] = await tx<BatchUses[]>`
      SELECT (SELECT count(*)::int FROM cards WHERE batch_id = ${id}) AS cards,
             (SELECT count(*)::int FROM card_imports WHERE batch_id = ${id}) AS imports,
             (SELECT count(*)::int FROM partners WHERE ${id} = ANY (allowed_batch_ids)) AS partners`;
    if (uses && uses.cards + uses.imports + uses.partners > 0) throw new BatchInUse({ name, ...uses });
    if (state === 'PENDING' || state === 'GENERATING') await endBatch(tx, id, { state: 'CANCELLED' });
    await tx`DELETE FROM card_batches WHERE id = ${id}`;
    await appendEvents(tx, [
      {
        type: 'BATCH_REMOVED',
        actorId,
        batchId: id,
        ...(partnerId !== null && { partnerId }),
        payload: { name },
      },
    ]);
    return batch;
  });
}
