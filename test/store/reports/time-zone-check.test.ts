import { expect, test } from 'vitest';
import { localTime } from '../../../src/domain/rates/time-band.ts';
import { differingTimeZones } from '../../../src/store/reports/time-zone-check.ts';
import { useDatabase } from '../../harness/database.ts';

const db = useDatabase();
const now = new Date('2026-01-15T12:00:00Z');
const told = (zone: string, at: Date) => {
  const { date, minute } = localTime(zone, at);
  return Date.parse(date) / 60_000 + minute;
};

test('a zone in which the database tells another time is named, and no other', async () => {
  const own = await differingTimeZones(db.database.sql, now);
  const tell = (zone: string, at: Date) => told(zone, at) + (zone === 'Asia/Tokyo' ? 60 : 0);
  expect(await differingTimeZones(db.database.sql, now, tell)).toEqual([...own, 'Asia/Tokyo'].sort());
});

test('also one that changes its clocks on the same day, at another hour', async () => {
  const own = await differingTimeZones(db.database.sql, now);
  const change = Date.parse('2026-03-29T01:00:00Z');
  expect(own).not.toContain('Europe/Rome');
  // An hour earlier than the database does.
  const tell = (zone: string, at: Date) => {
    const isEarly = at.getTime() >= change - 3_600_000 && at.getTime() < change;
    return told(zone, at) + (zone === 'Europe/Rome' && isEarly ? 60 : 0);
  };
  expect(await differingTimeZones(db.database.sql, now, tell)).toEqual([...own, 'Europe/Rome'].sort());
});
