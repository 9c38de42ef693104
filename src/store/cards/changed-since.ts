import type { Card } from '../../domain/cards/card.ts';
import { type CardState, cardState } from '../../domain/cards/card-state.ts';
import type { Sql } from '../postgres/database.ts';
import { cardRows } from '../postgres/rows.ts';

/** Cards per query. */
const CHUNK = 5_000;

/**
 * How many cards have another state by now than they had after a change.
 *
 * @param after the state of each card right after the change, by its id
 */
export async function changedSince(sql: Sql, after: ReadonlyMap<string, CardState>): Promise<number> {
  const ids = [...after.keys()];
  let changed = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const some = ids.slice(start, start + CHUNK);
    const cards = await sql<(Card & { readonly now: Date })[]>`
      SELECT ${cardRows.list(sql)}, now() AS now FROM cards WHERE id = ANY(${some}::uuid[])`;
    changed += cards.filter((card) => cardState(card, card.now) !== after.get(card.id)).length;
  }
  return changed;
}
