import { SYSTEM_ACTOR } from '../../domain/event.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';

/**
 * Counts refused PINs for who watches, and tells the log now and then: an event for each would let a guesser write into it
 * as fast as it guesses. What each refusal was is kept by the defence itself, before its caller is answered.
 */
export class FailedPins {
  readonly #sql: Sql;
  #counts = new Map<string | null, number>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @param partnerId whose card it was; null: nobody's, or none was found */
  note(partnerId: string | null): void {
    this.#counts.set(partnerId, (this.#counts.get(partnerId) ?? 0) + 1);
  }

  /** One event for each partner with refusals since the last time; none when there were none. */
  async tell(): Promise<void> {
    const counts = this.#counts;
    if (counts.size === 0) return;
    this.#counts = new Map();
    const events = [...counts].map(([partnerId, count]) => ({
      type: 'PINS_FAILED' as const,
      actorId: SYSTEM_ACTOR,
      ...(partnerId !== null && { partnerId }),
      payload: { count },
    }));
    await this.#sql.begin((tx) => appendEvents(tx, events));
  }
}
