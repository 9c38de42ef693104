import { expect, test } from 'vitest';
import { localTime } from '../../../src/domain/rates/time-band.ts';
import { daysOfPeriod } from '../../../src/domain/reports/report-days.ts';

const spans = (timeZone: string, from: string, to: string) =>
  daysOfPeriod({ from, to, timeZone }).map(({ day, starts, ends }) => [
    day,
    starts.toISOString().slice(0, 16),
    (ends.getTime() - starts.getTime()) / 3_600_000,
  ]);

test('a day goes from midnight to midnight, with 23 or 25 hours at a clock change', () => {
  expect(spans('Europe/Rome', '2026-03-28', '2026-03-30')).toEqual([
    ['2026-03-28', '2026-03-27T23:00', 24],
    ['2026-03-29', '2026-03-28T23:00', 23],
    ['2026-03-30', '2026-03-29T22:00', 24],
  ]);
  expect(spans('Europe/Rome', '2025-10-26', '2025-10-26')).toEqual([['2025-10-26', '2025-10-25T22:00', 25]]);
});

test('and also where offsets are odd, a day begins at one, or a day did not exist', () => {
  expect(spans('Asia/Kathmandu', '2026-01-01', '2026-01-01')).toEqual([
    ['2026-01-01', '2025-12-31T18:15', 24],
  ]);
  // Cairo puts its clocks forward at midnight.
  expect(spans('Africa/Cairo', '2025-04-25', '2025-04-25')).toEqual([['2025-04-25', '2025-04-24T22:00', 23]]);
  // Samoa skipped 30 December 2011.
  expect(spans('Pacific/Apia', '2011-12-29', '2011-12-31').map(([, , hours]) => hours)).toEqual([24, 0, 24]);
});

test('every instant of a day has the date that time bands and fair use see', () => {
  for (const timeZone of ['America/Vancouver', 'Europe/Chisinau', 'Australia/Lord_Howe', 'UTC']) {
    const days = daysOfPeriod({ from: '2026-01-01', to: '2026-12-31', timeZone });
    expect(days).toHaveLength(365);
    for (const { day, starts, ends } of days) {
      expect(localTime(timeZone, starts).date, timeZone).toBe(day);
      expect(localTime(timeZone, new Date(ends.getTime() - 1)).date, timeZone).toBe(day);
    }
  }
});
