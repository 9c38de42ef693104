import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { Sql } from '../store/postgres/database.ts';
import type { CommandRunner } from '../store/writer/command.ts';
import { noteTimeCommand } from '../store/writer/commands/cards.ts';

/** Cards per round: they share transactions, and a recharge waits for at most one of those. */
const BATCH = 200;

interface ExpiryServices {
  readonly sql: Sql;
  readonly writer: CommandRunner;
  /** Whether the database's clock may show an instant: see clock-guard.ts. Left out: always. */
  readonly isTrusted?: ((now: Date) => boolean) | undefined;
}

/**
 * Applies time to the cards that are due: ends timed locks, starts grace periods, expires cards and forfeits their
 * balances, and charges maintenance fees on cards in service. Several instances may run it at once: each card's rule is
 * evaluated under the card's lock, and finds nothing due if another instance was faster.
 *
 * A card that fails does not block the cards after it: the first failure is thrown when all are done.
 *
 * @returns the number of cards examined
 */
export async function noteDueCards(
  { sql, writer, isTrusted }: ExpiryServices,
  signal?: AbortSignal,
): Promise<number> {
  let examined = 0;
  let failure: PromiseRejectedResult | undefined;
  let after = { dueAt: '-infinity', id: SYSTEM_ACTOR };
  while (!signal?.aborted) {
    // As text: a Date has no microseconds, so a card that stays due would be selected forever.
    const due = await sql<{ id: string; dueAt: string }[]>`
      SELECT id, due_at::text AS "dueAt" FROM cards
      WHERE due_at <= now() AND (due_at, id) > (${after.dueAt}::text::timestamptz, ${after.id})
      ORDER BY due_at, id LIMIT ${BATCH}`;
    const last = due.at(-1);
    if (!last) break;
    const noted = await Promise.allSettled(
      due.map(({ id }) => writer.run(noteTimeCommand(SYSTEM_ACTOR, id, isTrusted))),
    );
    failure ??= noted.find((each) => each.status === 'rejected');
    examined += due.length;
    after = last;
  }
  if (failure) throw failure.reason;
  return examined;
}
