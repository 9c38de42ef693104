import type { BatchState } from '../../domain/batches/card-batch.ts';
import { SYSTEM_ACTOR } from '../../domain/event.ts';
import type { Branch } from '../../domain/partners/branch.ts';
import { BatchNotFinished } from '../../domain/rejections/batches.ts';
import { FileLinkUsed } from '../../domain/rejections/files.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { formatMicros } from '../../domain/values/money.ts';
import { appendEvents } from '../events/event-log.ts';
import type { FileLink } from '../files/file-links.ts';
import type { KeyRing, SealedPin } from '../keys/key-ring.ts';
import { isFirstExport } from '../pins/first-export.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

const PAGE = 1_000;

interface ExportedBatch {
  readonly id: string;
  readonly name: string;
  readonly state: BatchState;
  readonly partnerId: string | null;
  readonly faceValue: bigint;
  readonly currency: string;
  readonly validityDays: number | null;
  readonly graceDays: number;
  readonly firstUseBy: Date | null;
}

/**
 * A batch whose cards are all made, ready to be exported or changed as a whole.
 *
 * @param reach the branch that may see it; null: the operator, who sees all.
 * @throws NotFound, also when the batch is another partner's; BatchNotFinished while its cards are being made.
 */
export async function finishedBatch(
  sql: Sql | Transaction,
  id: string,
  reach: Branch | null,
): Promise<ExportedBatch> {
  const [batch] = await sql<ExportedBatch[]>`
    SELECT id, name, state, partner_id AS "partnerId", face_value AS "faceValue", currency,
      validity_days AS "validityDays", grace_days AS "graceDays", first_use_by AS "firstUseBy"
    FROM card_batches WHERE id = ${id}`;
  if (!batch || (reach !== null && !reach.has(batch.partnerId))) {
    throw new NotFound({ what: 'batch', reference: id });
  }
  const { state } = batch;
  if (state === 'PENDING' || state === 'GENERATING') throw new BatchNotFinished({ state });
  return batch;
}

/**
 * Records in the audit trail who fetches the PINs of a batch, in the transaction that uses the link up. A link created
 * for the first export serves that purpose only: if the export has become a reveal meanwhile, it must be requested as
 * one. The command line runs with the master key, so it is recorded but not restricted.
 *
 * @throws NotFound, BatchNotFinished, FileLinkUsed
 */
export async function openBatch(tx: Transaction, link: FileLink): Promise<ExportedBatch> {
  const batch = await finishedBatch(tx, String(link.subject.batchId), null);
  const isTrusted = link.subject.revealId !== undefined || link.actorId === SYSTEM_ACTOR;
  if (!(await isFirstExport(tx, batch.id)) && !isTrusted) throw new FileLinkUsed();
  await tx`UPDATE card_batches SET exported_at = coalesce(exported_at, now()) WHERE id = ${batch.id}`;
  await appendEvents(tx, [
    {
      type: 'BATCH_EXPORTED',
      actorId: link.actorId,
      batchId: batch.id,
      ...(batch.partnerId !== null && { partnerId: batch.partnerId }),
      payload: { linkId: link.id },
    },
  ]);
  return batch;
}

/**
 * The print file: CSV (RFC 4180) with one card a line, in the order of the serials. Reads one page at a time as the
 * consumer asks, so a batch of millions needs the memory of a thousand cards. No field can begin a formula in a
 * spreadsheet: all consist of digits, capitals, dashes, points and colons, and none begins with a dash.
 */
export async function* exportCards(sql: Sql, keys: KeyRing, batch: ExportedBatch): AsyncGenerator<string> {
  const terms = [
    formatMicros(batch.faceValue),
    batch.currency,
    batch.validityDays ?? '',
    batch.graceDays,
    batch.firstUseBy?.toISOString() ?? '',
  ].join(',');
  yield 'serial,pin,face_value,currency,validity_days,grace_days,first_use_by\r\n';
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const cards = await sql<(SealedPin & { serial: string })[]>`
      SELECT id, serial, pin_cipher AS "pinCipher", pin_key_id AS "pinKeyId" FROM cards
      WHERE batch_id = ${batch.id} AND id > ${after} ORDER BY id LIMIT ${PAGE}`;
    const last = cards.at(-1);
    if (!last) return;
    after = last.id;
    const lines = await Promise.all(
      cards.map(async (card) => `${card.serial},${await keys.open(card)},${terms}\r\n`),
    );
    yield lines.join('');
  }
}
