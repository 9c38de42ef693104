import type { Card } from '../../domain/cards/card.ts';
import { BatchReader } from '../batching/batch-reader.ts';
import type { Sql } from '../postgres/database.ts';
import { cardRows } from '../postgres/rows.ts';

export interface PinDigester {
  /** HMAC of a PIN under each pepper that cards may use: two while keys are rotated. */
  digests(pin: string): readonly Buffer[];
}

/** The digits that a caller enters. */
export interface EnteredPin {
  readonly pin: string;
  readonly serial?: string;
}

/** The credentials that a caller presents. */
export type Credentials =
  | EnteredPin
  /** E.164, with its plus. */
  | { readonly ani: string };

type NumberRow = { readonly key: string; readonly card: Card };

/** Concurrent lookups in the same database share one batch reader. */
const lookups = new WeakMap<Sql, BatchReader<NumberRow>>();

/**
 * The card that a number is bound to, in whatever state; undefined when there is none. No PIN is compared: a number is
 * no secret, so there is nothing to guess.
 */
export async function cardOfNumber(sql: Sql, number: string): Promise<Card | undefined> {
  const known = lookups.get(sql) ?? new BatchReader((numbers) => readByNumber(sql, numbers));
  lookups.set(sql, known);
  return (await known.find(number))?.card;
}

async function readByNumber(sql: Sql, numbers: readonly string[]): Promise<NumberRow[]> {
  const rows = await sql<(Card & { key: string })[]>`
    SELECT bound.number AS key, found.* FROM number_bindings AS bound
    CROSS JOIN LATERAL (
      SELECT ${cardRows.list(sql)} FROM cards WHERE cards.id = bound.card_id LIMIT 1
    ) AS found
    WHERE bound.number = ANY(${[...numbers]}::text[])`;
  return rows.map(({ key, ...card }) => ({ key, card }));
}
