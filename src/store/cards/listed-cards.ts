import type { BulkRow } from '../../domain/cards/bulk-file.ts';
import type { Sql } from '../postgres/database.ts';
import { type CardReference, NO_CARD } from '../writer/command.ts';

/**
 * Resolves the cards that rows refer to in one query: a file of a hundred thousand rows must not cause as many queries.
 */
export async function listedCards(
  sql: Sql,
  rows: readonly BulkRow[],
): Promise<(row: BulkRow) => CardReference> {
  const serials = rows.flatMap(({ serial }) => serial ?? []);
  const numbers = rows.flatMap(({ number }) => number ?? []);
  const found = await sql<{ reference: string; id: string }[]>`
    SELECT serial AS reference, id FROM cards WHERE serial = ANY(${serials})
    UNION ALL SELECT number, card_id FROM number_bindings WHERE number = ANY(${numbers})`;
  // A number always begins with a plus, a serial never does.
  const ids = new Map(found.map(({ reference, id }) => [reference, id]));
  return ({ serial, number }) => {
    const reference = serial ?? number ?? '';
    return { id: ids.get(reference) ?? NO_CARD, reference };
  };
}
