import { InvalidInput } from '../rejections/input.ts';

/** Hours of some weekdays in which calls cost more or less. A call is rated by the band it starts in. */
export interface TimeBand {
  readonly name: string;
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekdays: readonly number[];
  /** Minutes after midnight, local time, inclusive. A band over midnight is two bands. */
  readonly fromMinute: number;
  /** Exclusive; 1440 is the end of the day. */
  readonly toMinute: number;
  /** Percentage of the rate: 100 is the rate itself. */
  readonly percent: number;
}

const MINUTES_A_DAY = 1_440;

/** @throws InvalidInput */
export function checkTimeBand(band: TimeBand): TimeBand {
  const { weekdays, fromMinute, toMinute, percent } = band;
  if (weekdays.length === 0 || weekdays.some((day) => !isWithin(day, 1, 7))) {
    refuse('must name weekdays from 1 (Monday) to 7 (Sunday).');
  }
  if (!isWithin(fromMinute, 0, MINUTES_A_DAY - 1) || !isWithin(toMinute, fromMinute + 1, MINUTES_A_DAY)) {
    refuse('must go from one minute of the day to a later one, 0 to 1440.');
  }
  if (!isWithin(percent, 0, 1_000)) refuse('must have a percentage of 0 to 1000.');
  return band;
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function refuse(problem: string): never {
  throw new InvalidInput({ field: 'timeBands', problem });
}

/** The first band that contains an instant; undefined when none does. */
export function timeBandAt(bands: readonly TimeBand[], timeZone: string, at: Date): TimeBand | undefined {
  if (bands.length === 0) return undefined;
  const { weekday, minute } = localTime(timeZone, at);
  return bands.find(
    (band) => band.weekdays.includes(weekday) && minute >= band.fromMinute && minute < band.toMinute,
  );
}

/** Names only: an offset such as "+05:30" is east of Greenwich for some programs and west of it for others. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The weekday, the minute of the day and the date (YYYY-MM-DD) in a time zone. */
export function localTime(timeZone: string, at: Date): { weekday: number; minute: number; date: string } {
  const parts: Record<string, string> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) parts[type] = value;
  return {
    weekday: WEEKDAYS.indexOf(parts.weekday ?? '') + 1,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
    date: `${parts.year}-${parts.month}-${parts.day}`,
  };
}

/** A formatter takes longer to make than to use, so they are kept. There are some six hundred time zones. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}
