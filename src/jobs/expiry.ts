import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { Sql } from '../store/postgres/database.ts';
import type { CommandRunner } from '../store/writer/command.ts';
import { noteTimeCommand } from '../store/writer/commands/cards.ts';

/** Cards looked at in one go: they share transactions, and a recharge waits behind at most one of those. */
const BATCH = 200;

/**
 * Notes what time has done to the cards that are due: the end of timed locks, the start of grace, the end of the card
 * with its balance forfeited, and the maintenance fees of cards in service. Touches due cards only. Several instances may run it at once: each card's rule is
 * asked under the card's lock, and answers that nothing is due when another was faster.
 *
 * A card that can't be noted keeps none behind it from being: the first such failure is told when all are through.
 *
 * @returns how many cards were looked at
 */
export async function noteDueCards(
  { sql, writer }: { sql: Sql; writer: CommandRunner },
  signal?: AbortSignal,
): Promise<number> {
  let looked = 0;
  let failure: PromiseRejectedResult | undefined;
  let after = { dueAt: '-infinity', id: SYSTEM_ACTOR };
  while (!signal?.aborted) {
    // As text: a Date has no microseconds, and a card that stays due would come again and again.
    const due = await sql<{ id: string; dueAt: string }[]>`
      SELECT id, due_at::text AS "dueAt" FROM cards
      WHERE due_at <= now() AND (due_at, id) > (${after.dueAt}::text::timestamptz, ${after.id})
      ORDER BY due_at, id LIMIT ${BATCH}`;
    const last = due.at(-1);
    if (!last) break;
    const noted = await Promise.allSettled(
      due.map(({ id }) => writer.run(noteTimeCommand(SYSTEM_ACTOR, id))),
    );
    failure ??= noted.find((each) => each.status === 'rejected');
    looked += due.length;
    after = last;
  }
  if (failure) throw failure.reason;
  return looked;
}
