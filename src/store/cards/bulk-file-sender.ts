import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import { Overloaded } from '../../domain/rejections/recharges.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import { cardsBySerial } from '../pins/serial-spelling.ts';
import type { Sql } from '../postgres/database.ts';
import type { Pool } from '../postgres/pool.ts';
import { AuditTrail } from '../writer/audit-trail.ts';
import { type CardReference, type Command, NO_CARD } from '../writer/command.ts';
import { CommandWriter } from '../writer/command-writer.ts';
import { type BulkRequest, bulkCommand, rowKey } from '../writer/commands/bulk.ts';
import type { Actor } from '../writer/commands/once.ts';
import { runRows } from './bulk-rows.ts';

/**
 * Rows that are looked up and given to the writer at once: the sender has its own writer, which nothing else waits for.
 */
const CHUNK = 1_000;
/** With it, a line number and their length prefixes, the idempotency key of a row has 255 characters at most. */
export const MAX_FILE_KEY = 200;

export interface BulkFileOrder<Row extends BulkRow> extends Omit<BulkRequest, 'rows'> {
  readonly giver: Actor;
  readonly rows: readonly Row[];
  command(row: Row, card: CardReference, idempotencyKey: string): Command<unknown>;
}

export interface RowRefusal {
  readonly row: BulkRow;
  readonly why: Rejection;
}

/** The result of sending a file. */
export interface BulkFileResult {
  readonly done: number;
  readonly refusals: readonly RowRefusal[];
  /** Rows, done or refused, whose idempotency key had been answered before. */
  readonly before: number;
  /** The first row that was not processed; the chunks after it were not processed either. Null: all were. */
  readonly stoppedAt: BulkRow | null;
}

/**
 * Runs a command for each card of a file, once per idempotency key of the file, with the row-by-row semantics of the
 * bulk mutations. An interruption leaves whole rows done; sending the same file again does the rest and gets the same
 * answers.
 *
 * @throws IdempotencyKeyReused for another file with the same key
 */
export async function sendBulkFile<Row extends BulkRow>(
  sql: Pool,
  sending: BulkFileOrder<Row>,
  onProgress: (rows: number) => void,
): Promise<BulkFileResult> {
  const { rows } = sending;
  await claimKey(sql, sending);
  const refusals: RowRefusal[] = [];
  let [done, before] = [0, 0];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = await sendChunk(sql, sending, rows.slice(start, start + CHUNK));
    done += chunk.done;
    before += chunk.before;
    refusals.push(...chunk.refusals);
    onProgress(Math.min(rows.length, start + CHUNK));
    if (chunk.stoppedAt) return { done, refusals, before, stoppedAt: chunk.stoppedAt };
  }
  return { done, refusals, before, stoppedAt: null };
}

async function claimKey(sql: Pool, { giver, rows, ...list }: BulkFileOrder<BulkRow>): Promise<void> {
  const { operation } = list;
  const trail = new AuditTrail(plainEntry({ operation, actorId: giver.actorId }));
  const writer = new CommandWriter(sql, { lanes: 1 });
  await writer.run(bulkCommand(giver, { ...list, rows: rows.length }), trail);
}

/**
 * Uses a new writer per chunk: its cache of batches would go stale, because this process does not follow the events.
 */
async function sendChunk<Row extends BulkRow>(
  sql: Pool,
  { idempotencyKey, command }: BulkFileOrder<Row>,
  rows: readonly Row[],
): Promise<BulkFileResult> {
  let before = 0;
  const writer = new CommandWriter(sql, {
    lanes: 1,
    onTransaction: ({ committed, replays }) => {
      if (committed) before += replays;
    },
  });
  const cardOf = await listedCards(sql, rows);
  const results = await runRows(rows, {
    find: async (row) => cardOf(row),
    run: (card, row) => writer.run(command(row, card, row.key ?? rowKey(idempotencyKey, `${row.line}`))),
    atOnce: CHUNK,
  });
  const refused = results.flatMap((why, index) => {
    const row = rows[index];
    return row && why instanceof Rejection ? [{ row, why }] : [];
  });
  return {
    done: results.length - refused.length,
    refusals: refused.filter(({ why }) => !(why instanceof Overloaded)),
    before,
    stoppedAt: refused.find(({ why }) => why instanceof Overloaded)?.row ?? null,
  };
}

/**
 * Resolves the cards that rows refer to in two queries: a file of a hundred thousand rows must not cause as many queries.
 */
export async function listedCards(
  sql: Sql,
  rows: readonly BulkRow[],
): Promise<(row: BulkRow) => CardReference> {
  const serials = rows.flatMap(({ serial }) => serial ?? []);
  const numbers = rows.flatMap(({ number }) => number ?? []);
  const bySerial = await cardsBySerial(sql, serials);
  const bound = await sql<{ number: string; id: string }[]>`
    SELECT number, card_id AS id FROM number_bindings WHERE number = ANY(${numbers})`;
  const byNumber = new Map(bound.map(({ number, id }) => [number, id]));
  return ({ serial, number }) => {
    const id = serial === null ? byNumber.get(number ?? '') : bySerial.get(serial)?.id;
    return { id: id ?? NO_CARD, reference: serial ?? number ?? '' };
  };
}
