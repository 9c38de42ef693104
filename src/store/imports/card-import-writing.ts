import { DEFAULT_PIN_FORMAT, formatName } from '../../domain/batches/pin-format.ts';
import type { CardState } from '../../domain/cards/card-state.ts';
import { cardsImported, type ImportedRange, importProgress } from '../../domain/imports/import-event.ts';
import type { ImportTotals } from '../../domain/imports/import-totals.ts';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import { appendAuditQuery } from '../audit/audit-log.ts';
import { insertBatch, refuseMismatch, reserveSerials } from '../batches/card-batches.ts';
import { appendEvents } from '../events/event-log.ts';
import { forgetUpload } from '../files/uploads.ts';
import { ensureLedgerAccounts, ledgerAccountId } from '../money/ledger-accounts.ts';
import { admitNewPins, PinTaken } from '../pins/new-pins.ts';
import { keyOf } from '../pins/serial-spelling.ts';
import type { Transaction } from '../postgres/database.ts';
import { columnNames } from '../postgres/table-rows.ts';
import { countBroughtIn } from '../reports/report-recount.ts';
import { cards } from '../schema/cards.ts';
import { type CardImportOrder, type ClaimedImport, ImportClaimLost } from './card-import-order.ts';
import { importedFormat } from './imported-pins.ts';
import { type PinKind, STAGED_LIFE } from './staged-cards.ts';
import { isSerialTaken } from './staging-tables.ts';

/** Cards per event. */
const RANGE = 10_000;

/** The value of the batch's column `pin_format`. */
const IMPORTED = 'imported';

/** Held by the import that writes: any number that no other advisory lock uses. */
const SERIALS_LOCK = 4_019_220;

/** A serial of the file was taken since the comparison, in this or another spelling. */
export class SerialTaken extends Error {}

interface CheckedFile {
  /** The time of the import, on the database's clock. */
  readonly now: Date;
  /** The key that seals its PINs. */
  readonly keyId: number;
  /** Rows read, and how many of them become cards. */
  readonly rowCount: number;
  readonly totals: ImportTotals;
  readonly pins: readonly PinKind[];
}

/**
 * Writes all staged rows in one transaction: the batch, its cards, their opening transfers, their numbers, the events
 * and the entry in the audit trail. Contended locks are taken as late as possible: numbers that may be bound meanwhile,
 * then the head of the audit trail, and the head of the event log last.
 *
 * @returns the id of the batch
 * @throws ImportClaimLost; a unique violation when a serial, a PIN or a number was taken meanwhile
 */
export async function writeCards(
  tx: Transaction,
  { id: importId, claimedBy, order, createdBy }: ClaimedImport,
  file: CheckedFile,
): Promise<string> {
  const [mine] = await tx`
    SELECT FROM card_imports WHERE id = ${importId} AND claimed_by = ${claimedBy} AND batch_id IS NULL FOR UPDATE`;
  if (!mine) throw new ImportClaimLost();
  await tx`SELECT pg_advisory_xact_lock(${SERIALS_LOCK})`;
  await admitStagedPins(tx, file.keyId);
  const { terms } = order;
  await refuseMismatch(tx, terms);
  const { batchId, serialStart } = await writeBatch(tx, order, file, createdBy);
  await writeRows(tx, { terms, batchId, serialStart, createdBy, file });
  await countBroughtIn(tx, { batchId, at: file.now });
  await countPins(tx, batchId, file.pins);
  await passSerials(tx);
  await refuseTakenSerials(tx, batchId);
  await tx`
    INSERT INTO number_bindings (number, card_id, created_at)
    SELECT n.number, c.id, ${file.now} FROM staged_numbers AS n JOIN staged_cards AS c ON c.line = n.line
    ORDER BY n.number`;
  await keepNotes(tx, importId);
  const made = file.totals.taken.count;
  const ranges = await rangesOf(tx, { terms, batchId });
  const [ended] = await tx<{ uploadId: string | null }[]>`
    UPDATE card_imports SET state = 'DONE', row_count = ${file.rowCount}, batch_id = ${batchId},
      finished_at = clock_timestamp(), claimed_by = NULL, claimed_until = NULL
    WHERE id = ${importId} RETURNING upload_id AS "uploadId"`;
  if (ended?.uploadId) await forgetUpload(tx, ended.uploadId);
  const about = { actorId: createdBy, objectType: 'CardBatch', objectId: batchId };
  await appendAuditQuery(tx, [plainEntry({ operation: 'finishCardImport', ...about })]);
  await appendEvents(tx, [
    {
      type: 'BATCH_CREATED',
      actorId: createdBy,
      batchId,
      ...(terms.partnerId !== null && { partnerId: terms.partnerId }),
      payload: { state: 'READY', made, quantity: made, name: terms.name },
    },
    ...ranges.map((range) => cardsImported(range, { actorId: createdBy, importId })),
    importProgress({ importId, state: 'DONE', rows: file.rowCount, problems: 0, readShare: 1 }, createdBy),
  ]);
  return batchId;
}

/** Stores the notes on rows that were taken, or left out as ordered. */
async function keepNotes(tx: Transaction, importId: string): Promise<void> {
  await tx`
    INSERT INTO card_import_problems (import_id, number, line, column_name, code, message, is_note)
    SELECT ${importId}::uuid, row_number() OVER (ORDER BY line, column_name NULLS FIRST, code) - 1, line, column_name, code, message, true
    FROM staged_problems WHERE is_note`;
}

/** As for generated cards: the key in use stays in use until the transaction ends. @throws KeySuperseded, PinTaken */
async function admitStagedPins(tx: Transaction, keyId: number): Promise<void> {
  await admitNewPins(tx, { keyId, earlierDigests: new Uint8Array() });
  const [taken] = await tx`
    SELECT FROM staged_earlier_digests AS s JOIN cards AS c ON c.pin_digest = s.pin_digest LIMIT 1`;
  if (taken) throw new PinTaken();
}

/** Writes a batch whose cards are complete. If the file has no serials, they are assigned as for generated cards. */
async function writeBatch(
  tx: Transaction,
  { terms }: CardImportOrder,
  {
    totals: {
      taken: { count: quantity },
    },
    now,
  }: CheckedFile,
  createdBy: string,
): Promise<{ batchId: string; serialStart: number }> {
  const [unnumbered] = await tx`SELECT FROM staged_cards WHERE serial IS NULL LIMIT 1`;
  const serialStart = unnumbered ? await reserveSerials(tx, { ...terms, quantity }) : 0;
  const batch = { ...terms, quantity, pinFormat: DEFAULT_PIN_FORMAT };
  const batchId = await insertBatch(tx, batch, serialStart, createdBy);
  await tx`
    UPDATE card_batches SET state = 'READY', made = quantity, is_imported = true, pin_format = ${IMPORTED},
      started_at = ${now}, finished_at = clock_timestamp()
    WHERE id = ${batchId}`;
  return { batchId, serialStart };
}

interface Rows {
  readonly terms: CardImportOrder['terms'];
  readonly batchId: string;
  /** For cards whose file has no serials. */
  readonly serialStart: number;
  readonly createdBy: string;
  readonly file: CheckedFile;
}

/**
 * In the order of the file, which is the physical order of the staged rows: sorting them would only cost time and
 * memory.
 */
async function writeRows(
  tx: Transaction,
  { terms, batchId, serialStart, createdBy, file }: Rows,
): Promise<void> {
  const { now, keyId } = file;
  const { partnerId, currency, serialPrefix } = terms;
  const life = tx.unsafe(columnNames(cards, STAGED_LIFE));
  await tx`
    INSERT INTO cards (id, batch_id, partner_id, serial, batch_index, pin_digest, pin_cipher, pin_key_id, currency,
      status, balance, held, version, created_at, ${life})
    SELECT id, ${batchId}::uuid, ${partnerId}::uuid,
      coalesce(serial, ${serialPrefix}::text || lpad((${serialStart}::bigint + batch_index)::text, 10, '0')),
      batch_index, pin_digest, pin_cipher, ${keyId}::smallint, ${currency}::text, status, opening, 0, 1,
      ${now}::timestamptz, ${life}
    FROM staged_cards`;
  const openings = { kind: 'OPENINGS' as const, currency };
  await ensureLedgerAccounts(tx, [openings]);
  await tx`
    INSERT INTO transfers (id, kind, debit_account, credit_account, amount, currency, card_id, card_version,
      card_balance_after, actor_id, created_at)
    SELECT transfer_id, 'OPENING', ${ledgerAccountId(openings)}::uuid, id, opening, ${currency}::text, id, 1, opening,
      ${createdBy}::uuid, ${now}
    FROM staged_cards WHERE opening > 0`;
}

/** Counts the PINs for the guess budget, and for the density of future PINs in the same formats. */
async function countPins(tx: Transaction, batchId: string, pins: readonly PinKind[]): Promise<void> {
  const counted = pins
    .map(({ cards, ...kind }) => ({ cards, format: importedFormat(kind) }))
    .map(({ cards, format }) => ({ cards, name: formatName(format), ...format }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { cards, name, length, alphabet } of counted) {
    await tx`
      INSERT INTO imported_pin_formats (batch_id, length, alphabet, cards)
      VALUES (${batchId}, ${length}, ${alphabet}, ${cards})`;
    await tx`
      INSERT INTO pin_formats AS f (format, issued) VALUES (${name}, ${cards})
      ON CONFLICT (format) DO UPDATE SET issued = f.issued + ${cards}`;
  }
}

/**
 * Two spellings of one serial do not violate the unique index, so imports write one after another, and what was taken
 * since the comparison is found here.
 *
 * @throws SerialTaken
 */
async function refuseTakenSerials(tx: Transaction, batchId: string): Promise<void> {
  if (await isSerialTaken(tx, batchId)) throw new SerialTaken();
}

/**
 * Imported serials that look like ours are never assigned again: the next batch with their prefix begins after them.
 * Most do not end in ten digits, which is checked first because it is cheaper than the full expression.
 */
async function passSerials(tx: Transaction): Promise<void> {
  await tx`
    INSERT INTO serial_counters AS c (prefix, next)
    SELECT left(key, -10), max(right(key, 10)::bigint) + 1
    FROM (SELECT ${tx.unsafe(keyOf('staged_cards'))} AS key FROM staged_cards) AS s
    WHERE length(rtrim(key, '0123456789')) <= length(key) - 10 AND key ~ '^[A-Z0-9]{0,8}[0-9]{10}$'
    GROUP BY 1 ORDER BY 1
    ON CONFLICT (prefix) DO UPDATE SET next = greatest(c.next, excluded.next)`;
}

interface RangeRow {
  readonly from: number;
  readonly to: number;
  readonly states: Partial<Record<CardState, number>>;
  readonly openingValue: bigint;
  readonly stockValue: bigint;
  readonly boundNumbers: number;
}

async function rangesOf(
  tx: Transaction,
  { terms, batchId }: { terms: CardImportOrder['terms']; batchId: string },
): Promise<ImportedRange[]> {
  const rows = await tx<RangeRow[]>`
    SELECT min(first) AS from, max(last) AS to, jsonb_object_agg(state, cards) AS states,
      sum(opening)::bigint AS "openingValue", sum(stock)::bigint AS "stockValue", sum(numbers)::int AS "boundNumbers"
    FROM (
      SELECT batch_index / ${RANGE}::int AS range, state, min(batch_index) AS first, max(batch_index) AS last, count(*) AS cards,
        sum(opening) AS opening, coalesce(sum(numbers), 0) AS numbers,
        sum(CASE WHEN status = 'INACTIVE' THEN coalesce(face_value, ${terms.faceValue.toString()}::bigint) ELSE 0 END) AS stock
      FROM staged_cards LEFT JOIN (
        SELECT line, count(*) AS numbers FROM staged_numbers GROUP BY line
      ) AS bound USING (line) GROUP BY 1, 2
    ) AS parts GROUP BY range ORDER BY range`;
  const { partnerId, currency } = terms;
  return rows.map((row) => ({ batchId, partnerId, currency, ...row }));
}
