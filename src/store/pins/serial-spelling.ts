import { type Column, sql as drizzle, type SQL } from 'drizzle-orm';
import { serialKey } from '../../domain/cards/serial.ts';
import type { Sql, Transaction } from '../postgres/database.ts';

/**
 * Cards by serials as people write them: `it0000000001` and "IT 0000-000001" are IT0000000001. Stored serials stay as
 * they are printed; nearly all are their own key, and the others have an index of their keys.
 *
 * Files that were imported before serials had keys may have left two cards whose serials differ in case or hyphens
 * only: an exact spelling still names its card, and any other spelling names neither.
 */

interface NamedBySerial {
  /** As it was asked for. */
  readonly asked: string;
  readonly id: string;
  readonly serial: string;
  readonly partnerId: string | null;
}

export async function cardsBySerial(
  sql: Sql | Transaction,
  serials: readonly string[],
): Promise<Map<string, NamedBySerial>> {
  const rows = await sql<NamedBySerial[]>`
    SELECT asked.serial AS asked, c.id, c.serial, c.partner_id AS "partnerId"
    FROM unnest(${[...serials]}::text[], ${serials.map(serialKey)}::text[]) AS asked (serial, key)
    JOIN cards AS c ON ${spelledLike(sql, 'c', 'asked.key')}`;
  const found = new Map<string, NamedBySerial>();
  const unclear = new Set<string>();
  for (const row of rows) {
    if (found.has(row.asked) && row.serial !== row.asked) unclear.add(row.asked);
    if (!found.has(row.asked) || row.serial === row.asked) found.set(row.asked, row);
  }
  for (const asked of unclear) if (found.get(asked)?.serial !== asked) found.delete(asked);
  return found;
}

/**
 * The condition that a card has a serial with this key, by one of two indexes.
 *
 * @param alias of the table of cards
 * @param key an SQL expression: see serialKey
 */
export function spelledLike(sql: Sql | Transaction, alias: string, key: string) {
  return sql.unsafe(`(${alias}.serial = ${key} OR (${specialKey(alias)} AND ${keyOf(alias)} = ${key}))`);
}

/**
 * The condition that a card's serial is between two, both included, and as long as they are, whatever their spelling: a
 * range has one prefix, and keys of the same length sort by their number.
 */
export function spelledBetween(sql: Sql | Transaction, { from, to }: { from: string; to: string }) {
  const [first, last] = [serialKey(from), serialKey(to)];
  const within = (serial: string) =>
    sql`(${sql.unsafe(serial)} BETWEEN ${first} AND ${last} AND length(${sql.unsafe(serial)}) = ${first.length})`;
  return sql`((NOT ${sql.unsafe(specialKey('cards'))} AND ${within('cards.serial')})
    OR (${sql.unsafe(specialKey('cards'))} AND ${within(keyOf('cards'))}))`;
}

/** The condition that a card's serial starts with a text, whatever the spelling of both. */
export function spelledFrom({ serial }: { readonly serial: Column }, prefix: string): SQL {
  const from = serialKey(prefix);
  // The first text, in byte order, after all that start so.
  const end = `${from}\u{10FFFF}`;
  const key = drizzle`upper(replace(${serial}, '-', ''))`;
  return drizzle`((${serial} >= ${from} AND ${serial} < ${end})
    OR (${serial} <> ${key} AND ${key} >= ${from} AND ${key} < ${end}))`;
}

/** The condition that a stored serial is not its own key: for those there is an index of keys. */
export function specialKey(alias: string): string {
  return `${alias}.serial <> ${keyOf(alias)}`;
}

/** The key of a stored serial, as serialKey computes it: stored serials have ASCII letters and no blanks. */
export function keyOf(alias: string): string {
  return `upper(replace(${alias}.serial, '-', ''))`;
}
