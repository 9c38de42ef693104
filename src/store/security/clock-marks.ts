import { InvalidInput } from '../../domain/rejections/input.ts';
import type { Sql } from '../postgres/database.ts';

/** The database's clock, and the last times that are known to be right. */
export interface ClockState {
  readonly now: Date;
  /** When a server last found the clock as expected; null: never. */
  readonly trustedAt: Date | null;
  /** When an administrator last confirmed the clock; null: never. */
  readonly confirmedAt: Date | null;
  readonly newestEventAt: Date | null;
}

export async function readClock(sql: Sql): Promise<ClockState> {
  const [state] = await sql<ClockState[]>`
    SELECT clock_timestamp() AS now, m.trusted_at AS "trustedAt", m.confirmed_at AS "confirmedAt",
      (SELECT at FROM events ORDER BY position DESC LIMIT 1) AS "newestEventAt"
    FROM (SELECT) AS one LEFT JOIN clock_marks AS m ON m.id = 1`;
  if (!state) throw new Error('The clock was not read.');
  return state;
}

/** Remembers a time at which the clock was as expected, for the next start. */
export async function markTrusted(sql: Sql, at: Date): Promise<void> {
  await sql`
    INSERT INTO clock_marks (id, trusted_at) VALUES (1, ${at})
    ON CONFLICT (id) DO UPDATE SET trusted_at = excluded.trusted_at`;
}

/** How far the clock may be from the time that an administrator knows. */
const CONFIRMATION_MS = 300_000;

/**
 * Declares the database's clock right: each server takes its irreversible work up again within seconds.
 *
 * @param known the right time, as an administrator knows it from elsewhere
 * @throws InvalidInput when the clock shows another
 */
export async function confirmClock(sql: Sql, known: Date): Promise<Date> {
  const { now } = await readClock(sql);
  if (Math.abs(now.getTime() - known.getTime()) > CONFIRMATION_MS) {
    const problem = `is not what the database's clock shows, ${now.toISOString()}: set the clock right first.`;
    throw new InvalidInput({ field: 'now', problem });
  }
  const [mark] = await sql<{ confirmedAt: Date }[]>`
    INSERT INTO clock_marks (id, trusted_at, confirmed_at) VALUES (1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET trusted_at = excluded.trusted_at, confirmed_at = excluded.confirmed_at
    RETURNING confirmed_at AS "confirmedAt"`;
  if (!mark) throw new Error('The clock was confirmed and is not there.');
  return mark.confirmedAt;
}
