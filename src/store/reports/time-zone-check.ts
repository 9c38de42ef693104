import { localTime } from '../../domain/rates/time-band.ts';
import { DAY_MS } from '../../domain/values/calendar.ts';
import type { Sql } from '../postgres/database.ts';

const MINUTE_MS = 60_000;
/** The instants of the next year that are compared, 30 days apart: no zone changes its clocks twice between two. */
const STEP_MS = 30 * DAY_MS;
const STEPS = 12;

/** Local time in a zone, in minutes since 1970. */
type LocalClock = (timeZone: string, at: Date) => number;

/**
 * The time zones in which the local times of the database and of this process differ within the next year, be it only for the
 * hour before a change of the clocks: the two have their own time-zone data, of different ages. Cardline uses its own
 * everywhere; queries that others run in the database would count other days.
 */
export async function differingTimeZones(
  sql: Sql,
  now: Date,
  localClock: LocalClock = localMinutes,
): Promise<string[]> {
  const compared = Intl.supportedValuesOf('timeZone').flatMap((name) =>
    instantsOf(name, now.getTime(), localClock).map((at) => ({ name, at })),
  );
  const inDatabase = await sql<{ name: string; at: Date; minutes: number }[]>`
    SELECT name, at, floor(extract(epoch FROM at AT TIME ZONE name) / 60)::int AS minutes
    FROM unnest(${compared.map(({ name }) => name)}::text[],
      ${compared.map(({ at }) => at.toISOString())}::text[]::timestamptz[]) AS compared (name, at)
    JOIN pg_timezone_names AS known USING (name)`;
  const differing = inDatabase.filter(({ name, at, minutes }) => localClock(name, at) !== minutes);
  return [...new Set(differing.map(({ name }) => name))].sort();
}

/** Regular instants, and both sides of each change of the clocks between them. */
function instantsOf(timeZone: string, fromMs: number, localClock: LocalClock): Date[] {
  const offsetAt = (ms: number) => localClock(timeZone, new Date(ms)) - Math.floor(ms / MINUTE_MS);
  const instants = [fromMs];
  for (let low = fromMs, step = 0; step < STEPS; step += 1, low += STEP_MS) {
    const high = low + STEP_MS;
    if (offsetAt(low) !== offsetAt(high)) {
      const change = changeBetween(low, high, offsetAt);
      instants.push(change - MINUTE_MS, change);
    }
    instants.push(high);
  }
  return instants.map((ms) => new Date(ms));
}

/** The first minute with the later offset. */
function changeBetween(from: number, to: number, offsetAt: (ms: number) => number): number {
  const before = offsetAt(from);
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

function localMinutes(timeZone: string, at: Date): number {
  const { date, minute } = localTime(timeZone, at);
  return Date.parse(date) / MINUTE_MS + minute;
}
