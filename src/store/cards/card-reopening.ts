import type { Card } from '../../domain/cards/card.ts';
import type { BeforeClosing } from '../../domain/cards/reopening.ts';
import type { PostedTransfer } from '../../domain/transfer.ts';
import type { Sql } from '../postgres/database.ts';
import { transferRows } from '../postgres/rows.ts';
import type { CommandRunner } from '../writer/command.ts';
import type { Actor } from '../writer/commands/once.ts';
import { type ReopeningRequest, reopeningCommand } from '../writer/commands/reopenings.ts';

/** Reopens a card. What closed it never changes, so it is read in advance. @throws Rejection as the rule refuses it */
export async function reopenClosedCard(
  { sql, writer }: { readonly sql: Sql; readonly writer: CommandRunner },
  actor: Actor,
  request: Omit<ReopeningRequest, 'forfeiture' | 'before'>,
): Promise<Card['id']> {
  const { id } = request.card;
  const [forfeiture, before] = await Promise.all([forfeitureOf(sql, id), beforeClosing(sql, id)]);
  const { cardId } = await writer.run(reopeningCommand(actor, { ...request, forfeiture, before }));
  return cardId;
}

/** The last transfer that took the card's balance, unless it was reversed before. */
async function forfeitureOf(sql: Sql, cardId: string): Promise<PostedTransfer | null> {
  const [last] = await sql<PostedTransfer[]>`
    SELECT ${transferRows.list(sql)} FROM transfers AS t
    WHERE card_id = ${cardId} AND kind = 'FORFEITURE'
      AND NOT EXISTS (SELECT FROM transfers r WHERE r.reverses_id = t.id)
    ORDER BY card_version DESC LIMIT 1`;
  return last ?? null;
}

/** The card as its last event before the closing shows it; its closing event shows only a closed card. */
async function beforeClosing(sql: Sql, cardId: string): Promise<BeforeClosing | null> {
  const [event] = await sql<BeforeClosing[]>`
    SELECT payload->'card'->>'status' AS status, payload->'card'->>'lockReason' AS "lockReason" FROM events
    WHERE card_id = ${cardId} AND payload->'card'->>'status' <> 'CLOSED' ORDER BY position DESC LIMIT 1`;
  return event ?? null;
}
