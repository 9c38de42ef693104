import { checkLowBalanceThreshold } from '../../domain/batches/card-batch.ts';
import type { CardType } from '../../domain/cards/card.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { boundedText } from '../../domain/values/text.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';

/** The settings of a batch that may change. Undefined leaves a setting as it is. */
interface BatchChange {
  /** Balance in micro-units below which a low-balance notification is sent; null: no notifications. */
  readonly lowBalanceThreshold?: bigint | null | undefined;
  readonly name?: string | undefined;
}

interface Batch {
  readonly name: string;
  readonly type: CardType;
  readonly partnerId: string | null;
  readonly lowBalanceThreshold: bigint | null;
  /** Micro-units. */
  readonly faceValue: bigint;
  readonly isImported: boolean;
}

/**
 * Renames a batch, or sets the balance below which its cards cause a notification. An event informs every instance.
 * Cards that are already below the threshold cause none.
 *
 * @throws NotFound, InvalidInput, InvalidAmount
 */
export async function changeCardBatch(
  sql: Sql,
  id: string,
  change: BatchChange,
  actorId: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [batch] = await tx<Batch[]>`
      SELECT name, type, partner_id AS "partnerId", low_balance_threshold AS "lowBalanceThreshold",
        face_value AS "faceValue", is_imported AS "isImported"
      FROM card_batches
      WHERE id = ${id} FOR NO KEY UPDATE`;
    if (!batch) throw new NotFound({ what: 'batch', reference: id });
    const threshold =
      change.lowBalanceThreshold === undefined ? batch.lowBalanceThreshold : change.lowBalanceThreshold;
    const name = change.name === undefined ? batch.name : boundedText('name', change.name, 200);
    if (threshold === batch.lowBalanceThreshold && name === batch.name) return;
    if (threshold !== batch.lowBalanceThreshold) {
      checkLowBalanceThreshold({ ...batch, lowBalanceThreshold: threshold }, { isImport: batch.isImported });
    }
    await tx`
      UPDATE card_batches SET name = ${name}, low_balance_threshold = ${threshold?.toString() ?? null}::bigint
      WHERE id = ${id}`;
    const { partnerId } = batch;
    await appendEvents(tx, [
      {
        type: 'BATCH_CHANGED',
        actorId,
        batchId: id,
        ...(partnerId !== null && { partnerId }),
        payload: { name, lowBalanceThreshold: threshold === null ? null : formatMicros(threshold) },
      },
    ]);
  });
}
