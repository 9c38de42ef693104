import { localTime } from '../rates/time-band.ts';
import { DAY_MS } from '../values/calendar.ts';
import type { ReportPeriod } from './report-period.ts';

/** A day of a period: from its first instant to that of the next day, across clock changes. */
interface ReportDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly starts: Date;
  readonly ends: Date;
}

const MINUTE_MS = 60_000;
/** No time zone is farther from UTC. */
const FARTHEST_MS = 26 * 3_600_000;

/**
 * The days of a period in its time zone. They follow the same time-zone data as time bands, fair use and "today" (see
 * localTime), never the database's: the two are updated at different times, and a call would be rated in one day and
 * reported in another.
 */
export function daysOfPeriod({ from, to, timeZone }: ReportPeriod): ReportDay[] {
  const days: ReportDay[] = [];
  let starts = startOfDay(timeZone, from, undefined);
  for (let day = from; day <= to; ) {
    const next = new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
    const ends = startOfDay(timeZone, next, starts);
    days.push({ day, starts, ends });
    [day, starts] = [next, ends];
  }
  return days;
}

/**
 * The first instant whose local date is the day, or a later one where a zone skipped the day.
 *
 * @param before the start of the day before: most days are 24 hours long
 */
function startOfDay(timeZone: string, day: string, before: Date | undefined): Date {
  const isReached = (ms: number) => localTime(timeZone, new Date(ms)).date >= day;
  const likely = before && before.getTime() + DAY_MS;
  if (likely !== undefined && isReached(likely) && !isReached(likely - MINUTE_MS)) return new Date(likely);
  let [low, high] = [Date.parse(day) - FARTHEST_MS, Date.parse(day) + FARTHEST_MS];
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (isReached(middle)) high = middle;
    else low = middle;
  }
  return new Date(high);
}
