import { timingSafeEqual } from 'node:crypto';
import type { Card, CardType } from '../domain/card.ts';
import { canAuthenticate } from '../domain/first-use.ts';
import { AuthenticationRefused } from '../domain/rejections/cards.ts';
import type { CommandWriter } from './command-writer.ts';
import { firstUseCommand } from './commands/cards.ts';
import type { Giver } from './commands/once.ts';
import type { Sql } from './database.ts';
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

/**
 * Finds the active card of a caller, and notes its first use.
 *
 * @throws AuthenticationRefused, the same for all: unknown, wrong, a voucher's, inactive, locked, in grace, closed.
 */
export async function authenticateCard(
  { sql, writer, digester }: { sql: Sql; writer: CommandWriter; digester: PinDigester },
  giver: Giver,
  credentials: Credentials,
): Promise<Card> {
  const card = await findCard(sql, digester, credentials);
  if (!card || !canAuthenticate(card, card.type, new Date())) throw new AuthenticationRefused();
  if (card.firstUsedAt !== null) return card;
  return writer.run(firstUseCommand(giver, card.id));
}

/** A card and the type its batch gives it. */
type TypedCard = Card & { readonly type: CardType };

/** One look-up by one index, found or not, so that the time tells nothing. */
async function findCard(
  sql: Sql,
  digester: PinDigester,
  credentials: Credentials,
): Promise<TypedCard | undefined> {
  const columns = sql`
    ${columnsOf.card(sql)}, (SELECT type FROM card_batches WHERE card_batches.id = cards.batch_id) AS type`;
  if ('ani' in credentials) {
    const [card] = await sql<TypedCard[]>`
      SELECT ${columns} FROM cards
      WHERE id = (SELECT card_id FROM number_bindings WHERE number = ${credentials.ani})`;
    return card;
  }
  const digest = digester.digest(credentials.pin);
  if (!('serial' in credentials)) {
    const [card] = await sql<TypedCard[]>`SELECT ${columns} FROM cards WHERE pin_digest = ${digest}`;
    return card;
  }
  const [found] = await sql<(TypedCard & { digest: Buffer })[]>`
    SELECT ${columns}, pin_digest AS digest FROM cards WHERE serial = ${credentials.serial}`;
  if (!found || !timingSafeEqual(found.digest, digest)) return undefined;
  return found;
}
