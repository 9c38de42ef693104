import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import type { CardState } from '../../domain/cards/card-state.ts';
import { Overloaded } from '../../domain/rejections/commands.ts';
import { Rejection } from '../../domain/rejections/rejection.ts';
import { plainEntry } from '../../domain/security/audit-entry.ts';
import type { Pool } from '../postgres/pool.ts';
import { AuditTrail } from '../writer/audit-trail.ts';
import { type CardReference, type Command, NO_CARD } from '../writer/command.ts';
import { CommandWriter } from '../writer/command-writer.ts';
import { type BulkRequest, bulkCommand, type ChangedCard, rowKey } from '../writer/commands/bulk.ts';
import { type Actor, idempotency } from '../writer/commands/once.ts';
import { runRows } from './bulk-rows.ts';
import { listContent } from './card-list-content.ts';
import { type ClaimedList, claimList, finishList } from './card-lists.ts';
import { changedSince } from './changed-since.ts';
import { type ListedRow, listedCards } from './listed-cards.ts';

/**
 * Rows that are looked up and given to the writer at once: the sender has its own writer, which nothing else waits for.
 */
const CHUNK = 1_000;
/** With it, the index of a row and their length prefixes, the idempotency key of a row has 255 characters at most. */
export const MAX_FILE_KEY = 200;

export interface BulkFileOrder<Row extends BulkRow> extends Pick<BulkRequest, 'operation'> {
  /** The arguments that apply to all rows. */
  readonly asked: readonly string[];
  readonly actor: Actor;
  readonly rows: readonly Row[];
  /** The idempotency key that the sender gave the list; null: its content stands for it. */
  readonly name: string | null;
  /** Whether the sender means it although rows of it were sent before. */
  readonly again: boolean;
  /** Whether a name of its own is enough to send rows that were sent before. */
  readonly nameSuffices: boolean;
  /** What a row asks for, apart from its card and its key. */
  askedOf(row: Row): readonly string[];
  command(row: Row, card: CardReference, idempotencyKey: string): Command<unknown>;
  /** The state that the result of a row left its card in; null: its command is about something else. */
  leftIn(result: unknown): Pick<ChangedCard, 'cardId' | 'state'> | null;
}

export interface RowRefusal {
  readonly row: BulkRow;
  readonly why: Rejection;
}

/** The result of sending a file. */
export interface BulkFileResult {
  /** The idempotency key of the list. */
  readonly key: string;
  readonly done: number;
  readonly refusals: readonly RowRefusal[];
  /** Rows, done or refused, whose idempotency key had been answered before. */
  readonly before: number;
  /** When the whole list was done before, so that nothing was done now; null: it was not. */
  readonly doneBefore: Date | null;
  /** Cards of rows with an answer of then that have another state by now. */
  readonly changedSince: number;
  /** The first row that was not processed; the chunks after it were not processed either. Null: all were. */
  readonly stoppedAt: BulkRow | null;
}

/**
 * Runs a command for each card of a list, once for the list, whatever the form of its file, with the row-by-row
 * semantics of the bulk mutations. An interruption leaves whole rows done; sending the list again does the rest and
 * gets the same answers.
 *
 * @throws RowsSentBefore; IdempotencyKeyReused for another list with the same name
 */
export async function sendBulkFile<Row extends BulkRow>(
  sql: Pool,
  order: BulkFileOrder<Row>,
  onProgress: (rows: number) => void,
): Promise<BulkFileResult> {
  const { rows, asked: common, askedOf } = order;
  const cards: CardReference[] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.slice(start, start + CHUNK);
    cards.push(...some.map(await listedCards(sql, some)));
  }
  const content = listContent(rows, cards, {
    common: [order.operation, ...common],
    asked: askedOf,
  });
  const list = await claimList(sql, { ...order, ...content });
  await claimKey(sql, order, list);
  const refusals: RowRefusal[] = [];
  const left = new Map<string, CardState>();
  let [done, before] = [0, 0];
  const result = async (stoppedAt: BulkRow | null): Promise<BulkFileResult> => ({
    key: list.key,
    done,
    refusals,
    before,
    doneBefore: list.finishedAt,
    changedSince: before > 0 ? await changedSince(sql, left) : 0,
    stoppedAt,
  });
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.slice(start, start + CHUNK).map((row, index) => {
      // The list may be older than this file: then its rows mean the cards that they meant at first.
      const { id, reference } = cards[start + index] ?? { id: NO_CARD, reference: '' };
      return { row, number: start + index, card: { id: list.cardIds[start + index] ?? id, reference } };
    });
    const chunk = await sendChunk(sql, { order, list }, some);
    done += chunk.done;
    before += chunk.before;
    refusals.push(...chunk.refusals);
    onProgress(Math.min(rows.length, start + CHUNK));
    for (const { cardId, state } of chunk.left) left.set(cardId, state);
    if (chunk.stoppedAt) return result(chunk.stoppedAt);
  }
  await finishList(sql, list);
  return result(null);
}

async function claimKey(
  sql: Pool,
  { actor, operation, asked, rows }: BulkFileOrder<BulkRow>,
  { key: idempotencyKey, content }: ClaimedList,
): Promise<void> {
  const trail = new AuditTrail(plainEntry({ operation, actorId: actor.actorId }));
  const writer = new CommandWriter(sql, { lanes: 1 });
  const request = { operation, idempotencyKey, asked: [...asked, content], rows: rows.length };
  await writer.run(bulkCommand(actor, request), trail);
}

interface SentChunk extends Pick<BulkFileResult, 'done' | 'refusals' | 'before' | 'stoppedAt'> {
  readonly left: readonly Pick<ChangedCard, 'cardId' | 'state'>[];
}

interface Sending<Row extends BulkRow> {
  readonly order: BulkFileOrder<Row>;
  readonly list: ClaimedList;
}

/**
 * Uses a new writer per chunk: its cache of batches would go stale, because this process does not follow the events.
 */
async function sendChunk<Row extends BulkRow>(
  sql: Pool,
  sending: Sending<Row>,
  listed: readonly ListedRow<Row>[],
): Promise<SentChunk> {
  let before = 0;
  const writer = new CommandWriter(sql, {
    lanes: 1,
    onTransaction: ({ committed, replays }) => {
      if (committed) before += replays;
    },
  });
  const results = await runRows(listed, {
    find: async ({ card }) => card,
    run: (_card, each) => writer.run(commandFor(sending, each)),
    atOnce: CHUNK,
  });
  const refused = results.flatMap((why, index) => {
    const row = listed[index]?.row;
    return row && why instanceof Rejection ? [{ row, why }] : [];
  });
  return {
    done: results.length - refused.length,
    left: results.flatMap((each) => (each instanceof Rejection ? [] : (sending.order.leftIn(each) ?? []))),
    refusals: refused.filter(({ why }) => !(why instanceof Overloaded)),
    before,
    stoppedAt: refused.find(({ why }) => why instanceof Overloaded)?.row ?? null,
  };
}

/**
 * The command of a row. A row without a key of its own is identified by its index in the list, which was recognized
 * already, so another spelling of its card does not make it another request.
 */
function commandFor<Row extends BulkRow>(
  { order, list }: Sending<Row>,
  { row, number, card }: ListedRow<Row>,
): Command<unknown> {
  if (row.key !== null) return order.command(row, card, row.key);
  const key = rowKey(list.key, `${number}`);
  const command = order.command(row, card, key);
  if (!command.once) throw new Error('The command of a row has no idempotency key.');
  const asRow = idempotency(order.actor, key, [order.operation, list.key, `${number}`]);
  return { ...command, once: { ...command.once, idempotency: asRow } };
}
