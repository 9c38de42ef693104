import type { Transaction } from '../postgres/database.ts';
import { OPERATOR_OWNER } from '../writer/command.ts';
import type { RowContent } from './card-list-content.ts';

/** Rows per statement. */
const CHUNK = 10_000;

/** Rows that were sent before in other lists. */
export interface SharedRows {
  /** Indexes in the list, from 0, ascending. */
  readonly numbers: readonly number[];
  /** The newest of those lists, and when it was first sent. */
  readonly key: string;
  readonly sentAt: Date;
}

export async function insertRows(
  tx: Transaction,
  listId: string,
  rows: readonly RowContent[],
): Promise<void> {
  for (const { from, part } of chunksOf(rows)) {
    await tx`
      INSERT INTO card_list_rows (list_id, number, card_id, content, key)
      SELECT ${listId}, ${from}::int + n.number - 1, n.card_id, decode(n.content, 'hex'), n.key
      FROM unnest(${part.map(({ cardId }) => cardId)}::uuid[], ${part.map(({ content }) => content)}::text[],
        ${part.map(({ key }) => key)}::text[]) WITH ORDINALITY AS n (card_id, content, key, number)`;
  }
}

/**
 * The rows that another list had before: the same request for the same card. Two rows with keys of their own are
 * different when their keys are, and one whose key was answered gets that answer. A row that was refused does not count, because it had no effect; one that is not
 * processed yet does.
 */
export async function sharedRows(tx: Transaction, rows: readonly RowContent[]): Promise<SharedRows | null> {
  const numbers: number[] = [];
  let newest: { key: string; sentAt: Date } | null = null;
  for (const { from, part } of chunksOf(rows)) {
    const found = await tx<{ number: number; key: string; sentAt: Date }[]>`
      SELECT DISTINCT ON (n.number) n.number::int AS number, l.key, l.created_at AS "sentAt"
      FROM unnest(${part.map(({ content }) => content)}::text[], ${part.map(({ key }) => key)}::text[])
        WITH ORDINALITY AS n (content, key, number)
      JOIN card_list_rows r ON r.content = decode(n.content, 'hex') AND (r.key IS NULL OR n.key IS NULL)
      JOIN card_lists l ON l.id = r.list_id
      LEFT JOIN idempotency_keys k ON k.owner_id = ${OPERATOR_OWNER}
        AND k.key = coalesce(r.key, length(l.key) || ':' || l.key || ':' || r.number)
      WHERE NOT coalesce(k.outcome ? 'rejection', false) AND (n.key IS NULL OR NOT EXISTS (
        SELECT FROM idempotency_keys own WHERE own.owner_id = ${OPERATOR_OWNER} AND own.key = n.key))
      ORDER BY n.number, l.created_at DESC`;
    for (const { number, key, sentAt } of found) {
      numbers.push(from + number - 1);
      if (newest === null || sentAt > newest.sentAt) newest = { key, sentAt };
    }
  }
  return newest && { numbers, ...newest };
}

function* chunksOf(rows: readonly RowContent[]): Generator<{ from: number; part: readonly RowContent[] }> {
  for (let from = 0; from < rows.length; from += CHUNK) yield { from, part: rows.slice(from, from + CHUNK) };
}
