import { SYSTEM_ACTOR } from '../domain/event.ts';
import type { Calls } from '../store/calls/calls.ts';
import type { Sql } from '../store/postgres/database.ts';
import type { CallReference } from '../store/writer/commands/calls.ts';

/** Calls settled per round. */
const AT_ONCE = 200;

/**
 * Settles calls whose switch stopped reporting, by the database's clock. Several instances may run it at once: each
 * call's rule is evaluated under its card's lock, and does nothing if another instance was faster.
 *
 * @returns the number of calls examined
 */
export async function settleAbandonedCalls(
  { sql, calls, isTrusted }: { sql: Sql; calls: Calls; isTrusted?: (now: Date) => boolean },
  signal?: AbortSignal,
): Promise<number> {
  let examined = 0;
  while (!signal?.aborted) {
    const overdue = await sql<(CallReference & { now: Date })[]>`
      SELECT call_scope AS scope, switch_call_id AS "switchCallId", card_id AS "cardId",
        clock_timestamp() AS now FROM calls
      WHERE state = 'AUTHORIZED' AND expires_at <= now() ORDER BY expires_at LIMIT ${AT_ONCE}`;
    const [first] = overdue;
    if (!first || isTrusted?.(first.now) === false) break;
    const actor = { actorId: SYSTEM_ACTOR, partnerId: null };
    const settled = await Promise.allSettled(overdue.map((call) => calls.abandon(actor, call, isTrusted)));
    examined += overdue.length;
    const failure = settled.find((each) => each.status === 'rejected');
    if (failure) throw failure.reason;
  }
  return examined;
}
