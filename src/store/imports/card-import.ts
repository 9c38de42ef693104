import { cardsAllowed, formatName, possiblePins } from '../../domain/batches/pin-format.ts';
import type { CardColumnUse } from '../../domain/imports/card-columns.ts';
import { type CardProblem, cardProblem, importedBefore } from '../../domain/imports/card-file-problem.ts';
import type { ImportTotals } from '../../domain/imports/import-totals.ts';
import { counted } from '../../domain/rejections/counted.ts';
import type { Chunks } from '../files/file-reader.ts';
import { packed } from '../files/packed-json.ts';
import type { KeyInUse, KeyRing } from '../keys/key-ring.ts';
import { PinTaken } from '../pins/new-pins.ts';
import { CopyRefused } from '../postgres/copy-in.ts';
import { openSession, type Sql } from '../postgres/database.ts';
import { isUniqueViolation, rolledBack } from '../postgres/database-errors.ts';
import { keyedContent } from './card-file-content.ts';
import { CardFileThread } from './card-file-thread.ts';
import { type ClaimedImport, ImportClaimLost } from './card-import-order.ts';
import { SerialTaken, writeCards } from './card-import-writing.ts';
import { doneTwin } from './import-twin.ts';
import { importedFormat } from './imported-pins.ts';
import type { PinKind, StagedHeads } from './staged-cards.ts';
import {
  countProblems,
  createStagingTables,
  findDoubles,
  findTaken,
  replaceProblems,
  stagePiece,
  stageProblems,
} from './staging-tables.ts';

export interface ImportProgress {
  readonly phase: 'READING' | 'COMPARING' | 'WRITING';
  /** Bytes of the file read so far. */
  readonly bytes: number;
  readonly rows: number;
  readonly problems: number;
}

type ImportResult =
  | { readonly outcome: 'DONE'; readonly batchId: string; readonly rowCount: number }
  /** Nothing was written: the file has problems, or it was only checked and has none. */
  | { readonly outcome: 'REFUSED' | 'CHECKED'; readonly rowCount: number; readonly problemCount: number };

export interface ImportServices {
  readonly keys: KeyRing;
  /** A direct connection: the staging tables belong to a session. */
  readonly directUrl: string;
}

/** Bytes per block: some four thousand lines. */
const PIECE_BYTES = 256 * 1024;

/**
 * How often comparison and writing are repeated when a serial, a PIN or a number was taken between them: the next
 * comparison reports it as a problem.
 */
const RETRIES = 5;

/**
 * Imports a file of cards, or refuses all of it with every problem it has.
 *
 * A worker thread reads the file, and its rows are staged in tables that only this session sees. They are compared with
 * each other and with the existing cards; then one transaction writes everything. Others wait for it only if they need
 * a number that it brings, and at the head of the event log for the length of its last statements. If the process ends
 * before the commit, nothing remains.
 *
 * @throws ImportClaimLost; KeySuperseded when another master key was taken into use since it began
 */
export async function runCardImport(
  { keys, directUrl }: ImportServices,
  claimed: ClaimedImport,
  chunks: Chunks,
  onProgress: (progress: ImportProgress) => Promise<void>,
): Promise<ImportResult> {
  const session = openSession(directUrl, 'cardline import');
  try {
    const staged = await stageFile({ session, key: keys.inUse }, claimed, chunks, onProgress);
    const content = keyedContent(keys, staged.content);
    return await compareAndWrite(session, claimed, { ...staged, content }, onProgress);
  } finally {
    await session.end({ timeout: 1 });
  }
}

interface Staged {
  readonly now: Date;
  readonly keyId: number;
  readonly bytes: number;
  readonly rowCount: number;
  readonly pins: readonly PinKind[];
  readonly heads: StagedHeads;
  readonly totals: ImportTotals;
  readonly damage: CardProblem | null;
  readonly columns: readonly CardColumnUse[];
  /** SHA-256 of what its rows say, in hexadecimal. */
  readonly content: string;
}

async function stageFile(
  { session, key }: { session: Sql; key: KeyInUse },
  { order }: ClaimedImport,
  chunks: Chunks,
  onProgress: (progress: ImportProgress) => Promise<void>,
): Promise<Staged> {
  await createStagingTables(session);
  const [clock] = await session<{ now: Date }[]>`SELECT date_trunc('milliseconds', now()) AS now`;
  const now = clock?.now ?? new Date();
  const { terms, reading } = order;
  const thread = new CardFileThread(key, { terms, rules: { reading, terms, now } });
  const counter = { bytes: 0 };
  let problems = 0;
  try {
    for await (const piece of thread.pieces(counting(chunks, counter))) {
      await stagePiece(session, piece);
      problems += piece.problems.length;
      const { rowCount, end } = piece;
      await onProgress({ phase: 'READING', bytes: counter.bytes, rows: rowCount, problems });
      if (end) return { now, keyId: key.keyId, bytes: counter.bytes, rowCount, ...end };
    }
  } finally {
    await thread.close();
  }
  throw new Error('The file ended without its last piece.');
}

/** Splits chunks into small blocks, so that one block's rows are made while those of another are written. */
async function* counting(chunks: Chunks, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += PIECE_BYTES) {
      const piece = chunk.subarray(start, start + PIECE_BYTES);
      counter.bytes += piece.length;
      yield piece;
    }
  }
}

async function compareAndWrite(
  session: Sql,
  claimed: ClaimedImport,
  staged: Omit<Staged, 'content'> & { readonly content: Buffer },
  onProgress: (progress: ImportProgress) => Promise<void>,
): Promise<ImportResult> {
  const { bytes, rowCount, heads } = staged;
  const progress = { bytes, rows: rowCount };
  await onProgress({ phase: 'COMPARING', ...progress, problems: await countProblems(session) });
  if (staged.damage) {
    await replaceProblems(session, staged.damage);
    await keepProblems(session, claimed);
    return { outcome: 'REFUSED', rowCount, problemCount: 1 };
  }
  await keepTotals(session, claimed, staged);
  await findDoubles(session, heads);
  if (!claimed.order.acceptsDensePins) await findDensity(session, staged);
  for (let tried = 0; ; tried += 1) {
    const twin = await doneTwin(session, { id: claimed.id, content: staged.content });
    if (twin) await replaceProblems(session, importedBefore(twin.batch, twin.finishedAt));
    else await findTaken(session, heads);
    const problems = await countProblems(session);
    if (problems > 0 || claimed.order.isCheck) {
      await keepProblems(session, claimed);
      return { outcome: problems > 0 ? 'REFUSED' : 'CHECKED', rowCount, problemCount: problems };
    }
    await onProgress({ phase: 'WRITING', ...progress, problems });
    try {
      const batchId = await session.begin((tx) => writeCards(tx, claimed, staged));
      return { outcome: 'DONE', batchId, rowCount };
    } catch (error) {
      const cause = error instanceof CopyRefused ? error.cause : error;
      const mayPass =
        isUniqueViolation(cause) ||
        rolledBack(cause) ||
        error instanceof PinTaken ||
        error instanceof SerialTaken;
      if (tried === RETRIES || !mayPass) throw error;
    }
  }
}

/** The chance that one random guess hits a card must stay below one in a million, as for generated cards. */
async function findDensity(session: Sql, { pins, heads }: Pick<Staged, 'pins' | 'heads'>): Promise<void> {
  const problems: CardProblem[] = [];
  for (const { cards, ...kind } of pins) {
    const format = importedFormat(kind);
    const [row] = await session<{ issued: bigint }[]>`
      SELECT issued FROM pin_formats WHERE format = ${formatName(format)}`;
    const issued = (row?.issued ?? 0n) + BigInt(cards);
    if (issued <= cardsAllowed(format)) continue;
    const message = `With ${counted(issued, 'card')} among ${possiblePins(format)} PINs of ${format.length} ${kind.isDigits ? 'digits' : 'characters'}, more than one guess in a million would hit. Accept dense PINs to take them over all the same; fewer wrong PINs are then allowed in the whole system.`;
    problems.push(cardProblem('PINS_TOO_DENSE', { line: 1, column: heads.pin, message }));
  }
  await session.begin((tx) => stageProblems(tx, problems));
}

/** Stores what the file says and brings in: known once it was read, whatever becomes of it. */
async function keepTotals(
  session: Sql,
  { id, claimedBy }: ClaimedImport,
  { totals, columns, content }: Pick<Staged, 'totals' | 'columns'> & { content: Buffer },
): Promise<void> {
  await session`
    UPDATE card_imports SET totals = ${session.json(packed(totals) as never)},
      columns = ${session.json(columns as never)}, content = ${content}
    WHERE id = ${id} AND claimed_by = ${claimedBy}`;
}

/** Stores the problems of the file, and what is noted of it, to be read page by page. */
async function keepProblems(session: Sql, { id, claimedBy }: ClaimedImport): Promise<void> {
  await session.begin(async (tx) => {
    const [mine] = await tx`
      SELECT FROM card_imports WHERE id = ${id} AND claimed_by = ${claimedBy} FOR UPDATE`;
    if (!mine) throw new ImportClaimLost();
    await tx`
      INSERT INTO card_import_problems (import_id, number, line, column_name, code, message, is_note)
      SELECT ${id}::uuid, row_number() OVER (ORDER BY line, column_name NULLS FIRST, code) - 1, line, column_name, code, message, is_note
      FROM staged_problems`;
  });
}
