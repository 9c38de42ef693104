const QUARTER_MS = 900_000;

/**
 * The quarter of an hour that contains an instant. Reports over time count in these: every time zone in use has an
 * offset from UTC that is a multiple of a quarter, so each zone's day is a sum of quarters.
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
