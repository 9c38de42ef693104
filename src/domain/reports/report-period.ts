import { isTimeZone, localTime } from '../rates/time-band.ts';
import { InvalidInput } from '../rejections/input.ts';
import { DAY_MS, namesRealDay } from '../values/calendar.ts';

/** The days that a report covers, in the calendar of a time zone. */
export interface ReportPeriod {
  /** YYYY-MM-DD, inclusive. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** A year and a month, so that one report can compare a year with the month before it. */
const MAX_DAYS = 400;
/** The range of DateTime: days computed from this one must be representable too. */
const DAY = /^(?:19[789]\d|[2-8]\d{3}|9[0-8]\d{2}|99[0-8]\d|999[0-8])-\d\d-\d\d$/;

/**
 * A period that a report can cover. Left out values mean today.
 *
 * @throws InvalidInput
 */
export function checkReportPeriod(
  {
    from,
    to,
    timeZone,
  }: {
    from?: string | null | undefined;
    to?: string | null | undefined;
    timeZone: string;
  },
  now: Date,
): ReportPeriod {
  if (!isTimeZone(timeZone)) {
    throw new InvalidInput({ field: 'timeZone', problem: 'must be an IANA name such as "Europe/Rome".' });
  }
  const today = localTime(timeZone, now).date;
  const period = { from: from ?? to ?? today, to: to ?? today, timeZone };
  for (const field of ['from', 'to'] as const) {
    if (DAY.test(period[field]) && namesRealDay(period[field])) continue;
    throw new InvalidInput({ field, problem: 'must be a day such as "2026-03-01".' });
  }
  const days = (Date.parse(period.to) - Date.parse(period.from)) / DAY_MS + 1;
  if (days < 1) throw new InvalidInput({ field: 'to', problem: 'must not be before `from`.' });
  if (days > MAX_DAYS) {
    throw new InvalidInput({ field: 'from', problem: `must lie at most ${MAX_DAYS} days before \`to\`.` });
  }
  return period;
}
