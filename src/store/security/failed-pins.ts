import { SYSTEM_ACTOR } from '../../domain/event.ts';
import { appendEvents } from '../events/event-log.ts';
import type { Sql } from '../postgres/database.ts';

/**
 * Counts refused PINs for subscribers, and publishes the counts periodically: with an event for each refusal, a guesser
 * could fill the log as fast as it guesses. The PIN defense records each refusal itself, before the response.
 */
export class FailedPins {
  readonly #sql: Sql;
  #counts = new Map<string | null, number>();

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @param partnerId the partner of the card; null: the operator, or no card was found */
  note(partnerId: string | null): void {
    this.#counts.set(partnerId, (this.#counts.get(partnerId) ?? 0) + 1);
  }

  /** Publishes one event for each partner with refusals since the last time; none when there were none. */
  async publish(): Promise<void> {
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
