import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { CommandWriter } from '../store/command-writer.ts';
import { noteTimeCommand } from '../store/commands/cards.ts';
import type { Sql } from '../store/database.ts';

/** Cards looked at in one go: they share transactions, and a recharge waits behind at most one of those. */
const BATCH = 200;

/**
 * Notes what time has done to the cards that are due: the end of timed locks, the start of grace, the end of the card
 * with its balance forfeited, and the maintenance fees of cards in service. Touches due cards only. Several instances may run it at once: each card's rule is
 * asked under the card's lock, and answers that nothing is due when another was faster.
 *
 * @returns how many cards were looked at
 */
export async function noteDueCards(
  { sql, writer }: { sql: Sql; writer: CommandWriter },
  signal?: AbortSignal,
): Promise<number> {
  let looked = 0;
  let after = { dueAt: new Date(0), id: SYSTEM_ACTOR };
  while (!signal?.aborted) {
    const due = await sql<{ id: string; dueAt: Date }[]>`
      SELECT id, due_at AS "dueAt" FROM cards
      WHERE due_at <= now() AND (due_at, id) > (${after.dueAt}, ${after.id})
      ORDER BY due_at, id LIMIT ${BATCH}`;
    const last = due.at(-1);
    if (!last) break;
    await Promise.all(due.map(({ id }) => writer.run(noteTimeCommand(SYSTEM_ACTOR, id))));
    looked += due.length;
    after = last;
  }
  return looked;
}
