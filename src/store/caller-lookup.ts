import { timingSafeEqual } from 'node:crypto';
import type { Card } from '../domain/card.ts';
import type { Sql } from './database.ts';
import { Gathering } from './gathering.ts';
import { columnsOf } from './rows.ts';

export interface PinDigester {
  /** HMAC of a PIN under the pepper. */
  digest(pin: string): Buffer;
}

/** What a caller shows. */
export type Credentials =
  | { readonly pin: string }
  | { readonly serial: string; readonly pin: string }
  /** E.164, with its plus. */
  | { readonly ani: string };

type Keyed = { readonly key: string; readonly digest: Buffer; readonly card: Card };
type KeyedRow = Card & { key: string; pinDigest: Buffer };

/** Callers of one database whose look-ups are made together. */
const lookups = new WeakMap<Sql, Record<'pin' | 'serial' | 'ani', Gathering<Keyed>>>();

/**
 * The card of a caller, in whatever state it is; undefined when there is none or the PIN is another card's. One
 * look-up by one index, found or not, so that the time tells nothing. Those who ask at the same time share a query.
 */
export async function findCaller(
  { sql, digester }: { sql: Sql; digester: PinDigester },
  credentials: Credentials,
): Promise<Card | undefined> {
  const by = lookupsOf(sql);
  if ('ani' in credentials) return (await by.ani.find(credentials.ani))?.card;
  const digest = digester.digest(credentials.pin);
  if (!('serial' in credentials)) return (await by.pin.find(digest.toString('hex')))?.card;
  const found = await by.serial.find(credentials.serial);
  return found && timingSafeEqual(found.digest, digest) ? found.card : undefined;
}

function lookupsOf(sql: Sql) {
  let known = lookups.get(sql);
  if (!known) {
    known = {
      pin: new Gathering(async (digests) =>
        keyed(
          await sql<KeyedRow[]>`
          SELECT encode(pin_digest, 'hex') AS key, pin_digest AS "pinDigest", ${columnsOf.card(sql)} FROM cards
          WHERE pin_digest = ANY(ARRAY(SELECT decode(hex, 'hex') FROM unnest(${[...digests]}::text[]) AS hex))`,
        ),
      ),
      serial: new Gathering(async (serials) =>
        keyed(
          await sql<KeyedRow[]>`
          SELECT serial AS key, pin_digest AS "pinDigest", ${columnsOf.card(sql)} FROM cards
          WHERE serial = ANY(${[...serials]}::text[])`,
        ),
      ),
      ani: new Gathering(async (numbers) =>
        keyed(
          await sql<KeyedRow[]>`
          SELECT bound.number AS key, found.* FROM number_bindings AS bound
          CROSS JOIN LATERAL (
            SELECT pin_digest AS "pinDigest", ${columnsOf.card(sql)} FROM cards WHERE cards.id = bound.card_id LIMIT 1
          ) AS found
          WHERE bound.number = ANY(${[...numbers]}::text[])`,
        ),
      ),
    };
    lookups.set(sql, known);
  }
  return known;
}

function keyed(rows: readonly KeyedRow[]): Keyed[] {
  return rows.map(({ key, pinDigest, ...card }) => ({ key, digest: pinDigest, card }));
}
