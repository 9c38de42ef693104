import { IdempotencyKeyReused } from '../../domain/rejections/commands.ts';
import type { Sql, Transaction } from '../postgres/database.ts';
import { newId } from '../postgres/new-id.ts';
import { OPERATOR_OWNER } from '../writer/command.ts';
import type { ListContent } from './card-list-content.ts';
import { insertRows, type SharedRows, sharedRows } from './card-list-rows.ts';

/** One list at a time is compared with the earlier ones and recorded: two that share rows must not miss each other. */
const LISTS_LOCK = 4_019_221;

interface ListRequest extends ListContent {
  /** The idempotency key that the sender gave it; null: its content stands for it. */
  readonly name: string | null;
  /** Whether the sender means it although its rows were sent before. */
  readonly again: boolean;
  /** Whether a name of its own is enough to send rows that were sent before. */
  readonly nameSuffices: boolean;
}

export interface ClaimedList {
  readonly id: string;
  /** The idempotency key that the rows derive theirs from. */
  readonly key: string;
  /** The digest of the list as it was first sent. */
  readonly content: string;
  /** The cards that its rows meant then; null: none. */
  readonly cardIds: readonly (string | null)[];
  /** When all of its rows were processed before; null: not yet. */
  readonly finishedAt: Date | null;
}

/** Rows of the list were sent before, in another list, and whoever sends it has not said that this is meant. */
export class RowsSentBefore extends Error {
  static readonly code = 'ROWS_SENT_BEFORE';
  readonly shared: SharedRows;
  constructor(shared: SharedRows) {
    super('Rows of this list were sent before.');
    this.shared = shared;
  }
}

/**
 * Records a list, or finds the one that it is: the same rows in the same order, whatever the form of the file. It is
 * recorded before any of its rows is processed, so that a sender that was interrupted, or runs twice at once, continues
 * one list.
 *
 * @throws RowsSentBefore; IdempotencyKeyReused for another list, or a request of the API, with the same name
 */
export async function claimList(sql: Sql, request: ListRequest): Promise<ClaimedList> {
  return sql.begin(async (tx) => {
    await tx`SET LOCAL lock_timeout = 0`;
    await tx`SELECT pg_advisory_xact_lock(${LISTS_LOCK})`;
    const known = request.name === null ? await findUnnamed(tx, request) : await findNamed(tx, request);
    if ('id' in known) return { ...known, cardIds: await cardsOf(tx, known.id) };
    const isMeant = request.again || (request.nameSuffices && request.name !== null);
    const shared = isMeant ? null : await sharedRows(tx, request.rows);
    if (shared) throw new RowsSentBefore(shared);
    return record(tx, request, known.go);
  });
}

/** Records that all rows of a list were processed: from now on, sending it again on request is another go. */
export async function finishList(sql: Sql, { id }: ClaimedList): Promise<void> {
  await sql`UPDATE card_lists SET finished_at = clock_timestamp() WHERE id = ${id} AND finished_at IS NULL`;
}

type Known = Omit<ClaimedList, 'cardIds'>;
/** The number of the list with this content that is to be recorded. */
type Next = { readonly go: number };

async function findNamed(tx: Transaction, { name, content, wording }: ListRequest): Promise<Known | Next> {
  const key = name ?? '';
  const [known] = await tx<(Known & { wording: string })[]>`
    SELECT id, key, encode(content, 'hex') AS content, encode(wording, 'hex') AS wording,
      finished_at AS "finishedAt"
    FROM card_lists WHERE key = ${key}`;
  if (known && (known.content === content || known.wording === wording)) return known;
  const [used] = known
    ? [known]
    : await tx`SELECT FROM idempotency_keys WHERE owner_id = ${OPERATOR_OWNER} AND key = ${key}`;
  if (used) throw new IdempotencyKeyReused({ key });
  return { go: 1 };
}

/**
 * Without a name, a list is the first one with its content. On request it is the newest one if that is not finished,
 * since whoever was interrupted repeats the command; otherwise a new one.
 */
async function findUnnamed(tx: Transaction, { content, wording, again }: ListRequest): Promise<Known | Next> {
  const [known] = await tx<(Known & { go: number })[]>`
    SELECT id, key, encode(content, 'hex') AS content, go, finished_at AS "finishedAt"
    FROM card_lists
    WHERE NOT is_named AND (content = decode(${content}, 'hex') OR wording = decode(${wording}, 'hex'))
    ORDER BY go ${again ? tx`DESC` : tx`ASC`}, id LIMIT 1`;
  if (!known) return { go: 1 };
  return again && known.finishedAt !== null ? { go: known.go + 1 } : known;
}

async function record(tx: Transaction, request: ListRequest, go: number): Promise<ClaimedList> {
  const { name, content, wording, rows } = request;
  const id = newId();
  const key = name ?? (go === 1 ? content : `${content}#${go}`);
  await tx`
    INSERT INTO card_lists (id, key, is_named, content, wording, go, rows)
    VALUES (${id}, ${key}, ${name !== null}, decode(${content}, 'hex'), decode(${wording}, 'hex'), ${go}, ${rows.length})`;
  await insertRows(tx, id, rows);
  return { id, key, content, finishedAt: null, cardIds: rows.map(({ cardId }) => cardId) };
}

async function cardsOf(tx: Transaction, listId: string): Promise<(string | null)[]> {
  const rows = await tx<{ cardId: string | null }[]>`
    SELECT card_id AS "cardId" FROM card_list_rows WHERE list_id = ${listId} ORDER BY number`;
  return rows.map(({ cardId }) => cardId);
}
