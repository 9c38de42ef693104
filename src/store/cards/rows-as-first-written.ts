import type { Sql } from '../postgres/database.ts';
import { type CardReference, type Command, NO_CARD, OPERATOR_OWNER } from '../writer/command.ts';
import type { ListedRow } from './listed-cards.ts';

/**
 * The commands of rows that have keys of their own, as they were first sent. The fingerprint under a key contains the
 * card as the first request named it; a list that was saved again may name the same card by its serial, by its id or by
 * another number, and is the same request.
 *
 * @param commandOf the command of a row as it is written now
 * @returns the command of a row: as first sent when that was for the same card, otherwise as written now
 */
export async function rowsAsFirstWritten<Row extends ListedRow>(
  sql: Sql,
  rows: readonly Row[],
  commandOf: (row: Row) => Command<unknown>,
): Promise<(row: Row) => Command<unknown>> {
  const keys = rows.flatMap(({ row }) => row.key ?? []);
  if (keys.length === 0) return commandOf;
  const stored = await sql<{ key: string; fingerprint: string }[]>`
    SELECT key, encode(fingerprint, 'hex') AS fingerprint FROM idempotency_keys
    WHERE owner_id = ${OPERATOR_OWNER} AND key = ANY(${keys})`;
  const fingerprints = new Map(stored.map(({ key, fingerprint }) => [key, fingerprint]));
  const answered = rows.filter(({ row, card }) => fingerprints.has(row.key ?? '') && card.id !== NO_CARD);
  const namesOf = await namesOfCards(
    sql,
    answered.map(({ card }) => card.id),
  );
  return (each) => {
    const first = fingerprints.get(each.row.key ?? '');
    const written = commandOf(each);
    if (first === undefined || written.once?.idempotency.fingerprint === first) return written;
    const others = (namesOf.get(each.card.id) ?? []).map(
      (reference): CardReference => ({ id: each.card.id, reference }),
    );
    const commands = others.map((card) => commandOf({ ...each, card }));
    return commands.find(({ once }) => once?.idempotency.fingerprint === first) ?? written;
  };
}

/** All names of cards: their ids, their serials and the numbers bound to them. */
async function namesOfCards(sql: Sql, ids: readonly string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>(ids.map((id) => [id, [id]]));
  const found = await sql<{ id: string; name: string }[]>`
    SELECT id, serial AS name FROM cards WHERE id = ANY(${[...ids]}::uuid[])
    UNION ALL SELECT card_id, number FROM number_bindings WHERE card_id = ANY(${[...ids]}::uuid[])`;
  for (const { id, name } of found) names.get(id)?.push(name);
  return names;
}
