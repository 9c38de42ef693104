import { SYSTEM_ACTOR } from '../../domain/event.ts';
import type { Sql } from '../postgres/database.ts';
import { raiseAlerts } from '../security/security-alerts.ts';
import type { CommandWriter } from '../writer/command-writer.ts';
import { failureLockCommand } from '../writer/commands/cards.ts';

/** Locks a card whose serial was tried with too many wrong PINs, and raises the alarm when that was news. */
export async function lockForFailures(
  { sql, writer }: { sql: Sql; writer: CommandWriter },
  { cardId, minutes }: { cardId: string; minutes: number },
): Promise<void> {
  const card = await writer.run(failureLockCommand(SYSTEM_ACTOR, { cardId, minutes }));
  if (!card) return;
  const { serial, partnerId } = card;
  await sql.begin((tx) =>
    raiseAlerts(tx, [
      {
        kind: 'CARD_LOCKED_BY_FAILURES',
        subject: `${cardId} ${card.version}`,
        windowSeconds: minutes * 60,
        message: `Card ${serial} was tried with wrong PINs and is locked for ${minutes} minutes.`,
        cardId,
        ...(partnerId !== null && { partnerId }),
      },
    ]),
  );
}
