import type { CardReplacement } from '../../domain/cards/replacement.ts';
import { Overloaded } from '../../domain/rejections/commands.ts';
import type { Sql } from '../postgres/database.ts';
import type { CardReference, CommandRunner } from '../writer/command.ts';
import type { Actor } from '../writer/commands/once.ts';
import {
  type PickedCard,
  type ReplacementRequest,
  replacementCommand,
  SpareCardTaken,
} from '../writer/commands/replacements.ts';

/**
 * Spare cards to choose from after a conflict: the more there are, the less often two concurrent requests pick the
 * same.
 */
const WINDOW = 100;

/** Each conflict means that another command succeeded. */
const ATTEMPTS = 50;

/**
 * Replaces a lost card by a given card, or by any in stock of the same batch. The spare card is picked before it is
 * locked; if another command takes it first, the rule notices under the lock and another card is picked. So two
 * concurrent requests never get the same card, and a request fails for lack of cards only when there are none.
 *
 * @throws Rejection as `replaceCard` refuses it
 */
export async function replaceLostCard(
  { sql, writer }: { sql: Sql; writer: CommandRunner },
  actor: Actor,
  request: Omit<ReplacementRequest, 'newCard'> & { readonly newCard: CardReference | null },
): Promise<CardReplacement> {
  if (request.newCard) return writer.run(replacementCommand(actor, request));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const newCard = await pickSpareCard(sql, request.card.id, attempt === 0 ? 1 : WINDOW);
    try {
      return await writer.run(replacementCommand(actor, { ...request, newCard }));
    } catch (error) {
      if (!(error instanceof SpareCardTaken)) throw error;
    }
  }
  throw new Overloaded({ queued: ATTEMPTS });
}

/**
 * One of the last few cards in stock of a card's batch, because sales begin with the first. Null when there is none.
 */
async function pickSpareCard(sql: Sql, cardId: string, few: number): Promise<PickedCard | null> {
  const [spare] = await sql<{ id: string }[]>`
    SELECT id FROM (
      SELECT id FROM cards
      WHERE batch_id = (SELECT batch_id FROM cards WHERE id = ${cardId}) AND status = 'INACTIVE'
        AND locked_at IS NULL AND coalesce(valid_until > now(), true)
      ORDER BY id DESC LIMIT ${few}
    ) AS last ORDER BY random() LIMIT 1`;
  return spare ? { id: spare.id, picked: true } : null;
}
