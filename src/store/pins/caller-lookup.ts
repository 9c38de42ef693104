import type { Card } from '../../domain/cards/card.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import type { Sql } from '../postgres/database.ts';
import { cardRows } from '../postgres/rows.ts';

export interface PinDigester {
  /** HMAC of a PIN under each pepper that cards may be under: while keys are rotated there are two. */
  digests(pin: string): readonly Buffer[];
}

/** What a caller keys. */
export interface KeyedPin {
  readonly pin: string;
  readonly serial?: string;
}

/** What a caller shows. */
export type Credentials =
  | KeyedPin
  /** E.164, with its plus. */
  | { readonly ani: string };

type Keyed = { readonly key: string; readonly card: Card };

/** Callers of one database whose look-ups are made together. */
const lookups = new WeakMap<Sql, BatchReader<Keyed>>();

/**
 * The card that a number is bound to, in whatever state it is; undefined when there is none. No PIN is compared: a
 * number is no secret, so there is nothing to guess.
 */
export async function cardOfNumber(sql: Sql, number: string): Promise<Card | undefined> {
  const known = lookups.get(sql) ?? new BatchReader((numbers) => readByNumber(sql, numbers));
  lookups.set(sql, known);
  return (await known.find(number))?.card;
}

async function readByNumber(sql: Sql, numbers: readonly string[]): Promise<Keyed[]> {
  const rows = await sql<(Card & { key: string })[]>`
    SELECT bound.number AS key, found.* FROM number_bindings AS bound
    CROSS JOIN LATERAL (
      SELECT ${cardRows.list(sql)} FROM cards WHERE cards.id = bound.card_id LIMIT 1
    ) AS found
    WHERE bound.number = ANY(${[...numbers]}::text[])`;
  return rows.map(({ key, ...card }) => ({ key, card }));
}
