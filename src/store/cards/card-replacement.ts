import type { CardReplacement } from '../../domain/cards/replacement.ts';
import { Overloaded } from '../../domain/rejections/recharges.ts';
import type { Sql } from '../postgres/database.ts';
import type { CardReference, CommandRunner } from '../writer/command.ts';
import type { Actor } from '../writer/commands/once.ts';
import {
  type PickedCard,
  type ReplacementRequest,
  replacementCommand,
  SpareCardTaken,
} from '../writer/commands/replacements.ts';

/** Cards one is picked from after a lost turn: the more, the seldomer two who pick at once pick the same. */
const WINDOW = 100;

/** Each lost turn means that another command went through. */
const TURNS = 50;

/**
 * Replaces a lost card by the one that was named, or by any in stock of the same batch. That one is picked before it is
 * locked; when another command is faster to take it, the rule finds so under the lock and another one is picked. So two
 * at once never get the same card, and nobody is told that none is left while one is.
 *
 * @throws Rejection as `replaceCard` refuses it
 */
export async function replaceLostCard(
  { sql, writer }: { sql: Sql; writer: CommandRunner },
  giver: Actor,
  request: Omit<ReplacementRequest, 'newCard'> & { readonly newCard: CardReference | null },
): Promise<CardReplacement> {
  if (request.newCard) return writer.run(replacementCommand(giver, request));
  for (let turn = 0; turn < TURNS; turn += 1) {
    const newCard = await pickSpareCard(sql, request.card.id, turn === 0 ? 1 : WINDOW);
    try {
      return await writer.run(replacementCommand(giver, { ...request, newCard }));
    } catch (error) {
      if (!(error instanceof SpareCardTaken)) throw error;
    }
  }
  throw new Overloaded({ queued: TURNS });
}

/** Any of the last few in stock of a card's batch: sales begin with the first. Null when there is none. */
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
