import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, NO_CARD } from '../writer/command.ts';

/** The cards that rows mean, looked up all at once: a file of a hundred thousand is no hundred thousand questions. */
export async function listedCards(
  sql: Sql,
  rows: readonly BulkRow[],
): Promise<(row: BulkRow) => CardReference> {
  const serials = rows.flatMap(({ serial }) => serial ?? []);
  const numbers = rows.flatMap(({ number }) => number ?? []);
  const found = await sql<{ reference: string; id: string }[]>`
    SELECT serial AS reference, id FROM cards WHERE serial = ANY(${serials})
    UNION ALL SELECT number, card_id FROM number_bindings WHERE number = ANY(${numbers})`;
  // A serial has no plus in front, and a number always has.
  const ids = new Map(found.map(({ reference, id }) => [reference, id]));
  return ({ serial, number }) => {
    const reference = serial ?? number ?? '';
    return { id: ids.get(reference) ?? NO_CARD, reference };
  };
}
