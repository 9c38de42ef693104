import type { Branch } from '../../domain/partners/branch.ts';
import { TooManyCards } from '../../domain/rejections/cards.ts';
import { NotFound } from '../../domain/rejections/input.ts';
import { finishedBatch } from '../batches/batch-export.ts';
import { spelledBetween } from '../pins/serial-spelling.ts';
import type { Sql } from '../postgres/database.ts';

/** Cards that one request may change: about ten seconds of work. */
export const SELECTION_LIMIT = 100_000;

export type CardSelection = { readonly batchId: string } | { readonly ids: readonly string[] } | SerialRange;

/** Inclusive, in any spelling. */
interface SerialRange {
  readonly fromSerial: string;
  readonly toSerial: string;
}

export interface SelectedCard {
  readonly id: string;
  readonly batchId: string;
}

/**
 * The cards of a selection within a reach (null: the operator sees all), in the order of their serials.
 *
 * @throws TooManyCards beyond the limit; NotFound when there is none; BatchNotFinished while the batch's cards are
 *   being made: a part must not be mistaken for the whole.
 */
export async function selectCards(
  sql: Sql,
  selection: CardSelection,
  reach: Branch | null,
): Promise<SelectedCard[]> {
  if ('batchId' in selection) await finishedBatch(sql, selection.batchId, reach);
  const chosen = await sql<SelectedCard[]>`
    SELECT id, batch_id AS "batchId" FROM cards
    WHERE ${condition(sql, selection)} ${reach === null ? sql`` : sql`AND partner_id = ANY(${[...reach.ids()]}::uuid[])`}
    ORDER BY serial LIMIT ${SELECTION_LIMIT + 1}`;
  if (chosen.length > SELECTION_LIMIT)
    throw new TooManyCards({ count: chosen.length, limit: SELECTION_LIMIT });
  if (chosen.length === 0) throw new NotFound({ what: 'card', reference: describe(selection) });
  return chosen;
}

function condition(sql: Sql, selection: CardSelection) {
  if ('batchId' in selection) return sql`batch_id = ${selection.batchId}`;
  if ('ids' in selection) return sql`id = ANY(${[...selection.ids]}::uuid[])`;
  return spelledBetween(sql, { from: selection.fromSerial, to: selection.toSerial });
}

function describe(selection: CardSelection): string {
  if ('batchId' in selection) return selection.batchId;
  return 'ids' in selection ? `${selection.ids.length} ids` : `${selection.fromSerial}–${selection.toSerial}`;
}
