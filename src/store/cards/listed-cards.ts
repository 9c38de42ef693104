import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import { cardsBySerial } from '../pins/serial-spelling.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, NO_CARD } from '../writer/command.ts';

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

/** A row of a list, with the card that it means. */
export interface ListedRow<Row extends BulkRow = BulkRow> {
  readonly row: Row;
  /** Its index in the list, from 0. */
  readonly number: number;
  readonly card: CardReference;
}
