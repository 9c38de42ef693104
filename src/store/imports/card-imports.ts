import { hash } from 'node:crypto';
import { checkBatchOrder } from '../../domain/batches/card-batch.ts';
import { DEFAULT_PIN_FORMAT } from '../../domain/batches/pin-format.ts';
import type { CardColumnUse } from '../../domain/imports/card-columns.ts';
import type { CardProblem } from '../../domain/imports/card-file-problem.ts';
import { type CardImportState, type ImportStep, importProgress } from '../../domain/imports/import-event.ts';
import type { ImportTotals } from '../../domain/imports/import-totals.ts';
import { IdempotencyKeyReused } from '../../domain/rejections/commands.ts';
import { UploadUsed } from '../../domain/rejections/files.ts';
import { CurrencyMismatch } from '../../domain/rejections/input.ts';
import { DONE, plainEntry } from '../../domain/security/audit-entry.ts';
import { appendAuditQuery } from '../audit/audit-log.ts';
import { refuseMismatch } from '../batches/card-batches.ts';
import { appendEvents } from '../events/event-log.ts';
import { packed, unpacked } from '../files/packed-json.ts';
import { forgetUpload } from '../files/uploads.ts';
import { type Claimant, claimantIsGone } from '../postgres/claimant.ts';
import type { Sql } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { newId } from '../postgres/new-id.ts';
import { type CardImportOrder, type ClaimedImport, ImportClaimLost } from './card-import-order.ts';

const PROBLEMS_PAGE = 1_000;

/** How long a claim lasts without progress, while its claimant seems to be alive. */
const CLAIM_SECONDS = 60;

interface NewCardImport {
  readonly order: CardImportOrder;
  readonly idempotencyKey: string;
  /** The uploaded file; null: the client that orders the import has the file and runs the import itself. */
  readonly uploadId: string | null;
  /** Reads what a file says, this one or an uploaded one: asked for only if the key was used before. */
  contentOf(order: CardImportOrder, uploadId: string | null): Promise<Buffer>;
  /** Bytes of the file. */
  readonly size: number;
  readonly actorId: string;
}

type RequestedImport = Pick<NewCardImport, 'idempotencyKey' | 'order' | 'uploadId' | 'contentOf'>;

interface KnownImport {
  readonly id: string;
  readonly fingerprint: Buffer;
  readonly uploadId: string | null;
  readonly content: Buffer | null;
  readonly order: unknown;
}

/**
 * The import that was ordered with an idempotency key, if any: with the same order, and a file whose rows say the same,
 * in whatever form it is saved. Nothing was imported of a file that a console did not read to its end: the command that
 * is repeated imports the file that it has.
 *
 * @throws IdempotencyKeyReused for another import
 */
export async function importUnderKey(
  sql: Sql,
  { idempotencyKey, order, uploadId, contentOf }: RequestedImport,
): Promise<string | undefined> {
  const [known] = await sql<KnownImport[]>`
    SELECT id, fingerprint, upload_id AS "uploadId", content, "order" FROM card_imports
    WHERE idempotency_key = ${idempotencyKey}`;
  const fingerprint = fingerprintOf(order);
  if (!known) return undefined;
  if (known.fingerprint.equals(fingerprint)) {
    if (uploadId === known.uploadId && (uploadId !== null || known.content === null)) return known.id;
    const stored = readOrder(known.order);
    const areUploads = uploadId !== null && known.uploadId !== null;
    const before = known.content ?? (areUploads ? await contentOf(stored, known.uploadId) : null);
    if (before?.equals(await contentOf(stored, uploadId))) return known.id;
  }
  throw new IdempotencyKeyReused({ key: idempotencyKey });
}

/**
 * Orders an import, once for each idempotency key. Any free instance runs it.
 *
 * @returns the id of the import, which may have ended already if the key was used before
 * @throws IdempotencyKeyReused, UploadUsed, InvalidInput, InvalidAmount, NotFound, CurrencyMismatch,
 *   RateGroupNotAllowed
 */
export async function orderCardImport(sql: Sql, requested: NewCardImport): Promise<string> {
  const known = await importUnderKey(sql, requested);
  if (known) return known;
  const { idempotencyKey, uploadId, size, actorId } = requested;
  const {
    quantity: _quantity,
    pinFormat: _format,
    ...terms
  } = checkBatchOrder({ ...requested.order.terms, quantity: 1, pinFormat: DEFAULT_PIN_FORMAT }, new Date(), {
    isImport: true,
  });
  await refuseMismatch(sql, terms);
  const { balanceCurrency } = requested.order.reading;
  if (balanceCurrency !== null && balanceCurrency !== terms.currency) {
    throw new CurrencyMismatch({ expected: terms.currency, given: balanceCurrency });
  }
  const id = newId();
  try {
    await sql.begin(async (tx) => {
      await tx`
        INSERT INTO card_imports (id, idempotency_key, fingerprint, upload_id, is_check, "order", size, created_by)
        VALUES (${id}, ${idempotencyKey}, ${fingerprintOf(requested.order)}, ${uploadId}, ${requested.order.isCheck},
          ${tx.json(packed({ ...requested.order, terms }) as never)}, ${size}, ${actorId})`;
      await appendEvents(tx, [importProgress(stepOf(id, 'PENDING'), actorId)]);
    });
    return id;
  } catch (error) {
    if (isUniqueViolation(error, 'card_imports_upload_key')) throw new UploadUsed();
    const twin = isUniqueViolation(error) ? await importUnderKey(sql, requested) : undefined;
    if (twin) return twin;
    throw error;
  }
}

function fingerprintOf(order: CardImportOrder): Buffer {
  return hash('sha256', JSON.stringify(packed(order)), 'buffer');
}

function stepOf(importId: string, state: CardImportState): ImportStep {
  return { importId, state, rows: 0, problems: 0, readShare: 0 };
}

export interface QueuedImport extends ClaimedImport {
  readonly uploadId: string;
  readonly size: number;
}

/** Claims an import that nobody runs, one at a time; undefined: there is none. */
export async function claimCardImport(sql: Sql, { id }: Claimant): Promise<QueuedImport | undefined> {
  const [row] = await sql<(Omit<QueuedImport, 'order'> & { order: unknown })[]>`
    UPDATE card_imports SET state = 'CHECKING', claimed_by = ${id},
      claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    WHERE id = (
      SELECT id FROM card_imports WHERE ${isFree(sql)} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, claimed_by AS "claimedBy", "order", created_by AS "createdBy", upload_id AS "uploadId", size::int AS size`;
  return row && { ...row, order: readOrder(row.order) };
}

/** Claims an import whose file the claimant has; undefined: it has ended, or somebody else runs it. */
export async function takeUpImport(
  sql: Sql,
  id: string,
  claimant: Claimant,
): Promise<ClaimedImport | undefined> {
  const [row] = await sql<(Omit<ClaimedImport, 'order'> & { order: unknown })[]>`
    UPDATE card_imports SET state = 'CHECKING', claimed_by = ${claimant.id}, failure = NULL, finished_at = NULL,
      claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    WHERE id = ${id} AND state IN ('PENDING', 'CHECKING', 'WRITING', 'FAILED') AND upload_id IS NULL AND (
      claimed_until IS NULL OR claimed_until < clock_timestamp() OR ${claimantIsGone(sql)})
    RETURNING id, claimed_by AS "claimedBy", "order", created_by AS "createdBy"`;
  return row && { ...row, order: readOrder(row.order) };
}

/** An order as stored; one from before there were these choices is read as one that made none of them. */
function readOrder(stored: unknown): CardImportOrder {
  const { reading, ...order } = unpacked(stored) as CardImportOrder;
  const usual = {
    ignored: [],
    balanceCurrency: null,
    negativeAsZero: false,
    only: {},
    expired: 'REFUSE',
  } as const;
  return { ...order, isCheck: order.isCheck ?? false, reading: { ...usual, ...reading } };
}

export interface EndedImport {
  readonly state: CardImportState;
  readonly rowCount: number;
  readonly problemCount: number;
  readonly batchId: string | null;
  readonly failure: string | null;
  readonly finishedAt: Date | null;
  /** Null until the file was read. */
  readonly content: Buffer | null;
  /** Null until the file was read. */
  readonly totals: ImportTotals | null;
  /** What became of each column of the file. Null until it was read. */
  readonly columns: readonly CardColumnUse[] | null;
}

export async function readCardImport(sql: Sql, id: string): Promise<EndedImport | undefined> {
  const [row] = await sql<(Omit<EndedImport, 'totals'> & { totals: unknown })[]>`
    SELECT state, row_count AS "rowCount", problem_count AS "problemCount", batch_id AS "batchId", failure, totals,
      columns, content, finished_at AS "finishedAt"
    FROM card_imports WHERE id = ${id}`;
  return row && { ...row, totals: unpacked(row.totals) as ImportTotals | null };
}

/** All problems of a file, or what is noted of it, in the order of its lines, page by page. */
export async function* problemPages(
  sql: Sql,
  id: string,
  { areNotes = false } = {},
): AsyncGenerator<Omit<CardProblem, 'value'>[]> {
  for (let after = -1; ; ) {
    const page = await sql<(Omit<CardProblem, 'value'> & { number: number })[]>`
      SELECT number, line, column_name AS column, code, message FROM card_import_problems
      WHERE import_id = ${id} AND is_note = ${areNotes} AND number > ${after} ORDER BY number LIMIT ${PROBLEMS_PAGE}`;
    const last = page.at(-1);
    if (!last) return;
    yield page.map(({ number: _, ...problem }) => problem);
    after = last.number;
  }
}

/** A cheap check before an instance registers as a claimant. */
export async function someImportWaits(sql: Sql): Promise<boolean> {
  const [row] = await sql`SELECT FROM card_imports WHERE ${isFree(sql)} LIMIT 1`;
  return row !== undefined;
}

function isFree(sql: Sql) {
  return sql`state IN ('PENDING', 'CHECKING', 'WRITING') AND upload_id IS NOT NULL AND (
    claimed_until IS NULL OR claimed_until < clock_timestamp() OR ${claimantIsGone(sql)})`;
}

/**
 * Ends imports from a console that has disappeared: the file disappeared with it. One that was ordered and never begun
 * gets as long as a claim lasts. The same command with the same key can still resume it.
 */
export async function endLostImports(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    const lost = await tx<(Omit<ImportStep, 'readShare' | 'state'> & { createdBy: string })[]>`
      UPDATE card_imports SET state = 'FAILED', failure = 'The command that imported it was interrupted.',
        finished_at = clock_timestamp(), claimed_by = NULL, claimed_until = NULL
      WHERE state IN ('PENDING', 'CHECKING', 'WRITING') AND upload_id IS NULL AND (
        claimed_until < clock_timestamp() OR ${claimantIsGone(sql)} OR (
          claimed_until IS NULL AND created_at < clock_timestamp() - make_interval(secs => ${CLAIM_SECONDS})))
      RETURNING id AS "importId", row_count AS rows, problem_count AS problems, created_by AS "createdBy"`;
    if (lost.length === 0) return;
    const ended = lost.map(({ createdBy, ...step }) =>
      importProgress({ ...step, state: 'FAILED', readShare: 0 }, createdBy),
    );
    await appendEvents(tx, ended);
  });
}

/** Records the progress of an import and renews the claim. @throws ImportClaimLost */
export async function noteStep(
  sql: Sql,
  { claimedBy, createdBy }: ClaimedImport,
  step: ImportStep,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [mine] = await tx`
      UPDATE card_imports SET state = ${step.state}, row_count = ${step.rows}, problem_count = ${step.problems},
        claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
      WHERE id = ${step.importId} AND claimed_by = ${claimedBy} RETURNING 1`;
    if (!mine) throw new ImportClaimLost();
    await appendEvents(tx, [importProgress(step, createdBy)]);
  });
}

/** Ends an import that wrote nothing: it was a check, its file was refused, or it could not be imported at all. */
export async function endCardImport(
  sql: Sql,
  { id, claimedBy, createdBy, order }: ClaimedImport,
  end: { readonly rows: number; readonly problems: number; readonly failure: string | null },
): Promise<void> {
  const state = endOf(end);
  await sql.begin(async (tx) => {
    const [mine] = await tx<{ uploadId: string | null }[]>`
      UPDATE card_imports SET state = ${state}, row_count = ${end.rows}, problem_count = ${end.problems},
        failure = ${end.failure}, finished_at = clock_timestamp(), claimed_by = NULL, claimed_until = NULL
      WHERE id = ${id} AND claimed_by = ${claimedBy} RETURNING upload_id AS "uploadId"`;
    if (!mine) throw new ImportClaimLost();
    if (mine.uploadId !== null && !order.isCheck) await forgetUpload(tx, mine.uploadId);
    await appendAuditQuery(tx, [
      plainEntry({
        operation: 'finishCardImport',
        actorId: createdBy,
        objectType: 'CardImport',
        objectId: id,
        outcome: AUDITED_ENDS[state],
      }),
    ]);
    const step = { importId: id, state, rows: end.rows, problems: end.problems, readShare: 1 } as const;
    await appendEvents(tx, [importProgress(step, createdBy)]);
  });
}

function endOf({ failure, problems }: { problems: number; failure: string | null }) {
  if (failure !== null) return 'FAILED';
  return problems === 0 ? 'CHECKED' : 'REFUSED';
}

const AUDITED_ENDS = { FAILED: 'CARD_IMPORT_FAILED', REFUSED: 'CARD_FILE_REFUSED', CHECKED: DONE } as const;

/** Releases an import, so that a free instance claims it after a while. */
export async function releaseCardImport(
  sql: Sql,
  { id, claimedBy }: ClaimedImport,
  seconds: number,
): Promise<void> {
  await sql`
    UPDATE card_imports SET claimed_by = NULL, claimed_until = clock_timestamp() + make_interval(secs => ${seconds})
    WHERE id = ${id} AND claimed_by = ${claimedBy}`;
}

/** How long the problems of a file, and the notes about it, are kept. */
const PROBLEMS_KEPT_DAYS = 30;

/** Deletes the problems of old imports. The import itself and its result are kept with the idempotency key. */
export async function purgeImportProblems(sql: Sql): Promise<void> {
  await sql`
    DELETE FROM card_import_problems WHERE import_id IN (
      SELECT id FROM card_imports
      WHERE finished_at < now() - make_interval(days => ${PROBLEMS_KEPT_DAYS})
    )`;
}
