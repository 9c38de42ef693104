export const QUARTER_MS = 900_000;

/**
 * The quarter of an hour that an instant falls into. What reports count by time is counted by these: every time zone in
 * use is off UTC by a multiple of them, so the days of all of them are sums of quarters.
 */
export interface QuarterHour {
  /** In UTC, YYYY-MM-DD. */
  readonly day: string;
  /** 0 to LAST_QUARTER. */
  readonly quarter: number;
}

export const LAST_QUARTER = 95;

export function quarterOf(instant: Date): QuarterHour {
  const day = instant.toISOString().slice(0, 10);
  return { day, quarter: Math.floor((instant.getTime() - Date.parse(day)) / QUARTER_MS) };
}

/** Its first instant. */
export function quarterStart(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / QUARTER_MS) * QUARTER_MS);
}
