import type { Card } from '../domain/card.ts';
import { canAuthenticate } from '../domain/first-use.ts';
import { AuthenticationRefused } from '../domain/rejections/cards.ts';
import { type Credentials, findCaller, type PinDigester } from './caller-lookup.ts';
import type { CommandRunner } from './command.ts';
import { firstUseCommand } from './commands/cards.ts';
import type { Giver } from './commands/once.ts';
import type { Sql } from './database.ts';

/**
 * Finds the active card of a caller, and notes its first use.
 *
 * @throws AuthenticationRefused, the same for all: unknown, wrong, a voucher's, inactive, locked, in grace, closed.
 */
export async function authenticateCard(
  { sql, writer, digester }: { sql: Sql; writer: CommandRunner; digester: PinDigester },
  giver: Giver,
  credentials: Credentials,
): Promise<Card> {
  const card = await findCaller({ sql, digester }, credentials);
  const terms = card && (await writer.terms.load(sql, [card.batchId])).get(card.batchId);
  if (!card || !terms || !canAuthenticate(card, terms.type, new Date())) throw new AuthenticationRefused();
  if (card.firstUsedAt !== null) return card;
  return writer.run(firstUseCommand(giver, card.id));
}
